import { ACTION_UNIT_CODES } from '../../../contracts/index.ts';
import { ACTION_UNITS, actionUnit, LEVELS } from '../../../facs/index.ts';
import { durationWord } from '../../../facs/time-words.ts';
import { UNMEASURED_CODES } from '../../../verify/lexicon/units.ts';
import { aside, type DraftSentence, said } from '../../draft.ts';
import { observationsOf, type Scene } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { inside, listed, percent, theUnit } from '../words.ts';
import { readingPhrase } from './reading.ts';
import { unitTopicsOf } from './units.ts';

/** What can be asked, in one breath. */
const ABILITIES =
  'Ask what is to be seen at a time, why it reads as it does and what speaks against it, when a movement begins or ends and how strong it is, what changed between two times, how two people or moments compare, what if a movement were absent, what was said and how it sounded, what was not measured, and how sure that is.';

export const SUGGESTIONS = ['Give me a summary', 'What is the strongest moment?', 'What was not measured?'] as const;

export const help = (scene: Scene): Reply => ({
  sentences: [
    said(
      `I answer questions about the measurements of this one ${scene.timeless ? 'picture' : scene.analysis.clip.kind === 'audio' ? 'recording' : 'clip'}, and each answer names the observations it stands on.`,
    ),
    said(ABILITIES),
  ],
  suggestions: [...SUGGESTIONS],
});

export const greeting = (scene: Scene): Reply => ({
  sentences: [
    said(
      `Hello. ${scene.people.length > 1 ? `${scene.people.length} people are in view here, P1 to P${scene.people.length}.` : 'The clip is measured.'} What would you like to know?`,
    ),
  ],
  suggestions: [...SUGGESTIONS],
});

export const thanks = (): Reply => ({ sentences: [said('You are welcome.')], suggestions: [...SUGGESTIONS] });

/** What nobody could answer from the measurements, or what this answerer does not understand. */
export const beyond = (asked: Asked): Reply => ({
  kind: 'beyond',
  sentences: [
    said(
      asked.question.words <= 1
        ? 'That is too short for me to know what you mean.'
        : 'That is beyond what I can answer from the measurements of this clip, or I did not understand it.',
    ),
    said(ABILITIES),
  ],
  suggestions: [...SUGGESTIONS],
});

/** "what is she thinking?" */
export const thoughts = (): Reply => ({
  kind: 'beyond',
  sentences: [
    said(
      'Thoughts, wishes and intentions cannot be measured; only movements, voice and words are here. I can say how the face reads, and why.',
    ),
  ],
  suggestions: ['How does it read?', 'What was said?'],
});

/** "is he in pain?" */
export const pain = (asked: Asked, scene: Scene): Reply => {
  const codes = ['AU4', 'AU6', 'AU7', 'AU9', 'AU10', 'AU43'] as const;
  const found = observationsOf(scene, 'action-unit', asked.subject, asked.range).filter(
    ({ au }) => au.status === 'present' && codes.some((code) => code === au.code),
  );
  const told = found
    .filter(({ au }, index) => found.findIndex((each) => each.au.code === au.code) === index)
    .slice(0, 3);
  return {
    kind: 'beyond',
    sentences: [
      said('Pain is not one of the readings here, and it is no finding to be made from a few seconds of a face.'),
      ...(told.length === 0
        ? []
        : [
            said(
              'Of the movements that scales of pain look at, these are recorded; each of them has other causes, too.',
            ),
          ]),
      ...told.map((each) => said(each.text, [each.id], { subject: each.subject })),
    ],
    suggestions: ['How does it read?'],
  };
};

/** A feeling that is none of the labels: "is she bored?" */
export const feeling = async (asked: Asked, scene: Scene, word: string): Promise<Reply> => {
  const explanation = await scene.explain(asked.subject, asked.range);
  const read =
    explanation === null || explanation.judgement.abstained
      ? []
      : [
          said(
            `What can be said: it reads as ${readingPhrase(explanation.judgement)}.`,
            [...explanation.conclusion.cites, ...explanation.keyObservations.flatMap(({ cites }) => cites).slice(0, 4)],
            {
              part: 'interpretation',
              judgement: explanation.judgement,
              subject: explanation.subject,
              range: explanation.range,
            },
          ),
        ];
  return {
    kind: 'beyond',
    sentences: [
      said(
        `"${word}" is not one of the readings that are measured here: those are anger, contempt, disgust, fear, happiness, neutral, sadness, surprise, and mixtures of two of them.`,
        [],
        { part: 'alternatives' },
      ),
      ...read,
    ],
    suggestions: ['What do you see?', 'Is it sad or angry?'],
  };
};

/** "what was not measured?" */
export const notMeasured = (asked: Asked, scene: Scene): Reply => {
  const unique = scene.analysis.notMeasured.filter(
    ({ what, why }, index, all) => all.findIndex((each) => each.what === what && each.why === why) === index,
  );
  const gaps = unique
    .slice(0, 5)
    .map(({ what, why }) => aside(`Not measured: ${/AU\d/.test(what) ? `"${what}"` : what}. ${why}`));
  const hidden = observationsOf(scene, 'action-unit', asked.everybody ? undefined : asked.subject, asked.range)
    .filter(({ au }) => au.status === 'not-visible')
    .slice(0, 3);
  const quality = observationsOf(scene, 'quality', undefined, asked.range).slice(0, 4);
  const warnings = scene.analysis.warnings.slice(0, 3).map(({ message }) => aside(message));
  const covered = new Set<number>(ACTION_UNIT_CODES.map((code) => actionUnit(code).number));
  const others = Object.entries(UNMEASURED_CODES)
    .filter(([number]) => !covered.has(Number(number)))
    .slice(0, 5);
  const never = said(
    `No model here covers the rarer action units, such as ${listed(others.map(([number, name]) => `"${name}" (number ${number})`))}.`,
    [],
    { part: 'alternatives' },
  );
  const told = [
    ...gaps,
    ...hidden.map((each) => said(each.text, [each.id], { subject: each.subject })),
    ...quality.map((each) => said(each.text, [each.id], { subject: each.subject })),
    ...warnings,
  ];
  return {
    sentences: [
      ...(told.length === 0 ? [said('Everything that whyface measures could be measured here.')] : told),
      never,
    ],
    suggestions: ['How sure are you?', 'Give me a summary'],
  };
};

/** "how sure are you?" */
export const howSure = async (asked: Asked, scene: Scene): Promise<Reply> => {
  const topics = unitTopicsOf(asked);
  const codes = topics.flatMap((topic) => topic.codes);
  const units =
    codes.length === 0
      ? []
      : observationsOf(scene, 'action-unit', asked.subject, asked.range)
          .filter(({ au }) => codes.includes(au.code))
          .slice(0, 2);
  const measured = units.map((each) =>
    said(
      `${inside(each.text).charAt(0).toUpperCase()}${inside(each.text).slice(1).replace(/\.$/, '')}; that is measured with a confidence of ${percent(each.confidence)}.`,
      [each.id],
      { subject: each.subject },
    ),
  );
  const explanation = scene.mayInfer ? await scene.explain(asked.subject, asked.range) : null;
  const quality = observationsOf(scene, 'quality', asked.subject, asked.range)
    .slice(0, 2)
    .map((each) => said(each.text, [each.id], { subject: each.subject }));
  if (explanation === null) {
    return {
      sentences:
        measured.length + quality.length > 0
          ? [...measured, ...quality]
          : [said('There is no reading here to be sure of.')],
    };
  }
  const { judgement, grounding } = explanation;
  const context = { judgement, subject: explanation.subject, range: explanation.range };
  const testable = grounding.claims.filter(({ verdict }) => verdict !== 'untestable').length;
  const supported = grounding.claims.filter(({ verdict }) => verdict === 'supported').length;
  const reading: DraftSentence[] = judgement.abstained
    ? [said(`No reading is given at all: ${inside(judgement.reason)}`, [], { ...context, part: 'alternatives' })]
    : [
        said(
          `The reading ${readingPhrase(judgement)} is held with a confidence of ${percent(judgement.confidence)}.`,
          explanation.conclusion.cites,
          { ...context, part: 'interpretation' },
        ),
        said(judgement.reason, [], { ...context, part: 'alternatives' }),
      ];
  const checked =
    testable === 0
      ? []
      : [
          said(
            `${supported} of the ${testable} claims of its explanation that can be checked agree with what they cite.`,
            [],
            { ...context, part: 'alternatives' },
          ),
        ];
  const conflicts = explanation.conflicts
    .slice(0, 1)
    .map(({ text, cites }) => said(text, cites, { ...context, part: 'conflicts' }));
  return {
    sentences: [
      ...measured,
      ...reading,
      ...checked,
      ...conflicts,
      ...quality,
      said('All of it is about how the expression reads, and not about what the person feels.'),
    ],
    suggestions: ['What speaks against it?', 'What would change the reading?', 'What was not measured?'],
  };
};

/** "what is AU12?" */
export const term = (asked: Asked): Reply => {
  const unmeasured = asked.topics.find((topic) => topic.kind === 'unmeasured-unit');
  const [topic] = unitTopicsOf(asked);
  if (unmeasured?.kind === 'unmeasured-unit') {
    const name = UNMEASURED_CODES[unmeasured.number];
    return {
      sentences: [
        aside(
          name === undefined
            ? `There is no action unit with the number ${unmeasured.number} in FACS.`
            : `Number ${unmeasured.number} of FACS is "${name}"; no model here measures it.`,
        ),
      ],
    };
  }
  if (topic !== undefined) {
    return {
      sentences: topic.codes.slice(0, 3).flatMap((code) => {
        const { name, muscles, plain } = actionUnit(code);
        return [aside(`${code} is what FACS calls "${name}", the work of ${listed(muscles)}.`), aside(plain)];
      }),
      suggestions: topic.codes.slice(0, 2).map((code) => `Is there ${actionUnit(code).noun}?`),
    };
  }
  return {
    sentences: [
      aside(
        'An action unit is a movement of the face that FACS, the Facial Action Coding System, numbers by the muscles that make it.',
      ),
      said(
        `${Object.keys(ACTION_UNITS).length} of them are measured here, such as ${theUnit('AU12')} and ${theUnit('AU4')}, each from 0 to 5 and by letter: ${listed(LEVELS.map(({ letter, word }) => `${letter} ${word}`))}.`,
        [],
        { part: 'alternatives' },
      ),
    ],
    suggestions: ['Which action units are there?', 'What is AU12?'],
  };
};

/** "how long is the clip?" */
export const clipFacts = ({ analysis, timeless }: Scene): Reply => {
  const { clip, sampling } = analysis;
  const size = clip.width === null || clip.height === null ? '' : ` of ${clip.width} by ${clip.height} pixels`;
  const what = timeless
    ? `It is a picture${size}.`
    : `It is a ${clip.kind === 'audio' ? 'recording' : 'clip'}${size} that lasts ${durationWord(clip.durationMs)}.`;
  const frames =
    timeless || sampling.frames === 0
      ? []
      : [aside(`${sampling.frames} frames of it were measured, ${Math.round(sampling.fps * 10) / 10} a second.`)];
  return {
    sentences: [aside(what), ...frames, aside(clip.hasAudio ? 'It has sound.' : 'It has no sound.')],
    suggestions: ['How many people are there?', 'Give me a summary'],
  };
};

/** "which models measured that?" */
export const whichModels = ({ analysis }: Scene): Reply => ({
  sentences: [
    said(
      `${analysis.models.length} models had a part in it: ${listed(analysis.models.map(({ id, version }) => `${id} ${version}`))}.`,
      [],
      { part: 'alternatives' },
    ),
    aside(
      'Why it reads as it does is worked out from their measurements with the tables of FACS, and every sentence is checked against the observations that it cites.',
    ),
  ],
  suggestions: ['What was not measured?', 'How sure are you?'],
});
