/** Worker side: what a speech-emotion model says of each utterance. */
import type { UtterancePercepts, VoicePercepts, Warning } from '../../contracts/index.ts';
import { toWhyfaceError } from '../../kit/error.ts';
import type { MediaDecoder } from '../../media/decoder.ts';
import { readStretch } from '../read-stretch.ts';
import { openAffectModel } from './affect-model.ts';
import type { SoundRequest } from './measure-voice.ts';
import { rounded } from './numbers.ts';

/** Speech that is too short for such a model, and as much as it is given at once. */
const LEAST_MS = 800;
const MOST_MS = 15_000;
/** Utterances that are judged, the ones with the most voice; two hours of talk have two thousand. */
const MOST_UTTERANCES = 300;

export type JudgedVoice = { affect: NonNullable<VoicePercepts['affect']> | null; warnings: Warning[] };

/** A model that is missing or damaged takes nothing from the rest: it is warned about. */
export const judgeVoice = async (
  decoder: MediaDecoder,
  { model, folder, ...sound }: SoundRequest & { model: string; folder: string },
  utterances: readonly UtterancePercepts[],
  onUtterance: () => void,
): Promise<JudgedVoice> => {
  const long = utterances.filter(({ startMs, endMs }) => endMs - startMs >= LEAST_MS);
  const chosen = new Set([...long].sort((a, b) => b.voicedMs - a.voicedMs).slice(0, MOST_UTTERANCES));
  try {
    const { id, judge } = await openAffectModel({ model, folder });
    const stretches: JudgedVoice['affect'] = { model: id, stretches: [] };
    for (const { startMs, endMs } of long.filter((each) => chosen.has(each))) {
      onUtterance();
      const samples = await readStretch(decoder, sound, startMs, Math.min(endMs, startMs + MOST_MS));
      const { arousal, valence, dominance } = await judge(samples);
      stretches.stretches.push({
        startMs,
        endMs,
        arousal: rounded(arousal, 3),
        valence: rounded(valence, 3),
        dominance: dominance === null ? null : rounded(dominance, 3),
      });
    }
    return { affect: stretches, warnings: [] };
  } catch (thrown) {
    const { code, message } = toWhyfaceError(thrown, 'perceive');
    return { affect: null, warnings: [{ code, message }] };
  }
};
