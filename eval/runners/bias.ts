import { type Analysis, EXPRESSION_LABELS, type Explanation, explainOptions } from '../../src/contracts/index.ts';
import type { reasonerFor } from '../../src/pipeline/reasoners.ts';
import { explainAnalysis } from '../../src/pipeline/text-side.ts';
import { type Filling, fillings, SLOTS } from '../bias/swaps.ts';
import { invalidInput } from '../invalid-input.ts';
import { mean } from '../metrics/set-overlap.ts';
import { readInput } from '../readers/input-file.ts';
import { readAnalyses } from '../readers/records.ts';
import { blankReport } from '../report/blank-report.ts';
import type { Cell, EvaluationReport } from '../report/evaluation-report.ts';
import { bootstrap } from '../statistics/bootstrap.ts';
import { speechObservation } from './speech-analysis.ts';

export type BiasRequest = {
  /** Records of `whyface observe` or `explain`: the faces stay the same, the words change. */
  records: string;
  reasoner: ReturnType<typeof reasonerFor>;
  /** Most faces to audit. */
  faces?: number | undefined;
};

export type BiasOptions = {
  signal?: AbortSignal | undefined;
  onFace?: ((name: string, done: number, total: number) => void) | undefined;
};

const DEFAULT_FACES = 20;

type Answer = Filling & { face: string; scores: readonly number[]; valence: number; text: string };

/**
 * The same face with only names, pronouns and group words changed in what is said (reliability B2): do the answers
 * move? Scores are compared within a sentence and a face; effects are the difference of a group's mean from the mean of
 * all groups, in points of probability, with bootstrap intervals over the faces.
 */
export const biasReport = async (
  { records, reasoner, faces = DEFAULT_FACES }: BiasRequest,
  { signal, onFace }: BiasOptions = {},
): Promise<EvaluationReport> => {
  const analyses = [...(await readAnalyses(records))].filter(([, { subjects }]) => subjects.length > 0).slice(0, faces);
  if (analyses.length === 0) {
    throw invalidInput(`${records} holds no analysis with a face.`);
  }
  const all = fillings();
  const answers: Answer[] = [];
  for (const [index, [face, analysis]] of analyses.entries()) {
    onFace?.(face, index, analyses.length);
    for (const filling of all) {
      signal?.throwIfAborted();
      const explanation = await answerTo(analysis, filling, reasoner, signal);
      if (explanation !== null) {
        answers.push({ ...filling, face, ...explanation });
      }
    }
  }
  const rows = Object.keys(SLOTS).map((slot) =>
    identityRow(
      slot,
      answers.filter((answer) => answer.slot === slot),
    ),
  );
  const identical = rows.every(({ different }) => different === 0);
  return blankReport(
    'bias',
    identical ? 'Names, pronouns and group words move no answer' : 'Names, pronouns or group words move answers',
    {
      inputs: [{ path: records, sha256: (await readInput(records)).sha256 }],
      parameters: { reasoner: reasoner.id, faces: analyses.length, sentences: all.length },
      values: Object.fromEntries(
        rows.flatMap(({ slot, different, largest }) => [
          [`${slot}.different`, different],
          [`${slot}.largest`, largest],
        ]),
      ),
      tables: [
        {
          id: 'identity',
          title: 'The same face, other words',
          columns: [
            { label: 'changed', kind: 'text' },
            { label: 'comparisons', kind: 'count' },
            { label: 'answers that differ', kind: 'count' },
            { label: 'sentences that differ', kind: 'count' },
            { label: 'largest change of a score', kind: 'number', digits: 4 },
          ],
          rows: rows.map(({ slot, comparisons, different, worded, largest }): Cell[] => [
            slot,
            comparisons,
            different,
            worded,
            largest,
          ]),
          notes: [
            'Answers: the eight scores, valence and arousal. Sentences: the text, the changed word itself left out.',
          ],
        },
        {
          id: 'effects',
          title: 'Effect of a group on valence: its mean minus that of all groups',
          columns: [
            { label: 'changed', kind: 'text' },
            { label: 'group', kind: 'text' },
            { label: 'effect', kind: 'number', digits: 4 },
            { label: '95 % interval', kind: 'text' },
            { label: 'faces', kind: 'count' },
          ],
          rows: effects(answers),
        },
      ],
      notes:
        reasoner.id === 'facs' ? ['The FACS reasoner scores movements alone: every answer must be identical.'] : [],
    },
  );
};

const answerTo = async (
  analysis: Analysis,
  { quote, word, sentence }: Filling,
  reasoner: BiasRequest['reasoner'],
  signal: AbortSignal | undefined,
): Promise<Pick<Answer, 'scores' | 'valence' | 'text'> | null> => {
  const subject = analysis.subjects[0]?.id;
  if (subject === undefined) {
    return null;
  }
  const said = speechObservation(
    `o${analysis.observations.length + 1}`,
    quote,
    Math.max(1, analysis.clip.durationMs),
    'en',
  );
  const changed: Analysis = {
    ...analysis,
    observations: [
      ...analysis.observations.filter(({ kind }) => kind !== 'speech'),
      { ...said, subject, range: { startMs: 0, endMs: analysis.clip.durationMs } },
    ],
  };
  const [explanation] = await explainAnalysis(changed, explainOptions.parse({ subject }), { reasoner, signal });
  return explanation === undefined
    ? null
    : {
        ...numbersOf(explanation),
        text: textOf(explanation)
          .replaceAll(quote, sentence)
          .replaceAll(new RegExp(`\\b${word}\\b`, 'g'), '{}'),
      };
};

const numbersOf = ({ judgement }: Explanation): { scores: number[]; valence: number } => ({
  scores: [...EXPRESSION_LABELS.map((label) => judgement.expression.scores[label]), judgement.arousal],
  valence: judgement.valence,
});

const textOf = ({ keyObservations, interpretation, conclusion, conflicts }: Explanation): string =>
  [...keyObservations, ...interpretation, conclusion, ...conflicts].map(({ text }) => text).join('\n');

type IdentityRow = { slot: string; comparisons: number; different: number; worded: number; largest: number };

/** Each answer against the first one to the same sentence and face. */
const identityRow = (slot: string, answers: readonly Answer[]): IdentityRow => {
  const first = new Map<string, Answer>();
  const row: IdentityRow = { slot, comparisons: 0, different: 0, worded: 0, largest: 0 };
  for (const answer of answers) {
    const key = `${answer.face}\n${answer.sentence}`;
    const reference = first.get(key);
    if (reference === undefined) {
      first.set(key, answer);
      continue;
    }
    const change = Math.max(
      Math.abs(answer.valence - reference.valence),
      ...answer.scores.map((score, index) => Math.abs(score - (reference.scores[index] ?? 0))),
    );
    row.comparisons += 1;
    row.different += change > 0 ? 1 : 0;
    row.worded += answer.text === reference.text ? 0 : 1;
    row.largest = Math.max(row.largest, change);
  }
  return row;
};

const effects = (answers: readonly Answer[]): Cell[][] => {
  const faces = [...new Set(answers.map(({ face }) => face))];
  return Object.entries(SLOTS).flatMap(([slot, groups]) =>
    Object.keys(groups).map((group): Cell[] => {
      const differences = faces.map((face) => {
        const own = answers.filter((answer) => answer.face === face && answer.slot === slot);
        return (
          mean(own.filter((answer) => answer.group === group).map(({ valence }) => valence)) -
          mean(own.map(({ valence }) => valence))
        );
      });
      const { estimate, low, high } = bootstrap(differences, mean);
      return [
        slot,
        group,
        rounded(estimate),
        `${rounded(low).toFixed(4)} to ${rounded(high).toFixed(4)}`,
        faces.length,
      ];
    }),
  );
};

/** Sums of equal numbers in another order differ in the last digit: that is no effect. */
const rounded = (value: number): number => Math.round(value * 1e9) / 1e9 + 0;
