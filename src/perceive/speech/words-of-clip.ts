/** The words of a clip, from the best source there is. Node only; reads text files, never media. */
import { basename } from 'node:path';
import type { ClipFacts, SpeechPercepts, Warning } from '../../contracts/index.ts';
import { toWhyfaceError, WhyfaceError } from '../../kit/error.ts';
import { findSidecars, readSubtitleFile } from '../../media/subtitles/find-sidecar.ts';
import type { Subtitles } from '../../media/subtitles/read-subtitles.ts';
import { languageOf } from './language.ts';

export type WordsRequest = {
  /** The clip's file. */
  path: string;
  clip: ClipFacts;
  /** A file of words that the person named. */
  transcript?: string | undefined;
};

export type Words = { speech: SpeechPercepts | null; warnings: Warning[] };

const NONE: Words = { speech: null, warnings: [] };

/**
 * The transcript that was named, or else the file beside the clip that carries its name. A named file that cannot be read is
 * an error; one that merely lies there becomes a warning, and JSON that is no transcript is not even that.
 *
 * @throws WhyfaceError `usage` for the words of a picture; what `readSubtitleFile` throws
 */
export const wordsOfClip = async ({ path, clip, transcript }: WordsRequest): Promise<Words> => {
  if (clip.kind === 'image') {
    if (transcript !== undefined) {
      throw new WhyfaceError({
        code: 'usage',
        stage: 'input',
        message: `${basename(path)} is a picture, which has no words; leave --transcript out.`,
      });
    }
    return NONE;
  }
  if (transcript !== undefined) {
    return wordsIn(await readSubtitleFile(transcript), 'transcript', clip, null);
  }
  const warnings: Warning[] = [];
  for (const { path: sidecar, language } of await findSidecars(path)) {
    try {
      const words = wordsIn(await readSubtitleFile(sidecar), 'sidecar', clip, language);
      return { speech: words.speech, warnings: [...warnings, ...words.warnings] };
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
  return { speech: null, warnings };
};

const wordsIn = (
  subtitles: Subtitles & { name: string },
  kind: 'transcript' | 'sidecar',
  clip: ClipFacts,
  language: string | null,
): Words => {
  const { name, format, timed, cues, warnings } = subtitles;
  const text = cues.map((cue) => cue.text).join(' ');
  const stated = subtitles.language ?? language;
  const { language: shown, warnings: doubts } = languageOf(text, stated, name);
  const spread = timed ? cues : cues.map((cue) => ({ ...cue, startMs: 0, endMs: clip.durationMs }));
  const empty: Warning[] =
    cues.length > 0 ? [] : [{ code: 'transcript-empty', message: `${name} has no words in it.` }];
  return {
    speech: cues.length === 0 ? null : { source: { kind, format, name }, timed, language: shown, cues: spread },
    warnings: [...warnings, ...doubts, ...empty],
  };
};
