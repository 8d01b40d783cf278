import type { ObservationOf } from '../../../contracts/index.ts';
import { type DraftSentence, said } from '../../draft.ts';
import { observationsOf, type Scene } from '../../scene.ts';
import type { Asked, Reply } from '../asked.ts';
import { capitalized, momentOf, nameOf } from '../words.ts';

const MOST = 5;

/** "what did she say?" */
export const whatWasSaid = (asked: Asked, scene: Scene): Reply => {
  const quotes = observationsOf(scene, 'speech', undefined, asked.range).filter(
    ({ subject }) => asked.everybody || asked.subject === null || subject === null || subject === asked.subject,
  );
  const own = quotes.filter(({ subject }) => subject === asked.subject);
  const chosen = own.length > 0 && !asked.everybody ? own : quotes;
  const wanted = asked.topics.find((topic) => topic.kind === 'quote');
  const found =
    wanted === undefined
      ? []
      : chosen.filter(({ speech }) => speech.quote.toLowerCase().includes(wanted.words.toLowerCase()));
  const told = found.length > 0 ? found : chosen;
  if (told.length === 0) {
    return noWords(asked, scene);
  }
  const others =
    own.length === 0 &&
    asked.subject !== null &&
    scene.people.length > 0 &&
    told.every(({ subject, speech }) => subject === null && speech.speaker !== 'off-screen') &&
    !asked.everybody;
  return {
    sentences: [
      ...(wanted !== undefined && found.length === 0
        ? [said(`Those words are not in what was said. What was said:`)]
        : []),
      ...told.slice(0, MOST).map((each) => said(each.text, [each.id], { subject: each.subject })),
      ...(told.length > MOST
        ? [said(`${told.length - MOST} more sentences follow; ask for a time to hear about them.`)]
        : []),
      ...(others ? [said(`None of it can be given to ${nameOf(scene, asked.subject)} for certain.`)] : []),
    ],
    moments: told.slice(0, 3).map((each) => ({ ...momentOf(each), text: `"${each.speech.quote}"` })),
    suggestions: ['How did it sound?', 'Do the face and the words agree?'],
  };
};

const noWords = (asked: Asked, scene: Scene): Reply => {
  const gap = scene.analysis.notMeasured.find(({ what }) => what === 'words');
  const anywhere = observationsOf(scene, 'speech', undefined, scene.whole).length > 0;
  const silent = observationsOf(scene, 'quality', undefined, scene.whole).find(
    ({ quality }) => quality.issue === 'silent' || quality.issue === 'no-speech',
  );
  const text = anywhere
    ? 'Nothing is said at that time.'
    : gap !== undefined
      ? `What is said is not known here. ${gap.why}`
      : scene.analysis.clip.hasAudio
        ? 'No words are known of this clip.'
        : `This ${scene.timeless ? 'photo' : 'clip'} has no sound, so there is nothing to be heard.`;
  return {
    kind: 'beyond',
    sentences: [
      ...(silent === undefined ? [] : [said(silent.text, [silent.id], { subject: silent.subject })]),
      said(text),
    ],
    suggestions: asked.timed && anywhere ? ['What was said?'] : ['What do you see?'],
  };
};

const isVoiceAffect = ({ source }: ObservationOf<'affect'>): boolean => /voice/.test(source);

/** "how does she sound?", "is the voice shaky?" */
export const howItSounds = (asked: Asked, scene: Scene): Reply => {
  const voices = observationsOf(scene, 'voice', undefined, asked.range).filter(
    ({ subject }) => asked.everybody || asked.subject === null || subject === null || subject === asked.subject,
  );
  const topic = asked.topics.find((each) => each.kind === 'voice' && each.family !== null);
  const family = topic?.kind === 'voice' ? topic.family : null;
  const matching =
    family === null
      ? []
      : voices.filter(({ voice, text }) => MATCHES[family].test(`${voice.feature} ${voice.word} ${text}`));
  const affects = observationsOf(scene, 'affect', undefined, asked.range).filter(isVoiceAffect);
  const [foreign] = observationsOf(scene, 'voice', undefined, asked.range);
  if (voices.length === 0 && foreign !== undefined) {
    return {
      sentences: [
        said(`No voice was given to ${nameOf(scene, asked.subject)}; this one is heard.`),
        said(foreign.text, [foreign.id], { subject: foreign.subject }),
      ],
      suggestions: ['Who speaks?'],
    };
  }
  if (voices.length === 0) {
    const gap = scene.analysis.notMeasured.find(({ what }) => /voice|sound/.test(what));
    const issue = observationsOf(scene, 'quality', undefined, scene.whole).find(
      ({ quality }) => quality.region === 'sound',
    );
    return {
      kind: 'beyond',
      sentences: [
        ...(issue === undefined ? [] : [said(issue.text, [issue.id], { subject: issue.subject })]),
        said(
          gap !== undefined
            ? gap.why
            : scene.analysis.clip.hasAudio
              ? 'No voice could be measured there.'
              : `This ${scene.timeless ? 'photo' : 'clip'} has no sound, so no voice can be described.`,
        ),
      ],
      suggestions: ['What do you see?'],
    };
  }
  const told = matching.length > 0 ? matching : telling(voices);
  const unlike = topic !== undefined && matching.length === 0;
  const quotes = observationsOf(scene, 'speech', undefined, asked.range).slice(
    0,
    asked.question.cues.has('say') ? 1 : 0,
  );
  return {
    sentences: [
      ...quotes.map((each) => said(each.text, [each.id], { subject: each.subject })),
      ...(unlike
        ? [
            said(
              `Nothing out of the ordinary was found of that (${topic.words}); what stands out of the voice is this.`,
            ),
          ]
        : []),
      ...told.slice(0, 4).map((each) => said(each.text, [each.id], { subject: each.subject })),
      ...(family === null && scene.mayInfer
        ? affects.slice(0, 1).map((each) => said(each.text, [each.id], { subject: each.subject }))
        : []),
    ],
    moments: told
      .filter(({ range }) => range.endMs - range.startMs < scene.whole.endMs * 0.8)
      .slice(0, 3)
      .map(momentOf),
    suggestions: ['Do the face and the voice agree?', 'What was said?'],
  };
};

/** What deviates first, then the plain measurements. */
const telling = (voices: readonly ObservationOf<'voice'>[]): ObservationOf<'voice'>[] =>
  [...voices].sort(
    (a, b) => Math.abs(b.voice.relative ?? 0) - Math.abs(a.voice.relative ?? 0) || a.range.startMs - b.range.startMs,
  );

const MATCHES = {
  pitch: /pitch(?! range)/i,
  variation: /pitch range|pitchRange|flat|lively|monoton/i,
  loudness: /loud|quiet|soft/i,
  rate: /\brate\b|slow|fast|syllable/i,
  pauses: /paus/i,
  tremor: /tremor|shimmer|trembl|shak|unstead/i,
  breath: /breath|harmonicity/i,
  tension: /sharp|tilt|tense|highEnergy|dull/i,
  roughness: /jitter|creak|rough|hoarse/i,
  final: /final|rising|falling/i,
} as const;

/** "does she speak?", "who speaks?" */
export const whoSpeaks = (asked: Asked, scene: Scene): Reply => {
  const about =
    asked.everybody || asked.subject === null ? scene.people : scene.people.filter(({ id }) => id === asked.subject);
  const voice = observationsOf(scene, 'voice', undefined, asked.range);
  const speech = observationsOf(scene, 'speech', undefined, asked.range);
  const told = about.map(({ id, speaks }): DraftSentence => {
    const own = [...speech, ...voice].filter(({ subject }) => subject === id).slice(0, 2);
    const name = capitalized(nameOf(scene, id));
    if (speaks === true) {
      const [first] = own;
      return first === undefined
        ? said(`${name} speaks: the voice that is heard goes with this face.`)
        : said(first.text, [first.id], { subject: id });
    }
    return said(
      speaks === false
        ? `${name} does not speak: the voice that is heard does not go with this face.`
        : `Whether ${nameOf(scene, id)} speaks could not be told.`,
    );
  });
  const off = [...speech, ...voice].filter(({ subject }) => subject === null).slice(0, 1);
  return {
    sentences: [
      ...told.slice(0, 5),
      ...off.map((each) => said(each.text, [each.id], { subject: null })),
      ...(told.length + off.length === 0 ? [said('No voice is heard there.')] : []),
    ],
    suggestions: ['What was said?', 'How does the voice sound?'],
  };
};
