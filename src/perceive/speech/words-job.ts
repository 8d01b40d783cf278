/** Worker side: words that are in the media itself, as a text track or as sound. */
import type { SpeechPercepts, TimeRange, Warning } from '../../contracts/index.ts';
import type { InputFile } from '../../kit/safe-path.ts';
import type { MediaDecoder } from '../../media/decoder.ts';
import type { SniffedStream } from '../../media/sniff.ts';
import { settleCues } from '../../media/subtitles/settle-cues.ts';
import { recogniseSpeech } from './recognise-speech.ts';
import type { Recogniser } from './recogniser.ts';

export type MediaWords = {
  speech: SpeechPercepts | null;
  /** As the container marks its sound. */
  soundLanguage: string | null;
  warnings: Warning[];
};

/** The text track of a clip, where it has one. */
export const readTrackWords = async (
  decoder: MediaDecoder,
  file: InputFile,
  sniffed: SniffedStream,
): Promise<MediaWords> => {
  const { track, soundLanguage } = await decoder.readTextTracks(file, sniffed);
  const cues = track === null ? [] : settleCues(track.cues).cues;
  return {
    speech:
      track === null || cues.length === 0
        ? null
        : {
            source: { kind: 'embedded', format: track.format, name: `the text track of ${file.name}` },
            timed: true,
            language: track.language,
            cues,
          },
    soundLanguage,
    warnings: [],
  };
};

export type ListenRequest = { file: InputFile; sniffed: SniffedStream; segments: readonly TimeRange[] };

/** What a speech model hears where a voice is. */
export const recogniseWords = async (
  decoder: MediaDecoder,
  recogniser: Recogniser,
  { file, sniffed, segments }: ListenRequest,
  onProgress: () => void,
): Promise<MediaWords> => {
  const probe = await decoder.probe(file, sniffed);
  // A service may think for longer than a worker may be silent; its own deadline ends it.
  const alive = setInterval(onProgress, 2000);
  try {
    const request = { file, sniffed, probe, segments };
    const { cues, language, warnings } = await recogniseSpeech(decoder, recogniser, request, onProgress);
    const told: Warning[] =
      recogniser.host === null
        ? []
        : [
            {
              code: 'sound-sent',
              message: `The speech of ${file.name} was sent to ${recogniser.host} to be put into words (WHYFACE_ASR_BASE_URL).`,
            },
          ];
    const source = { kind: 'recognition', format: recogniser.id, name: recogniser.host ?? recogniser.id } as const;
    return {
      speech: cues.length === 0 ? null : { source, timed: true, language, cues },
      soundLanguage: null,
      warnings: [...told, ...warnings],
    };
  } finally {
    clearInterval(alive);
  }
};
