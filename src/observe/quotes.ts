import type { SpeechCue } from '../contracts/index.ts';

/** A quotation of one breath: longer cues are cut between sentences. */
const LONGEST_QUOTE = 220;

/** What one observation quotes. */
export type Quotation = Pick<SpeechCue, 'startMs' | 'endMs' | 'text' | 'words'>;

/** Ends of sentences, their closing marks with them; the text between two ends. */
const SENTENCE = /[^.!?…。！？]*[.!?…。！？]+["'”’)\]]*\s*|[^.!?…。！？]+$/gu;

/**
 * A cue as quotations: itself, or, where it is long, its sentences, each with the time of its words or, where those have
 * none, with its share of the cue's time. Nothing is left out and nothing is changed.
 */
export const quotationsOf = (cue: SpeechCue): Quotation[] => {
  if (cue.text.length <= LONGEST_QUOTE) {
    return [cue];
  }
  const pieces: string[] = [];
  for (const part of (cue.text.match(SENTENCE) ?? [cue.text]).flatMap(inHalves)) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + part.length <= LONGEST_QUOTE) {
      pieces[pieces.length - 1] = last + part;
    } else {
      pieces.push(part);
    }
  }
  let characters = 0;
  let word = 0;
  return pieces.map((piece) => {
    const at = (share: number): number =>
      Math.round(cue.startMs + (cue.endMs - cue.startMs) * (share / cue.text.length));
    const [startMs, endMs] = [at(characters), at(characters + piece.length)];
    characters += piece.length;
    const count = piece.split(/\s+/).filter((each) => each !== '').length;
    const words = cue.words.slice(word, word + count);
    word += count;
    const [first, last] = [words[0], words.at(-1)];
    const text = piece.trim();
    return first === undefined || last === undefined
      ? { startMs, endMs, text, words }
      : { startMs: first.startMs, endMs: Math.max(first.startMs, last.endMs), text, words };
  });
};

/** A sentence too long for one quotation, cut at spaces. */
const inHalves = (sentence: string): string[] => {
  if (sentence.length <= LONGEST_QUOTE) {
    return [sentence];
  }
  const space = sentence.lastIndexOf(' ', LONGEST_QUOTE);
  const cut = space > LONGEST_QUOTE / 2 ? space + 1 : LONGEST_QUOTE;
  return [sentence.slice(0, cut), ...inHalves(sentence.slice(cut))];
};

/** Between quotation marks: the quotation's own double marks become single ones, and the stop at its end stays outside. */
export const quoted = (text: string): string => `"${text.replace(/["“”„«»]/g, "'").replace(/(?<![.])[.,;:]$/, '')}"`;

/** Captions of sounds, no words: "[applause]", "(door slams)", "♪". */
export const isSoundCaption = (text: string): boolean =>
  /^(?:\[[^\]]*\]|\([^)]*\)|[♪♫#*].*[♪♫#*]|[♪♫]+|\*[^*]*\*)[.!]?$/u.test(text);
