import {
  COMPOUND_LABELS,
  type CompoundLabel,
  EXPRESSION_LABELS,
  type ExpressionLabel,
  type Judgement,
} from '../../contracts/index.ts';
import { AFFECT_POSITIONS, COMPOUNDS } from '../../facs/index.ts';
import { recordOf } from '../../kit/record-of.ts';
import { carrierSentence, faceMeasured } from './channels.ts';
import type { Evidence } from './evidence.ts';
import { openWords } from './open-words.ts';
import type { Reading } from './reading.ts';
import { rankedLabels } from './score.ts';
import { unitsFor } from './sway.ts';
import { isOfVoice, voiceAlone, voiceArousal, voiceOnlyBecause } from './voice.ts';
import { DECISION, UNIT_WEIGHTS, WEIGHTS } from './weights.ts';

/** Why there is no reading, or `null`: one clause that completes "No reading is given, because …". */
export type Abstention = { kind: 'voice' | 'unmeasured' | 'hidden' | 'thin' | 'tie' | 'spread'; because: string };

/** The judgement that follows from the scores. */
export const judge = (reading: Reading): { judgement: Judgement; abstention: Abstention | null } => {
  const { scores, label } = reading;
  const compound = compoundOf(reading);
  const abstention = abstentionOf(reading, compound);
  const confidence = rounded(confidenceOf(reading, compound) * (abstention === null ? 1 : 0.5), 2);
  const { valence, arousal } = affectOf(reading);
  return {
    abstention,
    judgement: {
      expression: { label, scores: recordOf(EXPRESSION_LABELS, (each) => rounded(scores.expression[each], 4)) },
      compound: { label: compound, ranked: rankedCompounds(reading) },
      labels: abstention === null ? openWords(reading, compound) : [],
      valence,
      arousal,
      confidence,
      abstained: abstention !== null,
      reason: abstention === null ? confidenceReason(reading, confidence) : capitalized(`${abstention.because}.`),
    },
  };
};

/**
 * The compound that explains the face better than any single expression does, where its two components are also the
 * strongest of the eight.
 */
const compoundOf = ({ scores }: Reading): CompoundLabel | null => {
  const [best] = [...COMPOUND_LABELS].sort((a, b) => scores.compound[b] - scores.compound[a]);
  if (best === undefined || scores.compound[best] <= Math.max(scores.single, DECISION.compound)) {
    return null;
  }
  const leading = rankedLabels(scores.expression).slice(0, 3);
  const components: readonly ExpressionLabel[] = COMPOUNDS[best].components;
  return components.every((component) => leading.includes(component)) ? best : null;
};

const rankedCompounds = (reading: Reading): Judgement['compound']['ranked'] =>
  [...COMPOUND_LABELS]
    .sort((a, b) => reading.scores.compound[b] - reading.scores.compound[a])
    .map((label) => {
      const units = unitsFor(reading.key.moment, label, 'neutral');
      return {
        label,
        score: rounded(reading.scores.compound[label], 4),
        for: units.for.flatMap(({ cites }) => cites),
        against: unitsFor(reading.key.moment, label, reading.label).against.flatMap(({ cites }) => cites),
      };
    });

const confidenceOf = (reading: Reading, compound: CompoundLabel | null): number => {
  const { scores, label, evidence, channels } = reading;
  if (channels.face === null) {
    return WORDS_MOST * scores.expression[label];
  }
  const share =
    compound === null
      ? scores.expression[label]
      : COMPOUNDS[compound].components.reduce((sum, component) => sum + scores.expression[component], 0);
  const contradicted = channels.relation === 'conflict' ? CONFLICT : channels.face.label !== label ? WORDS_MOST : 1;
  return Math.min(
    0.97,
    contradicted * share * (0.45 + 0.55 * Math.min(1, evidence.trust / 0.75)) * (1 - 0.35 * worstOf(evidence)),
  );
};

/** Words without a face: what is said is not what is shown. */
const WORDS_MOST = 0.6;
/** A face that the person's own words contradict. */
const CONFLICT = 0.85;

/** Severity of the worst issue of the whole face; a hidden part is told by the units that cannot be seen there. */
const worstOf = ({ quality }: Evidence): number =>
  quality.reduce((most, each) => (each.quality.region === null ? Math.max(most, each.quality.severity) : most), 0);

const confidenceReason = ({ evidence, scores, label, runnerUp, channels }: Reading, confidence: number): string => {
  const carried = carrierSentence(channels, label);
  const shares = `${capitalized(label)} takes ${percent(scores.expression[label])} of the weight, ${runnerUp} ${percent(scores.expression[runnerUp])}`;
  const seen = evidence.units.filter(({ status }) => status !== 'hidden').length;
  if (channels.face === null) {
    return `${shares}. ${carried}`;
  }
  return (
    `${shares}; ` +
    `${seen} action-unit statements with a mean confidence of ${evidence.trust.toFixed(2)} give ${confidence.toFixed(2)}.${carried === '' ? '' : ` ${carried}`}`
  );
};

/** Intensity from which a movement is not called weak: the lower bound of level C. */
const STRONG = 2.5;

const percent = (share: number): string => `${Math.round(100 * share)} %`;

const abstentionOf = (reading: Reading, compound: CompoundLabel | null): Abstention | null => {
  const { evidence, key, scores, label, runnerUp } = reading;
  const { words } = reading.channels;
  if (!faceMeasured(evidence)) {
    return wordsAbstention(reading);
  }
  if (visibleShare(reading) < DECISION.visible) {
    return { kind: 'hidden', because: 'too much of the face could not be seen or measured' };
  }
  const present = [...key.moment.units.values()].filter(({ status }) => status === 'present');
  const [only] = present;
  const support = unitsFor(key.moment, label, 'neutral').for.reduce((sum, { weight }) => sum + weight, 0);
  const poor = evidence.trust < DECISION.poor || worstOf(evidence) >= DECISION.unreadable;
  const spoken = reading.channels.face?.label !== label && words !== null && words.carriers.length > 0;
  if (
    label !== 'neutral' &&
    !spoken &&
    (support < DECISION.thin || (poor && present.length <= 1 && only !== undefined))
  ) {
    const because =
      present.length === 1
        ? `only one movement was measured${poor ? ', and the picture of the face is poor' : ', and by itself it says too little'}`
        : present.length === 0
          ? 'no movement rises above its threshold'
          : present.some(({ left, right }) => Math.max(left, right) >= STRONG)
            ? 'the movements that were measured do not form one pattern'
            : 'the movements that were measured are too weak to rest a reading on';
    return { kind: 'thin', because };
  }
  if (label === 'neutral' && poor) {
    return { kind: 'thin', because: 'the face was seen too poorly to tell stillness from movement that was missed' };
  }
  if (compound !== null) {
    return null;
  }
  if (scores.expression[label] - scores.expression[runnerUp] < DECISION.nearTie) {
    return { kind: 'tie', because: `the evidence for ${label} and for ${runnerUp} is level` };
  }
  if (scores.expression[label] < DECISION.spread) {
    return { kind: 'spread', because: 'the evidence is spread over several readings' };
  }
  return null;
};

/** Without a face the words must say something, and something clear. */
const wordsAbstention = ({ channels, scores, label, runnerUp, evidence }: Reading): Abstention | null => {
  const telling = channels.words !== null && channels.words.carriers.length > 0;
  if (telling && label !== 'neutral' && scores.expression[label] - scores.expression[runnerUp] >= DECISION.nearTie) {
    return null;
  }
  if (voiceAlone(evidence)) {
    return { kind: 'voice', because: voiceOnlyBecause(evidence) };
  }
  const because =
    evidence.speech.length === 0
      ? 'no facial movement could be measured'
      : 'no facial movement could be measured, and the words by themselves say too little';
  return { kind: 'unmeasured', because };
};

/** Share of the weight of all units that was seen at the key moment. */
const visibleShare = ({ key }: Reading): number => {
  let seen = 0;
  let all = 0;
  for (const [code, state] of key.moment.units) {
    all += UNIT_WEIGHTS[code];
    seen += state.status === 'unknown' ? 0 : UNIT_WEIGHTS[code];
  }
  return all === 0 ? 0 : seen / all;
};

/** Valence and arousal: where the expressions lie, by their scores and the strength, joined with the affect model's. */
const affectOf = ({ scores, strength, evidence, channels }: Reading): { valence: number; arousal: number } => {
  const rest = AFFECT_POSITIONS.neutral;
  const full = 0.5 + 0.5 * strength;
  const place = (axis: 'valence' | 'arousal'): number =>
    EXPRESSION_LABELS.reduce(
      (sum, label) =>
        sum + scores.expression[label] * (rest[axis] + (AFFECT_POSITIONS[label][axis] - rest[axis]) * full),
      0,
    );
  const heard = voiceArousal(evidence);
  if (voiceAlone(evidence) && (channels.words?.carriers ?? []).length === 0) {
    return { valence: 0, arousal: heard === null ? 0 : rounded(bounded(heard.affect.arousal), 2) };
  }
  const blend = (axis: 'valence' | 'arousal'): number => {
    // A voice has no say in valence.
    const models = evidence.affect.filter((each) => !isOfVoice(each) || (axis === 'arousal' && each === heard));
    const weight = models.reduce((sum, { confidence }) => sum + confidence, 0);
    if (weight === 0) {
      return place(axis);
    }
    const model = models.reduce((sum, { affect, confidence }) => sum + affect[axis] * confidence, 0) / weight;
    const share = WEIGHTS.affectModel * Math.min(1, weight / models.length);
    return place(axis) * (1 - share) + model * share;
  };
  return { valence: rounded(bounded(blend('valence')), 2), arousal: rounded(bounded(blend('arousal')), 2) };
};

const bounded = (value: number): number => Math.min(1, Math.max(-1, value));

const rounded = (value: number, digits: number): number => {
  const factor = 10 ** digits;
  const result = Math.round(value * factor) / factor;
  return result === 0 ? 0 : result;
};

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
