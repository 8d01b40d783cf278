/** How it is said: tone words an utterance, the arousal score of the voice, and how well the sound can be read. */
import {
  type Percepts,
  type UtterancePercepts,
  VOICE_FEATURE_NAMES,
  type VoicePercepts,
} from '../../contracts/index.ts';
import { timeWord } from '../../facs/time-words.ts';
import { recordOf } from '../../kit/record-of.ts';
import type { Draft } from '../draft.ts';
import { clamp, rounded } from '../series.ts';
import { type LipMotion, lipMotionOf, speakerIn } from '../speaking.ts';
import { capitalized, type SubjectView } from '../subject-view.ts';
import { arousalOf, normsOnly, VOICE_AROUSAL, VOICE_MODEL } from './arousal.ts';
import { type Baseline, baselineOf } from './baseline.ts';
import { observeSound } from './sound.ts';
import { type Tone, tonesOf } from './tone-words.ts';

/** Tone words of one utterance, and of a clip, and stretches whose arousal is told apart. */
const MOST = { anUtterance: 4, aClip: 60, stretches: 8 } as const;

export type ObservedVoice = { drafts: Draft[]; unlisted: number };

/** Somebody heard: a person in view whose lips move with the voice, or a voice whose owner nobody can tell. */
type Speaker = { id: string | null; name: string; utterances: UtterancePercepts[] };

/** What can be said of the voices of a clip, and of its sound. */
export const observeVoice = (percepts: Percepts, views: readonly SubjectView[]): ObservedVoice => {
  const { voice } = percepts;
  if (voice === undefined || voice === null) {
    return { drafts: [], unlisted: 0 };
  }
  const speakers = speakersOf(voice, views);
  // Where a purpose refuses inference, the percepts say so.
  const refused = percepts.notMeasured.some(({ what }) => /\barousal\b/.test(what));
  const found = speakers.flatMap((speaker) => speakerTones(speaker, voice));
  const listed = new Set([...found].sort((a, b) => b.tone.strength - a.tone.strength).slice(0, MOST.aClip));
  return {
    drafts: [
      ...observeSound(percepts, voice),
      ...speakers.flatMap((speaker) => overview(speaker, voice)),
      ...found.filter((each) => listed.has(each)).map(({ draft }) => draft),
      ...voice.bursts.map(
        ({ startMs, endMs, kind, confidence }): Draft => ({
          kind: 'voice',
          subject: null,
          range: { startMs, endMs },
          confidence,
          source: 'voice',
          text: `From ${timeWord(startMs)} to ${timeWord(endMs)} there is ${kind === 'laughter-like' ? 'a rhythmical burst of short voiced sounds' : 'one long audible breath'}.`,
          voice: {
            feature: 'burst',
            value: rounded((endMs - startMs) / 1000, 2),
            unit: 's',
            relative: null,
            word: kind === 'laughter-like' ? 'rhythmical burst' : 'audible breath',
          },
        }),
      ),
      ...(refused ? [] : [...speakers.flatMap(arousal), ...judged(voice, speakers)]),
    ],
    unlisted: found.length - listed.size,
  };
};

/** Without what cannot be calculated with: percepts may come from elsewhere. */
const usable = ({ features, ...rest }: UtterancePercepts): UtterancePercepts => ({
  ...rest,
  features: recordOf(VOICE_FEATURE_NAMES, (name) => {
    const value = features[name];
    return value === null || !Number.isFinite(value) || (name === 'pitchMedian' && value <= 0) ? null : value;
  }),
});

/** Utterances by who says them. */
const speakersOf = (voice: VoicePercepts, views: readonly SubjectView[]): Speaker[] => {
  const lips: LipMotion[] = views.map(lipMotionOf);
  const byId = new Map<string | null, UtterancePercepts[]>();
  for (const utterance of voice.utterances.map(usable)) {
    const { speaker } = speakerIn(lips, [utterance]);
    const id = views.some((view) => view.id === speaker) ? speaker : null;
    byId.set(id, [...(byId.get(id) ?? []), utterance]);
  }
  return [...byId]
    .map(([id, utterances]) => ({
      id,
      name: views.length > 1 && id !== null ? `${id}'s voice` : 'the voice',
      utterances,
    }))
    .filter(({ utterances }) => utterances.some(({ features }) => features.pitchMedian !== null));
};

/** How far the sound itself can be trusted, 0–1. */
const trustOf = ({ quality }: VoicePercepts): number =>
  clamp(((quality.speechToNoise ?? 30) - 2) / 18, 0.2, 1) * (quality.clippedShare > 0.1 ? 0.8 : 1);

type Found = { tone: Tone; draft: Draft };

const speakerTones = (speaker: Speaker, voice: VoicePercepts): Found[] => {
  const baseline: Baseline = baselineOf(speaker.utterances);
  const several = voice.utterances.length > 1;
  return speaker.utterances.flatMap((utterance) =>
    tonesOf(utterance, baseline)
      .slice(0, MOST.anUtterance)
      .map((tone): Found => {
        const { startMs, endMs } = utterance;
        const clause = tone.clause.replace('the voice', speaker.name);
        return {
          tone,
          draft: {
            kind: 'voice',
            subject: speaker.id,
            range: { startMs, endMs },
            confidence: rounded(tone.confidence * trustOf(voice), 2),
            source: 'voice',
            text: capitalized(several ? `from ${timeWord(startMs)} to ${timeWord(endMs)} ${clause}.` : `${clause}.`),
            voice: {
              feature: tone.feature,
              value: tone.value,
              unit: tone.unit,
              relative: tone.relative,
              word: tone.word,
            },
          },
        };
      }),
  );
};

/** What a speech-emotion model says of the utterances that stand out, and what that is worth. */
const judged = ({ affect, utterances }: VoicePercepts, speakers: readonly Speaker[]): Draft[] => {
  const telling = [...(affect?.stretches ?? [])]
    .sort((a, b) => Math.abs(b.arousal) - Math.abs(a.arousal))
    .slice(0, MOST.stretches);
  return telling.map(({ startMs, endMs, arousal: score, valence, dominance }): Draft => {
    const utterance = utterances.find((each) => each.startMs === startMs);
    const speaker = speakers.find((each) => each.utterances.some((own) => own.startMs === utterance?.startMs));
    const weak = [`valence ${signed(valence)}`, ...(dominance === null ? [] : [`dominance ${signed(dominance)}`])].join(
      ' and ',
    );
    return {
      kind: 'affect',
      subject: speaker?.id ?? null,
      range: { startMs, endMs },
      confidence: 0.6,
      source: `${VOICE_MODEL}${affect?.model ?? ''}`,
      text: capitalized(
        `from ${timeWord(startMs)} to ${timeWord(endMs)} a speech model gives ${speaker?.name ?? 'the voice'} an arousal score of ${signed(score)} between −1 and +1; its scores for ${weak} are worth little, because a voice alone hardly tells them.`,
      ),
      affect: { valence, arousal: score, dominance },
    };
  });
};

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

const weighted = (utterances: readonly UtterancePercepts[], value: (utterance: UtterancePercepts) => number | null) => {
  let [sum, weight] = [0, 0];
  for (const utterance of utterances) {
    const own = value(utterance);
    if (own !== null) {
      sum += own * utterance.voicedMs;
      weight += utterance.voicedMs;
    }
  }
  return weight === 0 ? null : sum / weight;
};

const rangeOf = (utterances: readonly UtterancePercepts[]): { startMs: number; endMs: number } => ({
  startMs: utterances[0]?.startMs ?? 0,
  endMs: utterances.at(-1)?.endMs ?? 0,
});

/** One plain statement a speaker: how long, how high, how wide. */
const overview = ({ id, name, utterances }: Speaker, voice: VoicePercepts): Draft[] => {
  const pitch = weighted(utterances, ({ features }) => features.pitchMedian);
  const range = weighted(utterances, ({ features }) => features.pitchRange);
  const heardMs = utterances.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  return pitch === null || range === null
    ? []
    : [
        {
          kind: 'voice',
          subject: id,
          range: rangeOf(utterances),
          confidence: rounded(0.9 * trustOf(voice), 2),
          source: 'voice',
          text: capitalized(
            `${name} is heard for ${(heardMs / 1000).toFixed(1)} s, at a pitch of ${Math.round(pitch)} Hz with a range of ${range.toFixed(1)} semitones.`,
          ),
          voice: { feature: 'pitch', value: Math.round(pitch), unit: 'Hz', relative: null, word: 'measured' },
        },
      ];
};

const arousal = (speaker: Speaker): Draft[] => {
  const { id, name, utterances } = speaker;
  const norms = normsOnly(utterances);
  const overall = weighted(utterances, (utterance) => arousalOf(utterance, norms));
  if (overall === null) {
    return [];
  }
  const draft = (
    range: { startMs: number; endMs: number },
    score: number,
    basis: string,
    confidence: number,
  ): Draft => ({
    kind: 'affect',
    subject: id,
    range,
    confidence,
    source: VOICE_AROUSAL,
    text: capitalized(
      `${name} has an arousal score of ${signed(score)} between −1 and +1, from pitch, loudness and spectrum against ${basis}; valence cannot be told from a voice.`,
    ),
    affect: { valence: 0, arousal: rounded(score, 2) },
  });
  const baseline = baselineOf(utterances);
  const own = utterances.flatMap((utterance) => {
    const against =
      utterance.features.pitchMedian === null ? null : baseline('pitchMedian', utterance.features.pitchMedian);
    const score = against?.against === 'own' ? arousalOf(utterance, baseline) : null;
    return score === null ? [] : [{ utterance, score }];
  });
  const telling = [...own].sort((a, b) => Math.abs(b.score) - Math.abs(a.score)).slice(0, MOST.stretches);
  return [
    draft(rangeOf(utterances), overall, 'published norms', 0.45),
    ...own
      .filter((each) => telling.includes(each) && Math.abs(each.score) >= 0.3)
      .map(({ utterance: { startMs, endMs }, score }) =>
        draft({ startMs, endMs }, score, "the speaker's own baseline", 0.6),
      ),
  ];
};
