import { cueScore, pooledCues } from '../metrics/cue-match.ts';
import { labelOverlap } from '../metrics/label-overlap.ts';
import { pearson, spearman } from '../metrics/pearson.ts';
import { mean } from '../metrics/set-overlap.ts';
import { readDescriptions } from '../readers/description-table.ts';
import { stem } from '../readers/input-file.ts';
import { cuesOfText } from '../text/cues-of-text.ts';
import { labelsOfText } from '../text/labels-of-text.ts';
import { readPublishedTable } from '../unibench/published.ts';
import type { PublishedFiles } from './files.ts';
import { EMER_V1_TABLE } from './published-tables.ts';

/** Deterministic label overlap of one system with EMER v1, beside what GPT-3.5 said. */
export type EmerRow = {
  system: string;
  /** Label F1, and the judge's label overlap. */
  f1: number;
  published: number | null;
  /** Cue F1, and the judge's clue overlap. */
  cues: number;
  publishedClues: number | null;
  clips: number;
  unanswered: number;
};

export type EmerV1 = {
  rows: EmerRow[];
  pearson: number | null;
  spearman: number | null;
  cluePearson: number | null;
  sanity: EmerRow[];
};

const squeezed = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The row of a file such as `videochat(emb).csv`: the same name, or the only one that begins with it. */
const rowNamed = <Row>(rows: ReadonlyArray<readonly [string, Row]>, file: string): readonly [string, Row] | undefined =>
  rows.find(([system]) => squeezed(system) === squeezed(file)) ??
  rows.find(([system]) => squeezed(system).startsWith(squeezed(file)));

const familiesOf = (text: string): ReturnType<typeof labelsOfText>[number]['families'][number][] =>
  labelsOfText(text).flatMap(({ families }) => families);

/** Mean F1 over the clips whose reference names a feeling. */
export const meanLabelOverlap = (
  reference: ReadonlyMap<string, string>,
  answers: ReadonlyMap<string, string>,
): { f1: number; cues: number; clips: number; unanswered: number } => {
  const scores: number[] = [];
  let unanswered = 0;
  for (const [clip, text] of reference) {
    const truth = familiesOf(text);
    if (truth.length === 0) {
      continue;
    }
    const prediction = familiesOf(answers.get(clip) ?? '');
    unanswered += prediction.length === 0 ? 1 : 0;
    scores.push(labelOverlap(truth, prediction).f1);
  }
  const cues = [...reference].map(([clip, text]) => cueScore(cuesOfText(text), cuesOfText(answers.get(clip) ?? '')));
  return { f1: mean(scores), cues: pooledCues(cues).all.f1, clips: scores.length, unanswered };
};

/** `null` where EMER v1 is not there. */
export const reproduceEmerV1 = async (files: PublishedFiles): Promise<EmerV1 | null> => {
  const [chinese, english, table] = [
    await files.file('emer-v1', 'gt-chi.csv'),
    await files.file('emer-v1', 'gt-eng.csv'),
    await files.file('published', 'emer_v1_table.json'),
  ];
  if (chinese === null) {
    return null;
  }
  const reference = (await readDescriptions(chinese, 'reasons')).items;
  const published = table === null ? EMER_V1_TABLE : await readPublishedTable(table);
  const rows: EmerRow[] = [];
  for (const name of await files.names('emer-v1', 'baseline_results')) {
    const path = await files.file('emer-v1', 'baseline_results', name);
    if (path === null || /^gt\./.test(name) || !name.endsWith('.csv')) {
      continue;
    }
    const answers = (await readDescriptions(path)).items;
    const row = rowNamed([...published.rows], stem(name));
    const at = (column: string): number | null => row?.[1][published.columns.indexOf(column)] ?? null;
    rows.push({
      system: stem(name),
      published: at('label_overlap'),
      publishedClues: at('clue_overlap'),
      ...meanLabelOverlap(reference, answers),
    });
  }
  const judged = rows.flatMap(({ f1, published: points }) => (points === null ? [] : [{ f1, points }]));
  const [ours, theirs] = [judged.map(({ f1 }) => f1), judged.map(({ points }) => points)];
  const clued = rows.flatMap(({ cues, publishedClues }) => (publishedClues === null ? [] : [{ cues, publishedClues }]));
  const cluePearson = pearson(
    clued.map(({ cues }) => cues),
    clued.map(({ publishedClues }) => publishedClues),
  );
  const clips = [...reference.keys()];
  const next = new Map(
    clips.map((clip, index) => [clip, reference.get(clips[(index + 1) % clips.length] ?? '') ?? '']),
  );
  const sanity: EmerRow[] = [
    {
      system: 'the reference itself',
      published: null,
      publishedClues: null,
      ...meanLabelOverlap(reference, reference),
    },
    { system: "another clip's reference", published: null, publishedClues: null, ...meanLabelOverlap(reference, next) },
    ...(english === null
      ? []
      : [
          {
            system: 'the reference in English',
            published: null,
            publishedClues: null,
            ...meanLabelOverlap(reference, (await readDescriptions(english, 'reasons')).items),
          },
        ]),
  ];
  return { rows, pearson: pearson(ours, theirs), spearman: spearman(ours, theirs), cluePearson, sanity };
};
