import { readRecords } from '../readers/records.ts';
import { blankReport } from '../report/blank-report.ts';
import type { EvaluationReport } from '../report/evaluation-report.ts';
import { randomFrom } from '../statistics/random.ts';
import { type Misjudged, scoreMutations, type VerifiedCase } from '../verify/mutation-score.ts';

export type VerifyRequest = { records: string; seed?: number | undefined };

const DEFAULT_SEED = 1;

/** `whyface eval verify`: how many false versions of true sentences the verifier finds, how many true ones it flags. */
export const verifyReport = async ({
  records: path,
  seed = DEFAULT_SEED,
}: VerifyRequest): Promise<EvaluationReport> => {
  const { records, problems, source } = await readRecords(path);
  const cases = [...records].flatMap(([id, { analysis, explanations }]): VerifiedCase[] =>
    analysis === null
      ? []
      : explanations.map(({ subject, range, ...answer }) => ({
          id: `${id} ${subject ?? ''}`.trim(),
          analysis,
          scope: { subject, range },
          answer,
        })),
  );
  const score = scoreMutations(cases, randomFrom(seed));
  const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  const misjudged = (entries: readonly Misjudged[]): Array<[string, string, string]> =>
    entries.slice(0, 40).map(({ id, text, why }) => [id, text, why]);
  const columns = [
    { label: 'of', kind: 'text' as const },
    { label: 'sentence', kind: 'text' as const },
    { label: 'why', kind: 'text' as const },
  ];
  return blankReport('verify', 'The verifier against falsified sentences', {
    inputs: [source],
    parameters: { seed },
    values: {
      detected: share(score.found, score.mutants),
      flagged: share(score.flagged.length, score.originals),
      mutants: score.mutants,
      originals: score.originals,
    },
    tables: [
      {
        id: 'verify',
        title: 'Falsified sentences found (%)',
        columns: [
          { label: 'changed', kind: 'text' },
          { label: 'made', kind: 'count' },
          { label: 'found', kind: 'count' },
          { label: 'share', kind: 'percent' },
        ],
        rows: [
          ...Object.entries(score.byKind).map(([kind, { mutants, found }]) => [
            kind,
            mutants,
            found,
            share(found, mutants),
          ]),
          ['all', score.mutants, score.found, share(score.found, score.mutants)],
        ],
        notes: [
          `${score.flagged.length} of ${score.originals} untouched sentences flagged (${(100 * (share(score.flagged.length, score.originals) ?? 0)).toFixed(2)} %).`,
        ],
      },
      ...(score.missed.length === 0 ? [] : [{ id: 'missed', title: 'Missed', columns, rows: misjudged(score.missed) }]),
      ...(score.flagged.length === 0
        ? []
        : [{ id: 'flagged', title: 'Flagged though true', columns, rows: misjudged(score.flagged) }]),
    ],
    problems,
  });
};
