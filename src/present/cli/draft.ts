/** The reasoner's draft on the terminal while it is written: faint, on stderr, and called what it is. */
import type { ExplanationPart } from '../../contracts/index.ts';
import type { ExplainEvent } from '../../pipeline/explain-event.ts';
import { ANSI_STYLE, PLAIN_STYLE } from '../text/style.ts';
import { plain } from '../view/plain.ts';
import type { CliIo } from './cli-io.ts';
import type { Notes } from './notes.ts';

const HEADINGS: Readonly<Record<ExplanationPart, string>> = {
  'key-observations': 'Evidence',
  interpretation: 'What it may mean',
  conclusion: 'Conclusion',
  conflicts: 'What does not fit together',
  alternatives: 'Other readings',
};

const STAGES: Partial<Record<Extract<ExplainEvent, { stage: string }>['stage'], string>> = {
  describe: 'Draft, not checked yet: what is seen and heard',
  merge: 'Draft, not checked yet: the reading',
  single: 'Draft, not checked yet: the reading',
  repair: 'Draft, not checked yet: once more, with what did not hold',
};

/**
 * Writes the draft where stderr is a terminal. The answer itself goes to stdout when it has been checked; nothing of the
 * draft goes there.
 */
export const createDraft = (io: CliIo, notes: Notes, quiet: boolean): ((event: ExplainEvent) => void) | undefined => {
  if (quiet || io.stderr.isTTY !== true) {
    return undefined;
  }
  const coloured = (io.env.NO_COLOR ?? '') === '' && io.env.TERM !== 'dumb';
  const style = coloured ? ANSI_STYLE : PLAIN_STYLE;
  let part: ExplanationPart | null = null;
  let midLine = false;
  let started = false;
  const write = (text: string): void => {
    io.stderr.write(text);
  };
  const line = (text: string): void => {
    if (!started) {
      // The bar would be written over it.
      notes.end();
      started = true;
    }
    write(`${midLine ? '\n' : ''}${text === '' ? '' : `${text}\n`}`);
    midLine = false;
  };
  return (event) => {
    switch (event.type) {
      case 'stage-start': {
        const title = STAGES[event.stage];
        part = null;
        if (event.stage === 'sample') {
          line(style.accent(`Asking for answer ${event.attempt}`));
        } else if (title !== undefined) {
          line(style.accent(event.attempt > 1 ? `${title} (asked again)` : title));
        }
        return;
      }
      case 'text-delta':
        if (event.part !== part && event.part !== null) {
          part = event.part;
          line(style.faint(`  ${HEADINGS[part]}`));
        }
        write(style.faint(`${midLine ? '' : '  '}${plain(event.text)}`));
        midLine = true;
        return;
      case 'sentence-end':
        // A line of the description holds its ids already.
        write(event.part === null ? '' : style.faint(` ${event.cites.map((id) => `[${plain(id)}]`).join('')}`));
        line('');
        return;
      case 'stage-end':
        return;
      case 'verification-end':
        if (event.failing > 0) {
          line(
            `${event.failing} of ${event.claims} claims do not hold against the measurements${event.round === 1 ? '.' : ' still; they are marked.'}`,
          );
        }
        return;
      case 'fallback-start':
        line(plain(event.message));
        return;
    }
  };
};
