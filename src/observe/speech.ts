/** The words of a clip as quotations, and who says them. */
import type { NotMeasured, Percepts, SpeechCue, TimeRange, Warning } from '../contracts/index.ts';
import { timeWord } from '../facs/time-words.ts';
import type { Draft } from './draft.ts';
import { overlappingCues } from './overlapping-cues.ts';
import { isSoundCaption, type Quotation, quotationsOf, quoted } from './quotes.ts';
import { rounded } from './series.ts';
import { type LipMotion, lipMotionOf, speakerIn } from './speaking.ts';
import { checkSpeechTimes } from './speech-times.ts';
import type { SubjectView } from './subject-view.ts';

/** Quotations listed at most; two hours of talk have about 2,000 cues, all of which stay in the percepts. */
const MOST_QUOTATIONS = 600;

/** How far a quotation can be trusted, by where it comes from. */
const TRUST = { transcript: 0.95, sidecar: 0.9, embedded: 0.9, recognition: 0.7 } as const;

export type ObservedSpeech = {
  drafts: Draft[];
  notMeasured: NotMeasured[];
  warnings: Warning[];
  unlisted: number;
  /** By person: whether they speak; `null` where it cannot be told. */
  speaks: ReadonlyMap<string, boolean | null>;
};

/**
 * @param segments where a voice is heard; `null` where nobody listened
 */
export const observeSpeech = (
  percepts: Percepts,
  views: readonly SubjectView[],
  segments: readonly TimeRange[] | null,
): ObservedSpeech => {
  const { clip, speech } = percepts;
  const lips = views.map(lipMotionOf);
  if (speech === undefined) {
    const speaks = speakersOf(views, lips, segments === null ? [] : groupsOf(segments, lips));
    return { drafts: [], notMeasured: wordsMissing(percepts, segments), warnings: [], unlisted: 0, speaks };
  }
  const { cues, trusted, warnings } = checkSpeechTimes(speech, clip.durationMs, segments);
  const told = attributed(
    cues.flatMap((cue) =>
      quotationsOf(cue).map((quotation) => ({
        cue,
        quotation: speech.timed ? quotation : { ...quotation, startMs: cue.startMs, endMs: cue.endMs },
      })),
    ),
    {
      lips,
      segments,
      usable: speech.timed && trusted,
    },
  );
  const listed = told.slice(0, MOST_QUOTATIONS);
  const base = TRUST[speech.source.kind] * (trusted ? 1 : 0.4);
  const drafts = listed.map(({ quotation, speaker, certainty }): Draft => {
    const view = views.find(({ id }) => id === speaker);
    const endMs = Math.max(
      quotation.startMs + 1,
      Math.min(quotation.endMs, Math.max(clip.durationMs, quotation.startMs + 1)),
    );
    const heard = meanConfidence(quotation);
    return {
      kind: 'speech',
      subject: view?.id ?? null,
      range: { startMs: quotation.startMs, endMs },
      confidence: rounded(base * (heard ?? 1) * (speaker === null ? 1 : 0.9 + 0.1 * certainty), 2),
      source: `${speech.source.kind}/${speech.source.format}`,
      text: sentenceOf(quotation, endMs, speech.timed, speaker, view, views.length),
      speech: {
        quote: quotation.text,
        words: quotation.words.map(({ text, startMs, endMs: stop }) => ({ text, startMs, endMs: stop })),
        language: speech.language,
        speaker: speaker === 'off-screen' ? 'off-screen' : (view?.id ?? null),
      },
    };
  });
  const heardFrom =
    segments === null ? told.map(({ quotation, speaker }) => ({ ...quotation, speaker })) : groupsOf(segments, lips);
  const source = `${speech.source.kind}/${speech.source.format}`;
  return {
    drafts: [...drafts, ...(speech.timed && trusted ? overlappingCues(cues, source) : [])],
    notMeasured: wordsUnweighed(speech.language),
    warnings,
    unlisted: told.length - listed.length,
    speaks: speakersOf(views, lips, trusted || segments !== null ? heardFrom : []),
  };
};

type Told = { cue: SpeechCue; quotation: Quotation; speaker: string | null; certainty: number };
type Attribution = { lips: readonly LipMotion[]; segments: readonly TimeRange[] | null; usable: boolean };

/** Who says each quotation: by the lips while it lasts or, where the source tells speakers apart, over all of one speaker's. */
const attributed = (
  quotations: ReadonlyArray<{ cue: SpeechCue; quotation: Quotation }>,
  { lips, segments, usable }: Attribution,
): Told[] => {
  if (!usable || lips.length === 0) {
    return quotations.map((each) => ({ ...each, speaker: null, certainty: 0 }));
  }
  const byLabel = new Map<string, TimeRange[]>();
  for (const { cue, quotation } of quotations) {
    if (cue.speaker !== null) {
      byLabel.set(cue.speaker, [...(byLabel.get(cue.speaker) ?? []), ...voicedParts(quotation, segments)]);
    }
  }
  const labelled = new Map([...byLabel].map(([label, ranges]) => [label, speakerIn(lips, ranges)]));
  return quotations.map(({ cue, quotation }) => {
    const own = isSoundCaption(quotation.text)
      ? { speaker: null, certainty: 0 }
      : speakerIn(lips, voicedParts(quotation, segments));
    const named = cue.speaker === null ? undefined : labelled.get(cue.speaker);
    const { speaker, certainty } = own.speaker === null && named !== undefined ? named : own;
    return { cue, quotation, speaker, certainty };
  });
};

/** The parts of a quotation in which a voice is heard; all of it where nobody listened or nothing was heard. */
const voicedParts = ({ startMs, endMs }: TimeRange, segments: readonly TimeRange[] | null): TimeRange[] => {
  const parts = (segments ?? []).flatMap((segment) => {
    const from = Math.max(startMs, segment.startMs);
    const to = Math.min(endMs, segment.endMs);
    return to > from ? [{ startMs: from, endMs: to }] : [];
  });
  return parts.length > 0 ? parts : [{ startMs, endMs }];
};

type Heard = TimeRange & { speaker: string | null };

/** Stretches of voice with their speakers. */
const groupsOf = (segments: readonly TimeRange[], lips: readonly LipMotion[]): Heard[] =>
  segments.map((segment) => ({ ...segment, speaker: speakerIn(lips, [segment]).speaker }));

/** A person speaks who says something; does not, who is in view with still lips through all that is heard. */
const speakersOf = (
  views: readonly SubjectView[],
  lips: readonly LipMotion[],
  heard: readonly Heard[],
): Map<string, boolean | null> =>
  new Map(
    views.map((view, index) => {
      if (heard.some(({ speaker }) => speaker === view.id)) {
        return [view.id, true];
      }
      const measured = lips[index] !== null && lips[index] !== undefined && heard.length > 0;
      const settled = heard.every(({ speaker }) => speaker !== null);
      return [view.id, measured && settled ? false : null];
    }),
  );

const meanConfidence = ({ words }: Quotation): number | null => {
  const values = words.flatMap(({ confidence }) => (confidence === null ? [] : [confidence]));
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
};

/** Free of emotion words but for the quotation, which is somebody else's. */
const sentenceOf = (
  quotation: Quotation,
  endMs: number,
  timed: boolean,
  speaker: string | null,
  view: SubjectView | undefined,
  people: number,
): string => {
  const words = quoted(quotation.text);
  const when = timed ? `From ${timeWord(quotation.startMs)} to ${timeWord(endMs)}` : 'At a time that is not given';
  if (isSoundCaption(quotation.text)) {
    return `${when} the captions note ${words}.`;
  }
  if (speaker === 'off-screen') {
    return `${when} somebody who is not in view says ${words}.`;
  }
  if (view !== undefined) {
    return `${when} ${view.name ?? 'the person'} says ${words}.`;
  }
  return people === 0 ? `${when} a voice says ${words}.` : `${when} somebody says ${words}.`;
};

/** The lists of words by which a quotation is called good or bad are English. */
const wordsUnweighed = (language: string | null): NotMeasured[] =>
  language === null || /^en\b/i.test(language)
    ? []
    : [
        {
          what: 'what the words mean',
          why: `The words are marked or look as "${language}"; they are quoted, but only English ones are weighed without a language model.`,
        },
      ];

const wordsMissing = ({ clip, notMeasured }: Percepts, segments: readonly TimeRange[] | null): NotMeasured[] =>
  !clip.hasAudio || segments?.length === 0 || notMeasured.some(({ what }) => what === 'words')
    ? []
    : [
        {
          what: 'words',
          why: 'No words are known: give a transcript (VTT, SRT, JSON or plain text), or have the speech recognised: by a model on this machine (whisper-base), or by a service (WHYFACE_ASR_BASE_URL).',
        },
      ];
