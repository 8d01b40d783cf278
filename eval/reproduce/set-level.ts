import { setLevel } from '../metrics/set-level.ts';
import { parseLabelList } from '../readers/label-list.ts';
import { readPredictions } from '../readers/predictions.ts';
import { readSynonyms } from '../runners/labels.ts';
import type { Comparison } from './comparison.ts';
import type { PublishedFiles } from './files.ts';

/** Printed in MERTools@89120b7, MER2024/main-ov.py. */
const PUBLISHED = { accuracy: 0.581777108433735, recall: 0.4977911646586345, average: 0.5397841365461847 } as const;
// The source prints accuracy and recall; their average has one digit more.
const DECIMALS = { accuracy: 15, recall: 16, average: 16 } as const;

/** MER2024 MER-OV: set-level accuracy, recall and average on the published synonym groups. */
export const reproduceSetLevel = async (files: PublishedFiles): Promise<Comparison[]> => {
  const [truth, predictions, synonyms] = [
    await files.file('mer2024_ov', 'check-openset.csv'),
    await files.file('mer2024_ov', 'predict-openset.csv'),
    await files.file('mer2024_ov', 'openset-synonym.json'),
  ];
  if (truth === null || predictions === null || synonyms === null) {
    return [];
  }
  const [actual, predicted, groups] = [
    (await readPredictions(truth)).sets[0]?.items,
    (await readPredictions(predictions)).sets[0]?.items,
    await readSynonyms(synonyms),
  ];
  const score = setLevel(
    [...(actual ?? [])].map(([clip, labels]) => ({
      truth: parseLabelList(labels),
      prediction: parseLabelList(predicted?.get(clip) ?? ''),
      synonyms: groups.get(clip) ?? [],
    })),
  );
  return (['accuracy', 'recall', 'average'] as const).map((column) => ({
    table: 'MER2024 MER-OV (332 clips)',
    row: 'set level, GPT-3.5 synonym groups',
    column,
    published: PUBLISHED[column],
    ours: score[column],
    decimals: DECIMALS[column],
    tolerance: null,
  }));
};
