import type {
  CitedSentence,
  Claim,
  Explanation,
  ExplanationPart,
  Observation,
  Verdict,
  Warning,
} from '../../contracts/index.ts';

/** A sentence of an explanation with what the verifier made of it. */
export type CheckedSentence = {
  /** The label of an alternative; `null` for sentences of other parts. */
  label: string | null;
  /** In the language that was asked for, where there is a translation. */
  text: string;
  cites: readonly string[];
  /** The worst verdict among its claims; `null` where it makes none. */
  verdict: Verdict | null;
  /** The claims that are not supported. */
  findings: readonly Claim[];
};

// Worst first: a sentence is only as good as its weakest claim.
const WORST_FIRST = ['contradicted', 'unsupported', 'untestable', 'supported'] as const satisfies readonly Verdict[];

/** The worst verdict among claims; `null` where there is none. */
export const worstVerdict = (claims: readonly Claim[]): Verdict | null =>
  WORST_FIRST.find((candidate) => claims.some(({ verdict }) => verdict === candidate)) ?? null;

export type CheckedExplanation = Record<ExplanationPart, CheckedSentence[]>;

/** Every sentence of the explanation beside its verdicts, part by part. */
export const checkedSentences = (explanation: Explanation): CheckedExplanation => {
  const { translation } = explanation;
  const check = (
    part: ExplanationPart,
    sentences: ReadonlyArray<CitedSentence & { label?: string }>,
    translations: ReadonlyArray<string | null> = [],
  ) =>
    sentences.map(({ text, cites, label }, index): CheckedSentence => {
      const claims = explanation.grounding.claims.filter((claim) => claim.part === part && claim.sentence === index);
      const verdict = worstVerdict(claims);
      return {
        label: label ?? null,
        text: translations[index] ?? text,
        cites,
        verdict,
        findings: claims.filter((claim) => claim.verdict !== 'supported'),
      };
    });
  return {
    'key-observations': check('key-observations', explanation.keyObservations, translation?.keyObservations),
    interpretation: check('interpretation', explanation.interpretation, translation?.interpretation),
    conclusion: check('conclusion', [explanation.conclusion], [translation?.conclusion ?? null]),
    conflicts: check('conflicts', explanation.conflicts, translation?.conflicts),
    alternatives: check('alternatives', explanation.alternatives, translation?.alternatives),
  };
};

/** What the confidence rests on, or why there is no reading; in the language that was asked for. */
export const reasonText = ({ judgement, translation }: Explanation): string => translation?.reason ?? judgement.reason;

/** What would change the reading; in the language that was asked for. */
export const wouldChangeTexts = ({ wouldChange, translation }: Explanation): string[] =>
  wouldChange.map(({ text }, index) => translation?.wouldChange[index] ?? text);

/** What a reader must know about how the answer came: that another reasoner stood in, that sentences were left out. */
export const reasonerWarnings = ({ reasoner }: Explanation): readonly Warning[] => reasoner.warnings ?? [];

/** How a verdict other than "supported" is said. */
export const VERDICT_WORDS = {
  contradicted: 'contradicted by the measurements',
  unsupported: 'not supported by the measurements',
  untestable: 'cannot be checked against the measurements',
} as const satisfies Record<Exclude<Verdict, 'supported'>, string>;

/** The outcome of the verification in one sentence. */
export const groundingText = ({ claims }: Explanation['grounding']): string => {
  const count = (verdict: Verdict): number => claims.filter((claim) => claim.verdict === verdict).length;
  const testable = claims.length - count('untestable');
  if (testable === 0) {
    return 'Nothing in this explanation can be checked against the measurements.';
  }
  const supported = count('supported');
  if (supported === testable) {
    return testable === 1
      ? 'Its one checkable claim is supported by the measurements it cites.'
      : `All ${testable} checkable claims are supported by the measurements they cite.`;
  }
  const wrong = [
    count('contradicted') > 0 ? `${count('contradicted')} contradicted` : '',
    count('unsupported') > 0 ? `${count('unsupported')} not supported` : '',
  ].filter((part) => part !== '');
  return `${supported} of ${testable} checkable claims are supported by the measurements they cite; ${wrong.join(', ')}, marked where ${supported === testable - 1 ? 'it stands' : 'they stand'}.`;
};

/** The ids that any part of the explanation cites. */
export const citedIds = (explanation: Explanation): Set<string> =>
  new Set(
    Object.values(checkedSentences(explanation))
      .flat()
      .flatMap((sentence) => sentence.cites),
  );

/** The observations that an explanation cites, in the order of their ids. */
export const citedObservations = (explanation: Explanation, observations: readonly Observation[]): Observation[] => {
  const ids = citedIds(explanation);
  return observations.filter((observation) => ids.has(observation.id));
};
