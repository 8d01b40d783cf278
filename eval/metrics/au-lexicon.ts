import { ACTION_UNIT_CODES, type ActionUnitCode } from '../../src/contracts/index.ts';
import { readSentence } from '../../src/verify/read/sentence.ts';
import { splitSentences } from '../../src/verify/text/sentences.ts';

/** Units that a text names as shown, and those it says are not. */
export type NamedUnits = { present: Set<ActionUnitCode>; absent: Set<ActionUnitCode> };

const isCode = (code: string): code is ActionUnitCode => ACTION_UNIT_CODES.some((known) => known === code);

/**
 * The action units of a text, paraphrases and denials understood ("furrowed brow", "his eyes widened", "no smile"), by
 * the lexicon that the verifier reads with. Words that may mean several units count for each of them up to two.
 */
export const unitsOfText = (text: string): NamedUnits => {
  const named: NamedUnits = { present: new Set(), absent: new Set() };
  for (const { text: sentence } of splitSentences(text)) {
    for (const reading of readSentence(sentence).readings) {
      // What "would be expected" is not said to be there.
      if (reading.kind !== 'unit' || reading.polarity === 'hidden' || reading.certainty === 'supposed') {
        continue;
      }
      const denied = reading.polarity === 'absent' || reading.closed;
      const codes = denied || reading.codes.length <= 2 ? reading.codes : reading.codes.slice(0, 1);
      for (const code of codes) {
        (denied ? named.absent : named.present).add(code);
      }
    }
  }
  return named;
};

/** MER-Factory's literal lexicon of 18 phrases (Lum1104/MER-Factory, tools/evaluate/metrics_au.py): the one to beat. */
const LITERAL_PHRASES: ReadonlyArray<readonly [string, ActionUnitCode]> = [
  ['smile', 'AU12'], ['cheek raiser', 'AU6'], ['inner brow raiser', 'AU1'], ['outer brow raiser', 'AU2'], ['brow lowerer', 'AU4'], ['upper lid raiser', 'AU5'],
  ['lid tightener', 'AU7'], ['nose wrinkler', 'AU9'], ['upper lip raiser', 'AU10'], ['dimpler', 'AU14'], ['lip corner depressor', 'AU15'], ['chin raiser', 'AU17'],
  ['lip stretcher', 'AU20'], ['lip tightener', 'AU23'], ['lips part', 'AU25'], ['jaw drop', 'AU26'], ['lip suck', 'AU28'], ['blink', 'AU45'],
]; // biome-ignore format: one table

/** The units that MER-Factory's lexicon finds: substrings and "AUnn", denied or not. */
export const literalUnitsOfText = (text: string): Set<ActionUnitCode> => {
  const lower = text.toLowerCase();
  const codes = [...lower.matchAll(/au(\d+)(?:_r|_c)?/g)].map((match) => `AU${Number(match[1])}`).filter(isCode);
  return new Set([...LITERAL_PHRASES.flatMap(([phrase, code]) => (lower.includes(phrase) ? [code] : [])), ...codes]);
};

export type UnitScore = { precision: number; recall: number; f1: number };

/** Named units against shown ones: of one text, or pooled over several. Nothing named and nothing shown counts as 0. */
export const unitScore = (
  clips: ReadonlyArray<{ named: ReadonlySet<string>; shown: ReadonlySet<string> }>,
): UnitScore => {
  let [hits, named, shown] = [0, 0, 0];
  for (const clip of clips) {
    hits += [...clip.named].filter((code) => clip.shown.has(code)).length;
    named += clip.named.size;
    shown += clip.shown.size;
  }
  const [precision, recall] = [named === 0 ? 0 : hits / named, shown === 0 ? 0 : hits / shown];
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
};
