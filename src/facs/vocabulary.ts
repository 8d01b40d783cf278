import type { CompoundLabel, ExpressionLabel } from '../contracts/index.ts';

/** How one expression is named in prose. */
export type ExpressionWords = {
  adjective: string;
  /** Open-vocabulary words by strength: faint, clear, intense. */
  words: readonly [readonly string[], readonly string[], readonly string[]];
};

/** Open-vocabulary words for the eight expressions, by how strongly the face shows them. Ours. */
export const EXPRESSION_WORDS = {
  anger: { adjective: 'angry', words: [['annoyed', 'displeased'], ['angry', 'irritated'], ['furious', 'angry']] },
  contempt: { adjective: 'contemptuous', words: [['sceptical', 'dismissive'], ['contemptuous', 'smug'], ['scornful', 'contemptuous']] },
  disgust: { adjective: 'disgusted', words: [['averse', 'put off'], ['disgusted', 'repelled'], ['revolted', 'disgusted']] },
  fear: { adjective: 'fearful', words: [['apprehensive', 'uneasy'], ['afraid', 'anxious'], ['terrified', 'afraid']] },
  happiness: { adjective: 'happy', words: [['pleased', 'content'], ['happy', 'cheerful'], ['delighted', 'joyful']] },
  neutral: { adjective: 'neutral', words: [['neutral', 'composed'], ['neutral', 'composed'], ['neutral', 'composed']] },
  sadness: { adjective: 'sad', words: [['downcast', 'wistful'], ['sad', 'unhappy'], ['distressed', 'sorrowful']] },
  surprise: { adjective: 'surprised', words: [['attentive', 'curious'], ['surprised', 'startled'], ['astonished', 'surprised']] },
} as const satisfies Record<ExpressionLabel, ExpressionWords>; // biome-ignore format: one table

/** Open-vocabulary words for the compounds. */
export const COMPOUND_WORDS = {
  'happily-surprised': ['delighted', 'pleasantly surprised'],
  'happily-disgusted': ['amused', 'grossed out'],
  'sadly-fearful': ['worried', 'despairing'],
  'sadly-angry': ['frustrated', 'hurt'],
  'sadly-surprised': ['dismayed', 'disappointed'],
  'sadly-disgusted': ['pained', 'let down'],
  'fearfully-angry': ['threatened', 'agitated'],
  'fearfully-surprised': ['alarmed', 'shocked'],
  'fearfully-disgusted': ['horrified', 'repelled'],
  'angrily-surprised': ['indignant', 'incredulous'],
  'angrily-disgusted': ['outraged', 'hostile'],
  'disgustedly-surprised': ['appalled', 'taken aback'],
  appalled: ['appalled', 'repelled'],
  hatred: ['hateful', 'hostile'],
  awed: ['awed', 'amazed'],
} as const satisfies Record<CompoundLabel, readonly string[]>;
