import { join } from 'node:path';
import { explainOptions } from '../../src/contracts/index.ts';
import type { reasonerFor } from '../../src/pipeline/reasoners.ts';
import { explainAnalysis } from '../../src/pipeline/text-side.ts';
import { invalidInput } from '../invalid-input.ts';
import type { WheelMaps } from '../metrics/emotion-wheel.ts';
import { hitRate } from '../metrics/hit-rate.ts';
import { type Problem, problemOf, problemsOf } from '../problem.ts';
import { wheelsFor } from '../readers/find-wheels.ts';
import { isFile, readInput, requireFolder } from '../readers/input-file.ts';
import { rowsOf, textAt } from '../readers/rows.ts';
import { blankReport } from '../report/blank-report.ts';
import type { EvaluationReport } from '../report/evaluation-report.ts';
import { publishedFiles } from '../reproduce/files.ts';
import { labelsOfText } from '../text/labels-of-text.ts';
import { DATA_SETS } from '../unibench/data-sets.ts';
import { readTruth } from '../unibench/truth.ts';
import { analysisOfTranscript } from './speech-analysis.ts';

export type TranscriptsRequest = {
  /** Folder with `unibench_transcripts` and `unibench_labels`. */
  folder: string;
  wheels?: string | undefined;
  language: 'english' | 'chinese';
  reasoner: ReturnType<typeof reasonerFor>;
};

export type TranscriptsOptions = {
  signal?: AbortSignal | undefined;
  onClip?: ((clip: string, done: number, total: number) => void) | undefined;
};

const SETS = [
  { id: 'mer2023', transcripts: 'mer2023-dataset.csv', labels: 'mer2023-6way.json' },
  { id: 'meld', transcripts: 'meld.csv', labels: 'meld.json' },
] as const;

type Answers = { reasoned: Map<string, string[]>; words: Map<string, string[]> };

/**
 * What words alone give: the text side of the pipeline on the transcripts of MER2023 and MELD, and beside it the
 * feeling words that the transcripts themselves hold. A floor that anybody can run again.
 */
export const transcriptsReport = async (
  { folder, wheels, language, reasoner }: TranscriptsRequest,
  { signal, onClip }: TranscriptsOptions = {},
): Promise<EvaluationReport> => {
  await requireFolder(folder, 'unibench_transcripts and unibench_labels');
  const files = await publishedFiles(folder);
  const { path, maps } = await wheelsFor(wheels, [files.emer]);
  const rows: Array<[string, string, number, number]> = [];
  const values: Record<string, number> = {};
  const problems: Problem[] = [];
  const inputs: EvaluationReport['inputs'] = [];
  for (const { id, transcripts, labels } of SETS) {
    const dataSet = DATA_SETS.find((candidate) => candidate.id === id);
    const [texts, truthPath] = [
      join(files.emer, 'unibench_transcripts', transcripts),
      join(files.emer, 'unibench_labels', labels),
    ];
    if (dataSet === undefined || !(await isFile(texts)) || !(await isFile(truthPath))) {
      continue;
    }
    const truth = await readTruth(truthPath, dataSet);
    const { byClip, source } = await transcriptsOf(texts, language);
    inputs.push(source, truth.source);
    const clips = [...truth.basic.keys()];
    problems.push(
      ...problemsOf([
        problemOf(
          'missing-clip',
          dataSet.title,
          clips.filter((clip) => (byClip.get(clip) ?? '') === ''),
          'Clips without a transcript count as silent.',
        ),
      ]),
    );
    const answers: Answers = { reasoned: new Map(), words: new Map() };
    for (const [index, clip] of clips.entries()) {
      signal?.throwIfAborted();
      onClip?.(`${dataSet.title} ${clip}`, index, clips.length);
      const text = byClip.get(clip) ?? '';
      answers.words.set(
        clip,
        labelsOfText(text).map(({ label }) => label),
      );
      const [explanation] = await explainAnalysis(
        analysisOfTranscript(clip, text, language.slice(0, 2)),
        explainOptions.parse({}),
        { reasoner, signal },
      );
      answers.reasoned.set(clip, explanation?.judgement.labels ?? []);
    }
    for (const [title, labelsOf] of [
      [`text side, ${reasoner.id} reasoner`, answers.reasoned],
      ['feeling words of the transcript', answers.words],
    ] as const) {
      const rate = rateOf(truth.basic, labelsOf, maps);
      rows.push([dataSet.title, title, rate, [...labelsOf.values()].filter((list) => list.length === 0).length]);
      values[`${dataSet.title}.${title}`] = rate;
    }
  }
  if (rows.length === 0) {
    throw invalidInput(`${folder} holds neither unibench_transcripts nor unibench_labels.`);
  }
  return blankReport('transcripts', 'From the words alone', {
    inputs,
    parameters: { folder, wheels: path, language, reasoner: reasoner.id },
    values,
    tables: [
      {
        id: 'transcripts',
        title: 'Hit rate (%), level 1 of five wheels',
        columns: [
          { label: 'set', kind: 'text' },
          { label: 'answers', kind: 'text' },
          { label: 'hit rate', kind: 'percent' },
          { label: 'clips without a label', kind: 'count' },
        ],
        rows,
        notes: ['The FACS reasoner reads faces: of words alone it says nothing, and its row is the floor.'],
      },
    ],
    problems,
  });
};

const rateOf = (truth: ReadonlyMap<string, string>, answers: ReadonlyMap<string, string[]>, maps: WheelMaps): number =>
  hitRate(
    [...truth].map(([clip, label]) => ({ truth: label, prediction: answers.get(clip) ?? [] })),
    maps,
  ).rate;

const transcriptsOf = async (
  path: string,
  language: 'english' | 'chinese',
): Promise<{ byClip: Map<string, string>; source: { path: string; sha256: string } }> => {
  const input = await readInput(path);
  const byClip = new Map<string, string>();
  for (const row of rowsOf(input).rows) {
    const clip = textAt(row, ['name']);
    if (clip !== null) {
      byClip.set(clip, textAt(row, [language]) ?? '');
    }
  }
  return { byClip, source: { path, sha256: input.sha256 } };
};
