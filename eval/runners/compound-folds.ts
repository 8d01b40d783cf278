import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { classification } from '../metrics/classification.ts';
import { type Problem, problemOf, problemsOf } from '../problem.ts';
import { stem } from '../readers/input-file.ts';
import { readPredictions } from '../readers/predictions.ts';
import { blankReport } from '../report/blank-report.ts';
import type { EvaluationReport } from '../report/evaluation-report.ts';
import { bootstrap } from '../statistics/bootstrap.ts';
import { headline, SMALLEST_HEADLINE } from '../statistics/headline.ts';
import { familiesOfLabel } from '../text/labels-of-text.ts';
import { className } from './class-name.ts';

/** The seven compound classes of C-EXPR-DB (Kollias 2023; ABAW compound-expression challenge). */
export const COMPOUND_CLASSES = [
  'fearfully-surprised', 'happily-surprised', 'sadly-surprised', 'disgustedly-surprised', 'angrily-surprised', 'sadly-fearful', 'sadly-angry',
] as const; // biome-ignore format: one list

/**
 * Mean F1 over the seven classes, each counted once: the challenge's measure. A class that is neither true nor
 * predicted scores 0, as in the challenge; answers outside the seven are simply wrong.
 */
export const compoundF1 = (truth: readonly string[], prediction: readonly string[]): number => {
  const { classes } = classification(truth, prediction);
  return COMPOUND_CLASSES.reduce((sum, name) => sum + (classes[name]?.f1 ?? 0), 0) / COMPOUND_CLASSES.length;
};

/** Whether a folder holds the folds (`split-0/test.txt` …). */
export const isFoldFolder = async (path: string): Promise<boolean> =>
  (await readdir(path).catch(() => [])).some((name) => /^split-\d+$/.test(name));

type Fold = { name: string; clips: Map<string, string> };

/** Lines `Sadly-Fearful/24_Sadly-Fearful_0,5`: the class is the folder, the clip the file. */
const readFolds = async (folder: string, part: string): Promise<Fold[]> => {
  const names = (await readdir(folder)).filter((name) => /^split-\d+$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name, `${part}.txt`), 'utf8');
      const clips = text.split('\n').flatMap((line): Array<[string, string]> => {
        const match = /^([^/]+)\/(.+),\d+\s*$/.exec(line.trim());
        return match?.[1] === undefined || match[2] === undefined ? [] : [[match[2], className(match[1])]];
      });
      return { name, clips: new Map(clips) };
    }),
  );
};

/** A predicted name as one of the seven, where it is one in other words ("surprised and sad"). */
const compoundOf = (answer: string): string => {
  const plain = className(answer.replace(/[[\]'"]/g, ''));
  if (COMPOUND_CLASSES.some((name) => name === plain)) {
    return plain;
  }
  const families = new Set(answer.split(/[,\s]+/).flatMap((word) => familiesOfLabel(word)));
  const stems = { fearfully: 'fear', happily: 'happiness', sadly: 'sadness', disgustedly: 'disgust', angrily: 'anger' } as const; // biome-ignore format: one table
  const nouns = { surprised: 'surprise', fearful: 'fear', angry: 'anger' } as const;
  return (
    COMPOUND_CLASSES.find((name) => {
      const first = Object.entries(stems).find(([word]) => name.startsWith(word))?.[1];
      const second = Object.entries(nouns).find(([word]) => name.endsWith(word))?.[1];
      return (
        first !== undefined &&
        second !== undefined &&
        families.size === 2 &&
        families.has(first) &&
        families.has(second)
      );
    }) ?? (plain === '' ? '(none)' : plain)
  );
};

/** The C-EXPR-DB protocol: seven-class F1 on the test part of every fold. */
export const compoundReport = async (
  predictionsPath: string,
  folder: string,
  part = 'test',
): Promise<EvaluationReport> => {
  const { sets, problems: read, sources } = await readPredictions(predictionsPath);
  const answers = sets[0]?.items ?? new Map<string, string>();
  const folds = await readFolds(folder, part);
  const problems: Problem[] = [...read];
  const scored = folds.map(({ name, clips }) => {
    problems.push(
      ...problemsOf([
        problemOf(
          'missing-clip',
          name,
          [...clips.keys()].filter((clip) => !answers.has(clip)),
          'Counted as wrong.',
        ),
      ]),
    );
    const pairs = [...clips].map(([clip, truth]) => ({ truth, prediction: compoundOf(answers.get(clip) ?? '') }));
    const score = (sample: readonly { truth: string; prediction: string }[]): number =>
      compoundF1(
        sample.map(({ truth }) => truth),
        sample.map(({ prediction }) => prediction),
      );
    return { name, n: pairs.length, pairs, interval: bootstrap(pairs, score) };
  });
  const mean = scored.reduce((sum, { interval }) => sum + interval.estimate, 0) / Math.max(1, scored.length);
  const all = classification(
    scored.flatMap(({ pairs }) => pairs.map(({ truth }) => truth)),
    scored.flatMap(({ pairs }) => pairs.map(({ prediction }) => prediction)),
  );
  return blankReport('faces', `Compound expressions (C-EXPR-DB, seven classes): ${stem(predictionsPath)}`, {
    inputs: sources,
    parameters: { folds: folder, part },
    values: {
      'mean F1 over the folds': mean,
      ...Object.fromEntries(scored.map(({ name, interval }) => [name, interval.estimate])),
    },
    tables: [
      {
        id: 'folds',
        title: 'Seven-class mean F1 (%)',
        columns: [
          { label: 'fold', kind: 'text' },
          { label: 'F1', kind: 'percent' },
          { label: '95 % interval', kind: 'text' },
          { label: 'clips', kind: 'count' },
        ],
        rows: [
          ...scored.map(({ name, n, interval }) => [
            name,
            headline(interval.estimate, n),
            `${(100 * interval.low).toFixed(1)}–${(100 * interval.high).toFixed(1)}`,
            n,
          ]),
          ['mean of the folds', mean, '', scored.reduce((sum, { n }) => sum + n, 0)],
        ],
        notes: [
          'Clip by clip, with the folds of the text-versus-feature study; the challenge itself scores frames.',
          `Folds below ${SMALLEST_HEADLINE} clips have an interval only.`,
        ],
      },
      {
        id: 'per-class',
        title: 'Class by class, all folds (%)',
        columns: [
          { label: 'class', kind: 'text' },
          { label: 'F1', kind: 'percent' },
          { label: 'n', kind: 'count' },
        ],
        rows: COMPOUND_CLASSES.map((name) => [name, all.classes[name]?.f1 ?? 0, all.classes[name]?.support ?? 0]),
      },
    ],
    problems,
  });
};
