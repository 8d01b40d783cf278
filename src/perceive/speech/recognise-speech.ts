/** Worker side: the words of a clip's sound, by a speech model, where a voice is heard and nowhere else. */
import type { SpeechCue, TimeRange, Warning } from '../../contracts/index.ts';
import type { InputFile } from '../../kit/safe-path.ts';
import type { MediaDecoder, Probe } from '../../media/decoder.ts';
import type { SniffedStream } from '../../media/sniff.ts';
import { settleCues } from '../../media/subtitles/settle-cues.ts';
import { readStretch } from '../read-stretch.ts';
import { guardWords } from './guards.ts';
import type { RecognisedCue, Recogniser } from './recogniser.ts';

/** Whisper hears half a minute at a time. */
export const WINDOW_MS = 28_000;
/** Sound before and after a voice, so that no first sound is lost. */
const PADDING_MS = 200;
/** Pauses shorter than this are heard with what is around them. */
const BRIDGED_MS = 800;
/** A stretch with less voice holds no word: "no" lasts a quarter of a second, and models invent what is shorter. */
const LEAST_MS = 240;

/** The stretches that are heard together: neighbouring segments, up to a window each. */
export const windowsOf = (segments: readonly TimeRange[], durationMs: number): TimeRange[] => {
  const windows: TimeRange[] = [];
  for (const segment of segments) {
    const endMs = Math.min(durationMs, segment.endMs + PADDING_MS);
    let startMs = Math.max(0, segment.startMs - PADDING_MS);
    const open = windows.at(-1);
    if (open !== undefined && startMs - open.endMs <= BRIDGED_MS && endMs - open.startMs <= WINDOW_MS) {
      open.endMs = Math.max(open.endMs, endMs);
      continue;
    }
    startMs = Math.max(startMs, open?.endMs ?? 0);
    for (; endMs - startMs > WINDOW_MS; startMs += WINDOW_MS) {
      windows.push({ startMs, endMs: startMs + WINDOW_MS });
    }
    if (endMs > startMs) {
      windows.push({ startMs, endMs });
    }
  }
  return windows.filter((window) => voiceIn(window, segments) >= LEAST_MS);
};

/** Milliseconds of a range in which a voice is heard. */
const voiceIn = ({ startMs, endMs }: TimeRange, segments: readonly TimeRange[]): number =>
  segments.reduce(
    (sum, segment) => sum + Math.max(0, Math.min(endMs, segment.endMs) - Math.max(startMs, segment.startMs)),
    0,
  );

export type RecogniseRequest = {
  file: InputFile;
  sniffed: SniffedStream;
  probe: Probe;
  /** Where a voice is heard. */
  segments: readonly TimeRange[];
};

export type RecognisedSpeech = { cues: SpeechCue[]; language: string | null; warnings: Warning[] };

/**
 * @param onWindow called before each stretch: a sign of life
 * @throws WhyfaceError what the decoder and the recogniser throw
 */
export const recogniseSpeech = async (
  decoder: MediaDecoder,
  recogniser: Recogniser,
  { file, sniffed, probe, segments }: RecogniseRequest,
  onWindow: () => void,
): Promise<RecognisedSpeech> => {
  const heard: RecognisedCue[] = [];
  const languages = new Map<string, number>();
  for (const { startMs, endMs } of windowsOf(segments, probe.durationMs)) {
    onWindow();
    const samples = await readStretch(decoder, { file, sniffed, probe }, startMs, endMs);
    const { cues, language } = await recogniser.recognise(samples, {});
    if (language !== null) {
      languages.set(language, (languages.get(language) ?? 0) + endMs - startMs);
    }
    heard.push(
      ...cues.map((cue) => ({
        ...cue,
        startMs: Math.max(startMs, cue.startMs + startMs),
        endMs: Math.min(endMs, cue.endMs + startMs),
        words: cue.words.map((word) => ({
          ...word,
          startMs: word.startMs + startMs,
          endMs: word.endMs === null ? null : word.endMs + startMs,
        })),
      })),
    );
  }
  const guarded = guardWords(heard, segments);
  const [language = null] = [...languages].sort((a, b) => b[1] - a[1]).map(([tag]) => tag);
  return { cues: settleCues(guarded.cues).cues, language, warnings: guarded.warnings };
};
