import { LIMITS } from '../../kit/limits.ts';

/** More lines than the most cues can have; what comes after them is not looked at. */
const MOST_LINES = 20 * LIMITS.subtitleCues;

/** The lines of a text without their ends (LF, CRLF, CR), one at a time: a file of one line costs no more than its length. */
export function* linesOf(text: string): Generator<string> {
  let start = 0;
  let carriage = text.indexOf('\r');
  let feed = text.indexOf('\n');
  for (let number = 0; number < MOST_LINES && start <= text.length; number += 1) {
    if (carriage !== -1 && carriage < start) {
      carriage = text.indexOf('\r', start);
    }
    if (feed !== -1 && feed < start) {
      feed = text.indexOf('\n', start);
    }
    const [nextFeed, nextCarriage] = [feed, carriage].map((at) => (at === -1 ? text.length : at));
    const end = Math.min(nextFeed ?? text.length, nextCarriage ?? text.length);
    yield text.slice(start, end);
    start = text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
  }
}
