import { z } from 'zod';
import { WHEEL_SUITES, type WheelMaps, type WheelSuite, wheelSuite } from '../metrics/emotion-wheel.ts';
import { labelOverlap } from '../metrics/label-overlap.ts';
import { setLevel } from '../metrics/set-level.ts';
import { mean } from '../metrics/set-overlap.ts';
import { type Problem, problemOf, problemsOf } from '../problem.ts';
import { findWheels } from '../readers/find-wheels.ts';
import { isFolder, jsonOf, readInput, stem } from '../readers/input-file.ts';
import { isWellFormedList, parseLabelGroups, parseLabelList } from '../readers/label-list.ts';
import { readNpz } from '../readers/npz.ts';
import { readPredictions } from '../readers/predictions.ts';
import { readWheels } from '../readers/wheels.ts';
import { blankReport } from '../report/blank-report.ts';
import type { EvaluationReport, ReportTable } from '../report/evaluation-report.ts';
import { familiesOfLabel, labelsOfText } from '../text/labels-of-text.ts';
import { isListSet } from '../unibench/set-form.ts';
import { pairClips } from './pair-clips.ts';

export type LabelsRequest = {
  predictions: string;
  reference: string;
  wheels?: string | undefined;
  /** Synonym groups by clip, as GPT-3.5 wrote them for MER2024 (JSON, or a folder of `.npy`). */
  synonyms?: string | undefined;
  suite?: WheelSuite | undefined;
};

type Clip = { clip: string; truth: readonly string[]; prediction: readonly string[] };

/** `whyface eval labels`: open-vocabulary label lists against each other. */
export const labelsReport = async (request: LabelsRequest): Promise<EvaluationReport> => {
  const [predicted, reference] = [await readPredictions(request.predictions), await readPredictions(request.reference)];
  const truth = reference.sets[0]?.items ?? new Map<string, string>();
  const wheels = request.wheels ?? (await findWheels(request.reference)) ?? (await findWheels(request.predictions));
  const maps = wheels === null ? null : await readWheels(wheels);
  const synonyms = request.synonyms === undefined ? null : await readSynonyms(request.synonyms);
  const suite = request.suite ?? 'ov-mer';
  const problems: Problem[] = [...predicted.problems, ...reference.problems];
  const tables: ReportTable[] = [];
  const values: Record<string, number> = {};
  for (const set of predicted.sets) {
    const described = !isListSet(set);
    const paired = pairClips(truth, set.items, set.name);
    const clips: Clip[] = paired.clips.map(({ clip, truth: listed, prediction }) => ({
      clip,
      truth: parseLabelList(listed),
      prediction: described
        ? labelsOfText(prediction ?? '').map(({ label }) => label)
        : parseLabelList(prediction ?? ''),
    }));
    problems.push(...paired.problems, ...problemsOfLists(set.name, clips, described ? new Map() : set.items, maps));
    const rows: Array<[string, number, number, number, number]> = [];
    if (maps !== null) {
      const { scores, average } = wheelSuite(clips, suite, maps);
      for (const [metric, score] of Object.entries(scores)) {
        rows.push([metric, score.precision, score.recall, score.f, score.clips]);
        values[`${set.name}.${metric}`] = score.f;
      }
      values[`${set.name}.M-avg`] = average;
      rows.push([
        `mean F of ${WHEEL_SUITES[suite].length}`,
        mean(Object.values(scores).map(({ precision }) => precision)),
        mean(Object.values(scores).map(({ recall }) => recall)),
        average,
        clips.length,
      ]);
    }
    const groups = clips.map(({ clip }) => synonyms?.get(clip) ?? []);
    const level = setLevel(clips.map((clip, index) => ({ ...clip, synonyms: groups[index] ?? [] })));
    rows.push([
      synonyms === null ? 'exact words' : 'set level, synonym groups',
      level.accuracy,
      level.recall,
      level.average,
      level.clips,
    ]);
    values[`${set.name}.accuracy`] = level.accuracy;
    values[`${set.name}.recall`] = level.recall;
    values[`${set.name}.average`] = level.average;
    const overlaps = clips.flatMap((clip) => {
      const families = clip.truth.flatMap(familiesOfLabel);
      return families.length === 0 ? [] : [labelOverlap(families, clip.prediction.flatMap(familiesOfLabel))];
    });
    const family = mean(overlaps.map(({ f1 }) => f1));
    rows.push([
      'families (whyface)',
      mean(overlaps.map(({ precision }) => precision)),
      mean(overlaps.map(({ recall }) => recall)),
      family,
      overlaps.length,
    ]);
    values[`${set.name}.families`] = family;
    tables.push({
      id: `labels-${set.name}`,
      title: `${set.name}${described ? ", labels taken from descriptions by whyface's own lexicon" : ''} (%)`,
      columns: [
        { label: 'metric', kind: 'text' },
        { label: 'precision', kind: 'percent' },
        { label: 'recall', kind: 'percent' },
        { label: 'F or average', kind: 'percent' },
        { label: 'clips', kind: 'count' },
      ],
      rows,
      notes: synonyms === null ? [] : ['Set level: accuracy, recall and their plain average (MER2024 MER-OV).'],
    });
  }
  return blankReport('labels', 'Open-vocabulary labels', {
    inputs: [...predicted.sources, ...reference.sources],
    parameters: { wheels, suite, synonyms: request.synonyms ?? null },
    values,
    tables,
    problems,
    notes:
      maps === null
        ? ['No emotion wheels were found, so the wheel metrics are left out; name their folder with --wheels.']
        : [],
  });
};

const problemsOfLists = (
  where: string,
  clips: readonly Clip[],
  answers: ReadonlyMap<string, string>,
  maps: WheelMaps | null,
): Problem[] => {
  const unknown =
    maps === null
      ? []
      : new Set(clips.flatMap(({ prediction }) => prediction.filter((label) => !maps.format.has(label))));
  return problemsOf([
    problemOf(
      'empty-truth',
      where,
      clips.filter(({ truth }) => truth.length === 0).map(({ clip }) => clip),
      'Skipped by the wheel metrics; 0 in the set-level ones.',
    ),
    problemOf(
      'empty-prediction',
      where,
      clips.filter(({ prediction }) => prediction.length === 0).map(({ clip }) => clip),
      'Precision and recall are 0, as in the published code.',
    ),
    problemOf(
      'malformed-list',
      where,
      [...answers].flatMap(([clip, text]) => (isWellFormedList(text) ? [] : [clip])),
      'Read as the published code reads it: split at quotes and commas.',
    ),
    problemOf(
      'unknown-label',
      where,
      [...unknown],
      'Labels in no map are dropped by the wheel metrics, as in the published code.',
    ),
  ]);
};

const synonymFile = z.record(z.string(), z.string());

/** Synonym groups by clip. */
export const readSynonyms = async (path: string): Promise<Map<string, string[][]>> => {
  if (await isFolder(path)) {
    const read = await readPredictions(path);
    return new Map([...(read.sets[0]?.items ?? [])].map(([clip, text]) => [clip, parseLabelGroups(text)]));
  }
  const input = await readInput(path);
  if (path.toLowerCase().endsWith('.npz')) {
    const arrays = readNpz(input.bytes, input.name);
    return new Map([...arrays].map(([clip, text]) => [stem(`${clip}.npy`), parseLabelGroups(String(text))]));
  }
  return new Map(
    Object.entries(synonymFile.parse(jsonOf(input))).map(([clip, text]) => [clip, parseLabelGroups(text)]),
  );
};
