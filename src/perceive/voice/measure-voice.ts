/** Worker side: the sound of a clip. */
import type { VoicePercepts, Warning } from '../../contracts/index.ts';
import type { InputFile } from '../../kit/safe-path.ts';
import type { MediaDecoder, Probe } from '../../media/decoder.ts';
import type { SniffedStream } from '../../media/sniff.ts';
import { createSoundAnalyser } from './analyse-sound.ts';
import { assembleVoice } from './assemble-voice.ts';
import { SILERO_GRAPH, type SileroDetector } from './silero.ts';
import { SOUND } from './sound-steps.ts';
import { VOICE_ACTIVITY, voiceActivity } from './voice-activity.ts';

export type SoundRequest = { file: InputFile; sniffed: SniffedStream; probe: Probe };
export type SoundResult = { voice: VoicePercepts; warnings: Warning[] };

/** Blocks of sound between two signs of life. */
const BLOCKS_A_REPORT = 64;

/**
 * Listens to the whole sound, block by block: what is kept of it are columns of numbers.
 *
 * @param silero tells speech from the rest; `null`: the detector without weights does
 * @throws WhyfaceError what the decoder throws
 */
export const measureVoice = async (
  decoder: MediaDecoder,
  { file, sniffed, probe }: SoundRequest,
  silero: SileroDetector | null,
  onBlocks: () => void,
): Promise<SoundResult> => {
  const reader = decoder.readSamples(file, sniffed, probe, { sampleRate: SOUND.sampleRate });
  const analyser = createSoundAnalyser({ expectedMs: probe.audio?.endMs ?? probe.durationMs });
  let blocks = 0;
  for await (const { samples } of reader) {
    analyser.push(samples);
    await silero?.push(samples);
    blocks += 1;
    if (blocks % BLOCKS_A_REPORT === 0) {
      onBlocks();
    }
  }
  const sound = analyser.finish();
  const speech = silero === null ? voiceActivity(sound.steps) : await silero.finish(sound.steps.level.length);
  const voice = assembleVoice(sound, speech, {
    detector: silero === null ? VOICE_ACTIVITY : SILERO_GRAPH,
    channels: reader.channels().channels,
    deadChannels: reader.channels().dead,
    sampleRate: probe.audio?.sampleRate ?? SOUND.sampleRate,
  });
  return { voice, warnings: [...reader.summary.warnings, ...invalidSamples(sound.invalid, file.name)] };
};

const invalidSamples = (count: number, name: string): Warning[] =>
  count === 0
    ? []
    : [
        {
          code: 'damaged',
          message: `The sound of ${name} has ${count === 1 ? 'one sample that is' : `${count} samples that are`} not a number; silence stands there instead.`,
        },
      ];
