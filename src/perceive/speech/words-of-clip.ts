/** The words of a clip, from the best source there is. Node only; what is inside the media is read by a worker. */
import { basename } from 'node:path';
import type { ClipFacts, SpeechPercepts, TimeRange, Warning } from '../../contracts/index.ts';
import { toWhyfaceError, WhyfaceError } from '../../kit/error.ts';
import { findSidecars, readSubtitleFile } from '../../media/subtitles/find-sidecar.ts';
import type { Subtitles } from '../../media/subtitles/read-subtitles.ts';
import { languageName, languageOf } from './language.ts';
import type { MediaWords } from './words-job.ts';

export type WordsRequest = {
  /** The clip's file. */
  path: string;
  clip: ClipFacts;
  /** A file of words that the person named. */
  transcript?: string | undefined;
  /** Where a voice is heard; `null` where nobody listened. */
  heard?: readonly TimeRange[] | null | undefined;
  /** Looks into the media: for its text track, or, given where a voice is, for what a speech model hears. */
  media?: ((heard: readonly TimeRange[] | null) => Promise<MediaWords>) | undefined;
};

/** Words, and whether their file says itself which language it is in. */
type WrittenWords = Words & { marked: boolean };

export type Words = { speech: SpeechPercepts | null; warnings: Warning[] };

/**
 * The words of the transcript that was named, or else of the file beside the clip that carries its name, of the clip's text
 * track, or of a speech model. A named file that cannot be read is an error; all other failures become warnings, and JSON
 * beside the clip that is no transcript not even that.
 *
 * @throws WhyfaceError `usage` for the words of a picture; what `readSubtitleFile` throws; `aborted`
 */
export const wordsOfClip = async (request: WordsRequest): Promise<Words> => {
  const { path, clip, transcript } = request;
  if (clip.kind === 'image') {
    if (transcript !== undefined) {
      throw new WhyfaceError({
        code: 'usage',
        stage: 'input',
        message: `${basename(path)} is a picture, which has no words; leave --transcript out.`,
      });
    }
    return { speech: null, warnings: [] };
  }
  const written =
    transcript === undefined
      ? await sidecarWords(path, clip)
      : wordsIn(await readSubtitleFile(transcript), 'transcript', clip, null);
  const inside = await insideMedia(request, null);
  if (written.speech !== null) {
    const { speech, warnings } = written;
    return { speech, warnings: [...warnings, ...otherLanguage(speech, inside.soundLanguage, written.marked)] };
  }
  const { heard } = request;
  const found =
    inside.speech === null && heard !== undefined && heard !== null && heard.length > 0
      ? await insideMedia(request, heard)
      : inside;
  return { speech: found.speech, warnings: [...written.warnings, ...found.warnings] };
};

const insideMedia = async ({ media, path }: WordsRequest, heard: readonly TimeRange[] | null): Promise<MediaWords> => {
  const none = { speech: null, soundLanguage: null };
  if (media === undefined) {
    return { ...none, warnings: [] };
  }
  try {
    return await media(heard);
  } catch (thrown) {
    const error = toWhyfaceError(thrown, 'perceive');
    if (error.code === 'aborted') {
      throw error;
    }
    const what = heard === null ? 'The text track' : 'The speech';
    return {
      ...none,
      warnings: [{ code: error.code, message: `${what} of ${basename(path)} could not be read: ${error.message}` }],
    };
  }
};

const sidecarWords = async (path: string, clip: ClipFacts): Promise<WrittenWords> => {
  const warnings: Warning[] = [];
  for (const { path: sidecar, language } of await findSidecars(path)) {
    try {
      const words = wordsIn(await readSubtitleFile(sidecar), 'sidecar', clip, language);
      return { ...words, warnings: [...warnings, ...words.warnings] };
    } catch (thrown) {
      const error = toWhyfaceError(thrown, 'media');
      if (!sidecar.toLowerCase().endsWith('.json')) {
        warnings.push({
          code: 'transcript-unreadable',
          message: `The words beside the clip were left out: ${error.message}`,
        });
      }
    }
  }
  return { speech: null, warnings, marked: false };
};

const wordsIn = (
  subtitles: Subtitles & { name: string },
  kind: 'transcript' | 'sidecar',
  clip: ClipFacts,
  language: string | null,
): WrittenWords => {
  const { name, format, timed, cues, warnings } = subtitles;
  const text = cues.map((cue) => cue.text).join(' ');
  const { language: shown, warnings: doubts } = languageOf(text, subtitles.language ?? language, name);
  const spread = timed ? cues : cues.map((cue) => ({ ...cue, startMs: 0, endMs: clip.durationMs }));
  const empty: Warning[] =
    cues.length > 0 ? [] : [{ code: 'transcript-empty', message: `${name} has no words in it.` }];
  return {
    speech: cues.length === 0 ? null : { source: { kind, format, name }, timed, language: shown, cues: spread },
    warnings: [...warnings, ...doubts, ...empty],
    marked: (subtitles.language ?? language) !== null,
  };
};

/**
 * Words in another language than the sound is marked with: a translation, or the file of another version. Where neither the
 * sound nor the file says anything, nobody here can tell, and words that are not English are asked about.
 */
const otherLanguage = ({ language, source }: SpeechPercepts, sound: string | null, marked: boolean): Warning[] => {
  const [written, spoken] = [language, sound].map((tag) => tag?.split('-')[0]?.toLowerCase());
  if (written !== undefined && spoken === undefined && !marked && written !== 'en') {
    return [
      {
        code: 'transcript-language-unknown',
        message: `The words of ${source.name} are ${languageName(written)}, and nothing says that ${languageName(written)} is spoken in the clip: if it is not, they are a translation or belong to another version; if it is, name the file clip.${written}.srt or so.`,
      },
    ];
  }
  return written === undefined || spoken === undefined || written === spoken
    ? []
    : [
        {
          code: 'transcript-language',
          message: `The words of ${source.name} are ${languageName(written)}, but the sound is marked as ${languageName(spoken)}: they are a translation, or belong to another version.`,
        },
      ];
};
