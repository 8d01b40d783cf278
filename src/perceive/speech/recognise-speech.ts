/** Worker side: the words of a clip's sound, by a speech model, where a voice is heard and nowhere else. */
import type { SpeechCue, TimeRange, Warning } from '../../contracts/index.ts';
import type { InputFile } from '../../kit/safe-path.ts';
import type { MediaDecoder, Probe } from '../../media/decoder.ts';
import type { SniffedStream } from '../../media/sniff.ts';
import { settleCues } from '../../media/subtitles/settle-cues.ts';
import { guardWords } from './guards.ts';
import type { RecognisedCue, Recogniser } from './recogniser.ts';

const SAMPLE_RATE = 16_000;
/** Whisper hears half a minute at a time. */
export const WINDOW_MS = 28_000;
/** Sound before and after a voice, so that no first sound is lost. */
const PADDING_MS = 200;
/** Pauses shorter than this are heard with what is around them. */
const BRIDGED_MS = 800;
/** A stretch shorter than this holds no word. */
const LEAST_MS = 120;

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
    if (endMs - startMs >= LEAST_MS) {
      windows.push({ startMs, endMs });
    }
  }
  return windows;
};

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
    const samples = await readWindow(decoder, { file, sniffed, probe }, startMs, endMs);
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

const readWindow = async (
  decoder: MediaDecoder,
  { file, sniffed, probe }: Omit<RecogniseRequest, 'segments'>,
  fromMs: number,
  toMs: number,
): Promise<Float32Array> => {
  const samples = new Float32Array(Math.ceil(((toMs - fromMs) * SAMPLE_RATE) / 1000));
  const first = Math.round((fromMs * SAMPLE_RATE) / 1000);
  let length = 0;
  for await (const block of decoder.readSamples(file, sniffed, probe, { fromMs, toMs, sampleRate: SAMPLE_RATE })) {
    const at = block.position - first;
    if (at >= 0 && at < samples.length) {
      const part = block.samples.subarray(0, samples.length - at);
      samples.set(part, at);
      length = Math.max(length, at + part.length);
    }
  }
  return samples.subarray(0, length);
};
