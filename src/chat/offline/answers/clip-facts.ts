import { ACTION_UNITS, actionUnit, LEVELS } from '../../../facs/index.ts';
import { durationWord } from '../../../facs/time-words.ts';
import { UNMEASURED_CODES } from '../../../verify/lexicon/units.ts';
import { aside, said } from '../../draft.ts';
import type { Scene } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { unitTopicsOf } from '../topics-of.ts';
import { listed, theUnit } from '../words.ts';

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
