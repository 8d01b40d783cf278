import type { Analysis } from '../../../contracts/index.ts';
import type { Series, Tracks } from '../worker/tracks.ts';
import { type Band, bandOf, HEIGHT, type Lane } from './lane.ts';

/** What is said, by cues. */
export const wordLanes = (analysis: Analysis, { cues }: Tracks): Lane[] => {
  const bands = analysis.observations.filter(({ kind }) => kind === 'speech').map((each) => bandOf(each));
  return cues.length === 0
    ? []
    : [
        {
          key: 'words',
          kind: 'words',
          name: 'Words',
          detail: 'as they are spoken',
          subject: null,
          height: HEIGHT.words,
          bands,
          cues,
        },
      ];
};

/** How it is said: pitch, and loudness with where somebody speaks. */
export const voiceLanes = (analysis: Analysis, { voice }: Tracks): Lane[] => {
  if (voice === null) {
    return [];
  }
  const bands = analysis.observations.filter(({ kind }) => kind === 'voice').map((each) => bandOf(each));
  const speech: Band[] = voice.segments.map(({ startMs, endMs }) => ({
    id: '',
    text: 'somebody speaks',
    startMs,
    endMs,
    apexMs: null,
    mark: '',
  }));
  const common = { kind: 'curve', subject: null, height: HEIGHT.curve, zero: false } as const;
  return [
    {
      ...common,
      key: 'pitch',
      name: 'Pitch',
      detail: 'of the voice',
      bands,
      curves: [{ name: '', t: voice.t, series: voice.pitch }],
      ...pitchSpan(voice.pitch),
      area: false,
      unit: ' Hz',
    },
    {
      ...common,
      key: 'loudness',
      name: 'Loudness',
      detail: 'and where somebody speaks',
      bands: speech,
      curves: [{ name: '', t: voice.t, series: voice.loudness }],
      low: -70,
      high: 0,
      area: true,
      unit: ' dB',
    },
  ];
};

const LOWEST_SPAN = 60;

const pitchSpan = ({ values }: Series): { low: number; high: number } => {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = value < low ? value : low;
    high = value > high ? value : high;
  }
  if (low > high) {
    return { low: 60, high: 300 };
  }
  const margin = Math.max(LOWEST_SPAN - (high - low), (high - low) * 0.15) / 2;
  return { low: low - margin, high: high + margin };
};
