import { type ExpressionLabel, expressionLabel, type Judgement, type Observation } from '../../contracts/index.ts';
import { COMPOUNDS, EXPRESSION_LIKELIHOODS } from '../../facs/index.ts';
import type { LabelReading, NumberReading, UnitReading } from '../read/reading.ts';
import { type ActionUnitObservation, isKind } from './evidence.ts';
import { listIds, type Outcome, supported, unsupported, untestable } from './outcome.ts';

/** A weight of evidence (natural logarithm) from which a unit is said to argue for or against. */
const TELLING = 0.2;

/** What a movement of one lip corner counts for an expression that moves both. */
const ONE_SIDED = 0.3;
/** How much more (natural logarithm) what is cited may argue for another expression. */
const FAR = 2.5;

/** A weight from which a movement is foreign to an expression. */
const FOREIGN = 0.6;

const OTHERS = expressionLabel.options;

/** How far one unit speaks for an expression, against the mean of the others: log likelihood ratio. */
const weight = (label: ExpressionLabel, observation: ActionUnitObservation): number => {
  const { code, status, side } = observation.au;
  const own = EXPRESSION_LIKELIHOODS[label][code];
  const rest = OTHERS.filter((other) => other !== label).map((other) => EXPRESSION_LIKELIHOODS[other][code]);
  const mean = rest.reduce((sum, share) => sum + share, 0) / rest.length;
  if (status === 'below-threshold') {
    return Math.log((1 - own) / (1 - mean));
  }
  if (status !== 'present') {
    return 0;
  }
  // One lip corner alone is what contempt shows; it says little for the expressions that move both.
  const oneSidedCorner = side !== 'both' && (code === 'AU12' || code === 'AU14');
  const plain = Math.log(own / mean);
  return oneSidedCorner ? (label === 'contempt' ? 1.5 : ONE_SIDED * plain) : plain;
};

/** Whether a movement (or its absence) belongs to an expression by the knowledge base; `null` where it does not tell. */
export const belongsTo = (
  label: string,
  { codes, polarity }: Pick<UnitReading, 'codes' | 'polarity'>,
): boolean | null => {
  const expression = expressionLabel.safeParse(label).data;
  if (expression === undefined || codes.length === 0 || polarity === 'hidden') {
    return null;
  }
  const weights = codes.map((code) => {
    const own = EXPRESSION_LIKELIHOODS[expression][code];
    const rest = OTHERS.filter((other) => other !== expression).map((other) => EXPRESSION_LIKELIHOODS[other][code]);
    const mean = rest.reduce((sum, share) => sum + share, 0) / rest.length;
    return polarity === 'present' ? Math.log(own / mean) : Math.log((1 - own) / (1 - mean));
  });
  return Math.max(...weights) > -FOREIGN;
};

const componentsOf = (label: string): ExpressionLabel[] => {
  const single = expressionLabel.safeParse(label).data;
  if (single !== undefined) {
    return [single];
  }
  const compound = Object.entries(COMPOUNDS).find(([name]) => name === label)?.[1];
  return compound === undefined ? [] : [...compound.components];
};

const arguing = (
  label: ExpressionLabel,
  cited: readonly Observation[],
): { backing: Observation[]; opposing: Observation[] } => {
  const units = cited.filter(isKind('action-unit'));
  const backing = units.filter((observation) => weight(label, observation) > TELLING);
  const moves = backing.some(({ au }) => au.status === 'present');
  const scored = cited
    .filter(isKind('expression'))
    .filter((observation) => observation.expression.scores[label] >= 0.2);
  return {
    // What is missing can bear out rest, but no expression by itself.
    backing: [...(moves || label === 'neutral' ? backing : []), ...scored],
    opposing: units.filter((observation) => weight(label, observation) < -TELLING),
  };
};

/** The expression for which what is cited argues far more, or `null`. */
const farBetter = (components: readonly ExpressionLabel[], cited: readonly Observation[]): ExpressionLabel | null => {
  const [label, second] = components;
  const units = [...new Set(cited.filter(isKind('action-unit')))];
  if (label === undefined || second !== undefined || cited.some(({ kind }) => kind === 'expression')) {
    return null;
  }
  const sum = (of: ExpressionLabel): number => units.reduce((total, unit) => total + weight(of, unit), 0);
  const own = sum(label);
  const [best] = OTHERS.filter((other) => other !== label && other !== 'neutral').toSorted(
    (one, other) => sum(other) - sum(one),
  );
  return best !== undefined && own < TELLING && sum(best) - own > FAR ? best : null;
};

/** Words and voice can argue for anything; the knowledge base of the face says nothing about them. */
const hasOtherEvidence = (cited: readonly Observation[]): boolean =>
  cited.some((observation) => ['voice', 'speech', 'scene-text', 'affect'].includes(observation.kind));

/**
 * Whether what is cited (`whole`, for a conclusion: by the key observations as well) argues, by the knowledge base, for the expression that a sentence names. A conclusion without any
 * such evidence is the answer's own leap, and marked as unsupported.
 */
export const checkLabel = (
  reading: LabelReading,
  cited: readonly Observation[],
  whole: readonly Observation[] | null,
  sole: boolean,
): Outcome | null => {
  if (reading.stance === 'denied' || reading.stance === 'mentioned') {
    return null;
  }
  const components = componentsOf(reading.label);
  if (components.length === 0) {
    return null;
  }
  const sides = components.map((label) => arguing(label, whole ?? cited));
  const bare = sides.find(({ backing }) => backing.length === 0);
  const rival = sole && whole !== null ? farBetter(components, cited) : null;
  if (bare === undefined && rival !== null && !hasOtherEvidence(whole ?? cited)) {
    return unsupported(
      [],
      `What is cited argues far more for ${rival} than for ${reading.label}: the conclusion is its own leap.`,
    );
  }
  if (bare === undefined) {
    const backing = sides.flatMap((side) => side.backing);
    return supported(backing, `${listIds(backing)} argues for ${reading.label}.`);
  }
  if (whole !== null && !hasOtherEvidence(whole)) {
    return unsupported(
      bare.opposing,
      `Nothing that is cited argues for ${reading.label}: the conclusion is its own leap.`,
    );
  }
  const onlyAgainst =
    reading.stance === 'points-to' &&
    bare.opposing.length > 0 &&
    !hasOtherEvidence(cited) &&
    cited.every((observation) => observation.kind !== 'action-unit' || bare.opposing.includes(observation));
  return onlyAgainst
    ? unsupported(bare.opposing, `${listIds(bare.opposing)} argues against ${reading.label}.`)
    : untestable(`The knowledge base does not tie what is cited to ${reading.label}.`);
};

/** The numbers of an observation of the voice or the sound, from its value and from its sentence. */
const measuresOf = (observation: Observation): number[] =>
  ['voice', 'quality', 'dynamics', 'blink', 'head', 'gaze'].includes(observation.kind)
    ? [
        ...(observation.kind === 'voice' ? [observation.voice.value, observation.voice.relative ?? 0] : []),
        ...[...observation.text.replaceAll('−', '-').matchAll(/[-+]?\d+(?:\.\d+)?/g)].map((found) => Number(found[0])),
      ]
    : [];

const near = (reading: NumberReading, values: readonly number[], scale: number): boolean =>
  values.some((value) => Math.abs(value * scale - reading.value) <= 0.5 / 10 ** reading.decimals + 0.01 * scale);

/** Checks percentages, valence, arousal and blink counts against what is cited and against the judgement. */
export const checkNumber = (
  reading: NumberReading,
  cited: readonly Observation[],
  judgement: Judgement,
): Outcome | null => {
  const source = cited.filter((observation) => values(reading, [observation], null).length > 0);
  const candidates = values(reading, cited, judgement);
  if (candidates.length === 0) {
    return null;
  }
  const scale = reading.of === 'percent' ? 100 : 1;
  if (near(reading, candidates, scale) !== reading.denied) {
    return supported(source, 'The number agrees.');
  }
  return reading.of === 'percent' && reading.label === null
    ? untestable('It is not said what the number is a share of.')
    : unsupported(
        source,
        `It says ${reading.value}${reading.of === 'percent' ? ' %' : ''}, and no measurement or score has that value.`,
      );
};

const values = (reading: NumberReading, cited: readonly Observation[], judgement: Judgement | null): number[] => {
  switch (reading.of) {
    case 'percent': {
      const scores = cited.filter(isKind('expression')).flatMap((observation) =>
        reading.label === null
          ? Object.values(observation.expression.scores)
          : Object.entries(observation.expression.scores)
              .filter(([label]) => label === reading.label)
              .map(([, score]) => score),
      );
      const judged =
        judgement === null
          ? []
          : [
              judgement.confidence,
              ...Object.entries(judgement.expression.scores)
                .filter(([label]) => reading.label === null || label === reading.label)
                .map(([, score]) => score),
              ...judgement.compound.ranked
                .filter((ranked) => reading.label === null || ranked.label === reading.label)
                .map((ranked) => ranked.score),
            ];
      return [
        ...scores,
        ...judged,
        ...cited.map((observation) => observation.confidence),
        ...cited.flatMap(measuresOf).map((share) => share / 100),
      ];
    }
    case 'valence':
      return [
        ...cited.filter(isKind('affect')).map((observation) => observation.affect.valence),
        ...(judgement === null ? [] : [judgement.valence]),
      ];
    case 'arousal':
      return [
        ...cited.filter(isKind('affect')).map((observation) => observation.affect.arousal),
        ...(judgement === null ? [] : [judgement.arousal]),
      ];
    case 'measure':
      return cited.flatMap((observation) => [...measuresOf(observation)]);
    case 'blinks':
      return cited.filter(isKind('blink')).map((observation) => observation.blink.count);
    case 'blink-rate':
      return cited.filter(isKind('blink')).map((observation) => observation.blink.perMinute);
  }
};
