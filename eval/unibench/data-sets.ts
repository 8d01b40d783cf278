/**
 * The nine test sets of MER-UniBench (arXiv 2501.16566): how each is scored and how its labels are stored.
 * Source: 3FEmotionResearch/AffectGPT@bf68d98, AffectGPT/evaluation-scoreonly.py and my_affectgpt/datasets/datasets;
 * label files of zeroQiaoba/MERTools@89120b7, MERBench/dataset.
 */
export type DataSet = {
  id: 'mer2023' | 'mer2024' | 'meld' | 'iemocap' | 'mosi' | 'mosei' | 'sims' | 'simsv2' | 'ovmerd';
  /** Column of the published table. */
  title: string;
  task: 'basic' | 'sentiment' | 'fine-grained';
  /** Clips of the test set. */
  clips: number;
  /** Part of the label file that is the test set; `session`: the clips whose name starts with it. */
  corpus: string;
  prefix: string | null;
  /** Names of the classes that the label file gives as numbers. */
  classes: readonly string[] | null;
  /** Names of the set in file and folder names, letters and digits only. */
  names: readonly string[];
};

const MELD_CLASSES = ['anger', 'joy', 'sadness', 'neutral', 'disgust', 'fear', 'surprise'] as const;
const IEMOCAP_CLASSES = ['happy', 'sad', 'neutral', 'anger'] as const;

export const DATA_SETS: readonly DataSet[] = [
  { id: 'mer2023', title: 'MER2023', task: 'basic', clips: 411, corpus: 'test1_corpus', prefix: null, classes: null, names: ['mer2023'] },
  { id: 'mer2024', title: 'MER2024', task: 'basic', clips: 1169, corpus: 'test1_corpus', prefix: null, classes: null, names: ['mer2024'] },
  { id: 'meld', title: 'MELD', task: 'basic', clips: 2610, corpus: 'test_corpus', prefix: null, classes: MELD_CLASSES, names: ['meld'] },
  { id: 'iemocap', title: 'IEMOCAP', task: 'basic', clips: 1241, corpus: 'whole_corpus', prefix: 'Ses05', classes: IEMOCAP_CLASSES, names: ['iemocapfour', 'iemocap4', 'iemocap'] },
  { id: 'mosi', title: 'MOSI', task: 'sentiment', clips: 686, corpus: 'test_corpus', prefix: null, classes: null, names: ['cmumosi', 'mosi'] },
  { id: 'mosei', title: 'MOSEI', task: 'sentiment', clips: 4659, corpus: 'test_corpus', prefix: null, classes: null, names: ['cmumosei', 'mosei'] },
  { id: 'sims', title: 'SIMS', task: 'sentiment', clips: 457, corpus: 'test_corpus', prefix: null, classes: null, names: ['chsims', 'sims'] },
  { id: 'simsv2', title: 'SIMSv2', task: 'sentiment', clips: 1034, corpus: 'test_corpus', prefix: null, classes: null, names: ['chsimsv2', 'simsv2'] },
  { id: 'ovmerd', title: 'OV-MERD+', task: 'fine-grained', clips: 532, corpus: 'test_corpus', prefix: null, classes: null, names: ['ovmerdplus', 'mer2025ov', 'mer2026ov', 'ovmerd'] },
]; // biome-ignore format: one table

const squeezed = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Words that file names carry beside the name of the set. */
const EXTRAS =
  /^(?:results?|labels?|predictions?|dataset|affectgpt|output|unibench|openset)+|(?:process|labels?|openset|datasets?|[46]way|results?|test|predictions?)+$/g;

/** The data set that a file or folder name means; `null` for any other. The longest name that fits counts. */
export const dataSetNamed = (name: string): DataSet | null => {
  const bare = squeezed(name.replace(/\.[a-z]+$/i, '')).replace(EXTRAS, '');
  return DATA_SETS.find(({ names }) => names.includes(bare)) ?? null;
};
