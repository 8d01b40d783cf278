import type { CompoundLabel, ExpressionLabel } from '../contracts/index.ts';

/** What a compound expression is made of. */
export type CompoundEntry = {
  /** The two expressions, the one that names the other first. */
  components: readonly [ExpressionLabel, ExpressionLabel];
  /** How it is said in a sentence: "reads as fearful surprise". */
  noun: string;
  adjective: string;
  /** Whether it is one of the seven classes of C-EXPR-DB (Kollias 2023; used by the ABAW compound track). */
  cExprDb: boolean;
};

/**
 * The fifteen compounds of Du, Tao & Martinez 2014. `appalled` and `hatred` are both disgust with anger, the first with
 * the weight on disgust, the second on anger; `awed` is surprise with fear, the weight on surprise.
 */
export const COMPOUNDS = {
  'happily-surprised': { components: ['happiness', 'surprise'], noun: 'happy surprise', adjective: 'happily surprised', cExprDb: true },
  'happily-disgusted': { components: ['happiness', 'disgust'], noun: 'amused disgust', adjective: 'happily disgusted', cExprDb: false },
  'sadly-fearful': { components: ['sadness', 'fear'], noun: 'sad fear', adjective: 'sadly fearful', cExprDb: true },
  'sadly-angry': { components: ['sadness', 'anger'], noun: 'sad anger', adjective: 'sadly angry', cExprDb: true },
  'sadly-surprised': { components: ['sadness', 'surprise'], noun: 'sad surprise', adjective: 'sadly surprised', cExprDb: true },
  'sadly-disgusted': { components: ['sadness', 'disgust'], noun: 'sad disgust', adjective: 'sadly disgusted', cExprDb: false },
  'fearfully-angry': { components: ['fear', 'anger'], noun: 'fearful anger', adjective: 'fearfully angry', cExprDb: false },
  'fearfully-surprised': { components: ['fear', 'surprise'], noun: 'fearful surprise', adjective: 'fearfully surprised', cExprDb: true },
  'fearfully-disgusted': { components: ['fear', 'disgust'], noun: 'fearful disgust', adjective: 'fearfully disgusted', cExprDb: false },
  'angrily-surprised': { components: ['anger', 'surprise'], noun: 'angry surprise', adjective: 'angrily surprised', cExprDb: true },
  'angrily-disgusted': { components: ['anger', 'disgust'], noun: 'angry disgust', adjective: 'angrily disgusted', cExprDb: false },
  'disgustedly-surprised': { components: ['disgust', 'surprise'], noun: 'disgusted surprise', adjective: 'disgustedly surprised', cExprDb: true },
  appalled: { components: ['disgust', 'anger'], noun: 'being appalled', adjective: 'appalled', cExprDb: false },
  hatred: { components: ['anger', 'disgust'], noun: 'hatred', adjective: 'hateful', cExprDb: false },
  awed: { components: ['surprise', 'fear'], noun: 'awe', adjective: 'awed', cExprDb: false },
} as const satisfies Record<CompoundLabel, CompoundEntry>; // biome-ignore format: one table

/**
 * Blends that coders name without a table of their own, by the two expressions whose signs meet in one face. Used as
 * open-vocabulary words where no compound is clear. Wider sets as collected by Keltner et al. 2019 (Table 2) and
 * Cordaro et al. 2018: see `WIDER_EXPRESSIONS`.
 */
export const BLENDS: ReadonlyArray<{ components: readonly [ExpressionLabel, ExpressionLabel]; word: string }> = [
  { components: ['happiness', 'sadness'], word: 'bittersweet' },
  { components: ['happiness', 'contempt'], word: 'smug' },
  { components: ['happiness', 'fear'], word: 'nervous' },
  { components: ['happiness', 'anger'], word: 'gloating' },
  { components: ['contempt', 'disgust'], word: 'scornful' },
  { components: ['contempt', 'anger'], word: 'resentful' },
  { components: ['sadness', 'contempt'], word: 'resigned' },
];
