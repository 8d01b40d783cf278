import type { InputFile } from '../kit/safe-path.ts';
import type { MediaDecoder, Probe } from '../media/decoder.ts';
import type { SniffedStream } from '../media/sniff.ts';

const SAMPLE_RATE = 16_000;

/** The sound of a stretch as speech models want it: mono, 16 kHz, −1…1. */
export const readStretch = async (
  decoder: MediaDecoder,
  { file, sniffed, probe }: { file: InputFile; sniffed: SniffedStream; probe: Probe },
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
      // Damaged floats would make numbers that are none of everything a model says.
      samples.set(
        part.map((sample) => (Number.isFinite(sample) ? Math.min(1, Math.max(-1, sample)) : 0)),
        at,
      );
      length = Math.max(length, at + part.length);
    }
  }
  return samples.subarray(0, length);
};
