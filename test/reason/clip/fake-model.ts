import { EXPRESSION_LABELS, type ExpressionLabel, type Still } from '../../../src/contracts/index.ts';
import type { ImageTextModel } from '../../../src/contracts/vision-models.ts';

const COUNT = EXPRESSION_LABELS.length;
const TEXTS_EACH = 6;

/** Weight of each expression's positive text in the vector of a picture. */
export type Likeness = Partial<Record<ExpressionLabel, number>>;

/** A picture that is only its likeness, as bytes. */
export const stillOf = (ms: number, likeness: Likeness, role: 'apex' | 'baseline' = 'apex', subject = 'P1'): Still => ({
  subject,
  ms,
  role,
  jpeg: new TextEncoder().encode(JSON.stringify(likeness)),
  width: 8,
  height: 8,
  landmarks: [],
});

/** Every text its own direction: expression `n` shows along `n`, lacks along `n + 8`; a common part as in real models. */
export const fakeImageTextModel = (link: 'softmax' | 'sigmoid' = 'softmax'): ImageTextModel & { asked: string[][] } => {
  const asked: string[][] = [];
  const unit = (vector: number[]): number[] => vector.map((value) => value / Math.hypot(...vector));
  return {
    id: 'fake/image-text',
    asked,
    check: () => Promise.resolve(),
    encodeTexts: (texts) => {
      asked.push([...texts]);
      const vectors = texts.map((_, index) => {
        const expression = Math.floor(index / TEXTS_EACH);
        const lacks = index % TEXTS_EACH >= TEXTS_EACH / 2;
        return unit([
          2,
          ...Array.from({ length: 2 * COUNT }, (__, at) => (at === expression + (lacks ? COUNT : 0) ? 1 : 0)),
        ]);
      });
      return Promise.resolve({
        vectors,
        scale: link === 'softmax' ? 100 : 110,
        bias: link === 'softmax' ? 0 : -93,
        link,
      });
    },
    encodeImages: (jpegs) =>
      Promise.resolve(
        jpegs.map((jpeg) => {
          const likeness = new Map<string, number>(Object.entries(JSON.parse(new TextDecoder().decode(jpeg))));
          const of = (label: ExpressionLabel): number => likeness.get(label) ?? 0;
          return unit([
            10,
            ...EXPRESSION_LABELS.map(of),
            ...EXPRESSION_LABELS.map((label) => Math.max(0, 0.2 - of(label))),
          ]);
        }),
      ),
  };
};
