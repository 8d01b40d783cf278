import { join } from 'node:path';
import { observeOptions } from '../../src/contracts/index.ts';
import type { Pipeline } from '../../src/pipeline.ts';
import { areaUnderCurve } from './scores.ts';
import { table } from './section.ts';
import { readManifest } from './speech-data.ts';

type Needs = { folder: string; pipeline: Pipeline };

const HIGH = new Set(['anger', 'fear', 'happy']);
const LOW = new Set(['sad', 'neutral', 'boredom']);

/** Whether the arousal score of the voice tells acted activated speech from the rest. */
export const arousalRows = async ({ folder, pipeline }: Needs): Promise<string> => {
  const scored: { corpus: string; label: string; score: number }[] = [];
  for (const { file, label } of readManifest(folder)) {
    if (label !== null && label !== undefined && (HIGH.has(label) || LOW.has(label))) {
      const { analysis } = await pipeline.observe(join(folder, file), observeOptions.parse({}));
      const found = analysis.observations.find(({ source }) => source === 'voice-arousal');
      const score = found?.kind === 'affect' ? found.affect.arousal : 0;
      scored.push({ corpus: file.split('/')[0] ?? '', label, score });
    }
  }
  const row = (name: string, part: typeof scored): (string | number)[] => {
    const high = part.filter(({ label }) => HIGH.has(label)).map(({ score }) => score);
    const low = part.filter(({ label }) => LOW.has(label)).map(({ score }) => score);
    return [name, high.length, low.length, areaUnderCurve(high, low).toFixed(3)];
  };
  const means = [...HIGH, ...LOW].map((label) => {
    const part = scored.filter((each) => each.label === label);
    const mean = part.reduce((sum, { score }) => sum + score, 0) / Math.max(1, part.length);
    return [label, part.length, mean.toFixed(2)];
  });
  return [
    '### Arousal of the voice',
    'Area under the curve of the score for anger, fear and happiness against sadness, neutral speech and boredom; one short recording each, so against published norms. These few recordings were looked at while the score was made: take the number for an upper bound. Nothing is said of valence.',
    table(
      ['recordings', 'activated', 'others', 'AUC'],
      [
        ...[...new Set(scored.map(({ corpus }) => corpus))].map((corpus) =>
          row(
            corpus,
            scored.filter((each) => each.corpus === corpus),
          ),
        ),
        row('all', scored),
      ],
    ),
    table(['label', 'recordings', 'mean score'], means),
  ].join('\n\n');
};
