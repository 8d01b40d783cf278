import { unitsOfText } from '../metrics/au-lexicon.ts';
import { classification } from '../metrics/classification.ts';
import type { Problem } from '../problem.ts';
import { blankReport } from '../report/blank-report.ts';
import type { EvaluationReport, ReportTable } from '../report/evaluation-report.ts';
import { bootstrap } from '../statistics/bootstrap.ts';
import { headline } from '../statistics/headline.ts';
import { chainText } from './chain.ts';
import type { DatasetItem } from './items.ts';
import type { DatasetSource } from './sources.ts';

/** How long and how specific a set of chains is. */
type Style = {
  chains: number;
  words: number;
  unitsNamed: number;
  levels: number;
  sides: number;
  numbers: number;
  /** Chains in which every unit that is said to be shown was measured as shown. */
  allMeasured: number;
};

const LEVEL =
  /\b(?:trace|faint\w*|barely|slight\w*|mild\w*|subtle|marked\w*|moderate\w*|strong\w*|extreme\w*|pronounced|notabl\w*|significant\w*|intens\w*)\b|\bAU\d+, [A-E]\b/gi;

const styleOf = (chains: ReadonlyArray<{ text: string; shown: ReadonlySet<string> }>): Style => {
  const mean = (value: (chain: { text: string; shown: ReadonlySet<string> }) => number): number =>
    chains.length === 0 ? 0 : chains.reduce((sum, chain) => sum + value(chain), 0) / chains.length;
  return {
    chains: chains.length,
    words: mean(({ text }) => text.split(/\s+/).length),
    unitsNamed: mean(({ text }) => unitsOfText(text).present.size),
    levels: mean(({ text }) => text.match(LEVEL)?.length ?? 0),
    sides: mean(({ text }) => text.match(/\b(?:left|right)\b/gi)?.length ?? 0),
    numbers: mean(({ text }) => text.match(/\b0?\.\d+\b|\b\d+(?:\.\d+)?\b/g)?.length ?? 0),
    allMeasured: mean(({ text, shown }) => ([...unitsOfText(text).present].every((code) => shown.has(code)) ? 1 : 0)),
  };
};

/** Intensity from which a unit counts as named rightly: half a unit of 5, the lowest letter of FACS. */
const SHOWN_FROM = 0.5;

/** Units that prose does not tell apart: a closed eye, an open mouth, a raised brow. */
const ALIKE = [
  ['AU43', 'AU45'],
  ['AU25', 'AU26', 'AU27'],
  ['AU1', 'AU2'],
] as const;

const shownIn = (item: DatasetItem, known: ReadonlySet<string> | null): Set<string> => {
  const shown = new Set(known ?? item.units.filter(({ both }) => both >= SHOWN_FROM).map(({ code }) => code));
  for (const group of ALIKE) {
    if (group.some((code) => shown.has(code))) {
      for (const code of group) {
        shown.add(code);
      }
    }
  }
  return shown;
};

/** What was built, and how far the labels inferred from movements alone agree with the human ones. */
export const datasetReport = (
  items: readonly DatasetItem[],
  sources: readonly DatasetSource[],
  context: {
    problems: Problem[];
    inputs: Array<{ path: string; sha256: string }>;
    parameters: Record<string, unknown>;
  },
): EvaluationReport => {
  const read = items.filter(({ label, attempts }) => label !== null && attempts.length > 0);
  const pairs = read.map(({ label, attempts }) => ({ truth: label ?? '', prediction: attempts[0]?.label ?? '' }));
  const scoreOf = (sample: readonly { truth: string; prediction: string }[]): ReturnType<typeof classification> =>
    classification(
      sample.map(({ truth }) => truth),
      sample.map(({ prediction }) => prediction),
    );
  const agreement = scoreOf(pairs);
  const accuracy = bootstrap(pairs, (sample) => scoreOf(sample).accuracy);
  const recall = bootstrap(pairs, (sample) => scoreOf(sample).uar);
  const majority =
    Math.max(0, ...Object.values(agreement.classes).map(({ support }) => support)) / Math.max(1, pairs.length);
  const within = (k: number): number =>
    read.filter(({ ranking, label }) => ranking.slice(0, k).includes(label ?? '')).length / Math.max(1, read.length);
  const accepted = items.filter(({ status }) => status === 'accepted');
  const reasons = new Map<string, number>();
  for (const { status, reason } of items) {
    const key = status === 'accepted' ? 'accepted' : `rejected: ${reason ?? 'unknown'}`;
    reasons.set(key, (reasons.get(key) ?? 0) + 1);
  }
  const interval = ({ low, high }: { low: number; high: number }): string =>
    `${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)}`;
  const tables: ReportTable[] = [
    {
      id: 'outcome',
      title: `What became of ${items.length} labelled faces`,
      columns: [
        { label: 'outcome', kind: 'text' },
        { label: 'faces', kind: 'count' },
      ],
      rows: [
        ...reasons,
        ['accepted at the first try', accepted.filter(({ attempts }) => attempts.length === 1).length],
        ['accepted after feedback', accepted.filter(({ attempts }) => attempts.length > 1).length],
        ...(['train', 'validation', 'test'] as const).map((split): [string, number] => [
          `in ${split}`,
          accepted.filter((item) => item.split === split).length,
        ]),
      ],
    },
    {
      id: 'agreement',
      title: 'The label inferred from the movements alone (first try) against the human label (%)',
      columns: [
        { label: 'measure', kind: 'text' },
        { label: 'value', kind: 'percent' },
        { label: '95 % interval', kind: 'text' },
      ],
      rows: [
        ['accuracy', headline(agreement.accuracy, pairs.length), interval(accuracy)],
        ['mean recall', headline(agreement.uar, pairs.length), interval(recall)],
        ['human label among the two likeliest', within(2), ''],
        ['human label among the three likeliest', within(3), ''],
        ['always the most frequent label', majority, ''],
      ],
    },
    {
      id: 'labels',
      title: 'Label by label',
      columns: [
        { label: 'label', kind: 'text' },
        { label: 'faces', kind: 'count' },
        { label: 'agree at first (%)', kind: 'percent' },
        { label: 'kept', kind: 'count' },
      ],
      rows: Object.entries(agreement.classes)
        .filter(([, { support }]) => support > 0)
        .map(([label, { support, recall: hit }]) => [
          label,
          support,
          hit,
          accepted.filter((item) => item.label === label).length,
        ]),
    },
    styleTable(items, accepted, sources),
  ];
  return blankReport('dataset', 'Chains of thought from labelled faces', {
    ...context,
    values: {
      accuracy: agreement.accuracy,
      meanRecall: agreement.uar,
      top2: within(2),
      top3: within(3),
      majority,
      accepted: accepted.length,
      rejected: items.length - accepted.length,
    },
    tables,
    notes: items.some(({ identity }) => identity === null)
      ? [
          'Some faces have no identity: they are split by name, and one person may stand in two splits. Give an identity column to prevent it.',
        ]
      : [],
  });
};

const styleTable = (items: readonly DatasetItem[], accepted: readonly DatasetItem[], sources: readonly DatasetSource[]): ReportTable => {
  const byName = new Map(items.map((item) => [item.name, item]));
  const known = new Map(sources.map(({ name, shown }) => [name, shown]));
  const ours = styleOf(accepted.flatMap((item) => (item.chain === null ? [] : [{ text: chainText(item.chain), shown: shownIn(item, known.get(item.name) ?? null) }])));
  const theirs = styleOf(
    sources.flatMap(({ name, theirs: text, shown }) => {
      const item = byName.get(name);
      return text === null || item === undefined ? [] : [{ text, shown: shownIn(item, shown) }];
    }),
  );
  const rows: Array<[string, keyof Style]> = [
    ['chains', 'chains'],
    ['words', 'words'],
    ['action units said to be shown', 'unitsNamed'],
    ['level words or letters', 'levels'],
    ['sides', 'sides'],
    ['numbers', 'numbers'],
    ['share in which every unit said to be shown was measured', 'allMeasured'],
  ];
  return {
    id: 'style',
    title: 'How long and how specific the chains are (mean a chain)',
    columns: [
      { label: 'measure', kind: 'text' },
      { label: 'ours', kind: 'number', digits: 2 },
      ...(theirs.chains === 0 ? [] : [{ label: 'theirs', kind: 'number' as const, digits: 2 }]),
    ],
    rows: rows.map(([label, key]) => [label, ours[key], ...(theirs.chains === 0 ? [] : [theirs[key]])]),
  };
}; // biome-ignore format: one table
