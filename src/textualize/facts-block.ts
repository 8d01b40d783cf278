/** The facts about one person as the lines of a prompt: ids, levels, sides, times and numbers, the most telling first. */
import { type Analysis, EXPRESSION_LABELS, type Facts, isTimeless, type Observation } from '../contracts/index.ts';
import { timeWord } from '../facs/time-words.ts';
import { estimateTokens } from '../kit/estimate-tokens.ts';
import { cleanText } from './clean-text.ts';
import type { UntrustedBlock } from './quarantine.ts';

/** Longest line of one fact, in characters; the longest that whyface writes has about 250. */
const LINE_CHARACTERS = 400;

export type FactsBlock = {
  /** `[o12] …` lines. */
  facts: string;
  /** Scores of models that read faces and voices by themselves; they name emotions. Empty where there are none. */
  secondOpinion: string;
  /** Why the list ends where it ends. */
  notMeasured: string;
  /** Words of the clip, to be quarantined. */
  recorded: UntrustedBlock[];
  /** Ids that the lines show. */
  visible: ReadonlySet<string>;
  leftOut: number;
};

/** Kinds whose words come from the clip, and kinds that are a model's own reading. */
const isRecorded = ({ kind }: Observation): boolean => kind === 'speech' || kind === 'scene-text';
const isOpinion = ({ kind }: Observation): boolean => kind === 'expression' || kind === 'affect';

/** The facts as lines, within about `maximumTokens`; the least telling are left out, and counted. */
export const factsBlock = (analysis: Analysis, facts: Facts, maximumTokens: number): FactsBlock => {
  const byId = new Map(analysis.observations.map((observation) => [observation.id, observation]));
  const ranked = facts.facts.flatMap(({ id }) => byId.get(id) ?? []);
  const timed = !isTimeless(analysis.clip);
  const opinions = ranked.filter(isOpinion);
  const secondOpinion = opinionLines(opinions);
  let left = maximumTokens - estimateTokens(secondOpinion);
  const shown: Observation[] = [];
  const lines: string[] = [];
  for (const observation of ranked) {
    if (isOpinion(observation)) {
      continue;
    }
    const line = factLine(observation, timed);
    left -= estimateTokens(line) + 1;
    if (left < 0) {
      // Nothing less telling may take the place of what did not fit.
      break;
    }
    shown.push(observation);
    lines.push(line);
  }
  const leftOut = ranked.length - opinions.length - shown.length;
  return {
    facts: lines.length === 0 ? '(none)' : lines.join('\n'),
    secondOpinion,
    notMeasured: limitLines(facts, leftOut),
    recorded: recordedBlocks(shown),
    visible: new Set([...shown, ...opinions].map(({ id }) => id)),
    leftOut,
  };
};

const factLine = (observation: Observation, timed: boolean): string => {
  if (observation.kind === 'speech') {
    const { range, speech } = observation;
    const who =
      speech.speaker === null
        ? 'somebody'
        : speech.speaker === 'off-screen'
          ? 'somebody who is not in view'
          : speech.speaker;
    return `[${observation.id}] From ${timeWord(range.startMs)} to ${timeWord(range.endMs)} ${who} speaks. (${confidenceOf(observation)})`;
  }
  if (observation.kind === 'scene-text') {
    return `[${observation.id}] Words are printed in the picture. (${confidenceOf(observation)})`;
  }
  const text = cleanText(observation.text, LINE_CHARACTERS);
  return `[${observation.id}] ${text} (${[...details(observation, timed), confidenceOf(observation)].join('; ')})`;
};

const confidenceOf = ({ confidence }: Observation): string => `confidence ${confidence.toFixed(2)}`;

/** What the sentence of an observation leaves out and a coder would ask for. */
const details = (observation: Observation, timed: boolean): string[] => {
  if (observation.kind === 'voice' && observation.subject === null) {
    return ['whose voice it is was not told'];
  }
  if (observation.kind !== 'action-unit') {
    return [];
  }
  // Sentences that whyface writes name the unit; those of analyses from elsewhere may not.
  const { au } = observation;
  const level = au.intensity === null ? [] : [`${au.intensity.toFixed(1)} of 5`];
  const named = observation.text.includes(au.code)
    ? []
    : [
        [au.code, ...(au.status === 'present' ? [au.letter ?? '', ...level] : [au.status.replace('-', ' ')])].join(
          ', ',
        ),
      ];
  if (au.status !== 'present') {
    return named;
  }
  const { side, onsetMs, apexMs, offsetMs, overBaseline, micro } = observation.au;
  const course = timed
    ? [
        onsetMs === null ? 'there from the start' : `onset ${timeWord(onsetMs)}`,
        apexMs === null ? '' : `apex ${timeWord(apexMs)}`,
        offsetMs === null ? 'still there at the end' : `offset ${timeWord(offsetMs)}`,
      ]
        .filter((part) => part !== '')
        .join(', ')
    : '';
  return [
    ...named,
    side === 'both' ? 'both sides' : `${side} side`,
    course,
    overBaseline === null ? '' : `${overBaseline.toFixed(1)} above rest`,
    micro ? 'micro-expression' : '',
  ].filter((part) => part !== '');
};

const opinionLines = (opinions: readonly Observation[]): string => {
  const lines = opinions.flatMap((observation): string[] => {
    if (observation.kind === 'expression') {
      const scores = [...EXPRESSION_LABELS]
        .sort((a, b) => observation.expression.scores[b] - observation.expression.scores[a])
        .map((label) => `${label} ${observation.expression.scores[label].toFixed(2)}`)
        .join(', ');
      return [`[${observation.id}] A model that was trained on labelled faces scores this face: ${scores}.`];
    }
    if (observation.kind === 'affect') {
      const { valence, arousal } = observation.affect;
      const heard = /voice/.test(observation.source);
      const scores = [heard ? '' : `valence ${signed(valence)}`, `arousal ${signed(arousal)}`];
      return [
        `[${observation.id}] A model of ${heard ? 'the voice' : 'faces'} gives ${scores.filter((part) => part !== '').join(', ')} (−1 to 1).`,
      ];
    }
    return [];
  });
  return lines.length === 0
    ? ''
    : [
        'A second opinion: what other models made of the same moment. It may be cited, but shows no movement, and is often wrong on anger, fear, disgust and contempt:',
        ...lines,
      ].join('\n');
};

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

const LIMIT_CHARACTERS = 200;

const limitLines = ({ notMeasured }: Facts, leftOut: number): string => {
  const lines = notMeasured.map(
    ({ what, why }) => `- ${cleanText(what, LIMIT_CHARACTERS)}: ${cleanText(why, LIMIT_CHARACTERS)}`,
  );
  if (leftOut > 0) {
    lines.push(`- ${leftOut} less telling observations were left out for length.`);
  }
  return lines.length === 0
    ? 'Nothing that was to be measured is missing. Of action units that are not in the list nothing is known here.'
    : [
        'Not measured (unknown, not absent):',
        ...lines,
        '- Of action units that are not in the list nothing is known here.',
      ].join('\n');
};

const recordedBlocks = (shown: readonly Observation[]): UntrustedBlock[] => {
  // In the order in which they were said.
  const inTime = shown.filter(isRecorded).sort((a, b) => a.range.startMs - b.range.startMs);
  const speech = inTime.flatMap((observation) =>
    observation.kind === 'speech'
      ? [{ head: speechHead(observation.id, observation.speech.speaker), text: observation.speech.quote }]
      : [],
  );
  const printed = inTime.flatMap((observation) =>
    observation.kind === 'scene-text' ? [{ head: `[${observation.id}]`, text: observation.sceneText.quote }] : [],
  );
  return [
    { title: 'speech', items: speech },
    { title: 'printed text', items: printed },
  ];
};

const speechHead = (id: string, speaker: string | null): string =>
  `[${id}] ${speaker === null ? 'somebody' : speaker === 'off-screen' ? 'somebody who is not in view' : speaker}`;
