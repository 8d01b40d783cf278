/** The voice over time, below the face: pitch, loudness, where somebody speaks, and the words. */
import { scaleLinear } from 'd3-scale';
import type { Analysis, ObservationOf, TimeRange, VoicePercepts } from '../../contracts/index.ts';
import { rangeText } from '../view/words.ts';
import { areaPath, HEIGHT, linePath, round, type Scale, share, thinned, WIDTH } from './curves.ts';
import { type Markup, markup } from './markup.ts';

export type VoiceLanes = {
  analysis: Analysis;
  voice: VoicePercepts | null;
  /** Whose; `null`: everybody's. */
  subject: string | null;
  range: TimeRange;
  x: Scale;
  apexMs: number | null;
  recordPrefix: string;
};

const touches = (a: TimeRange, b: TimeRange): boolean => a.endMs > b.startMs && a.startMs < b.endMs;

/** Empty where nothing was heard in the range. */
export const voiceLanes = (lanes: VoiceLanes): Markup[] => {
  const { voice, range } = lanes;
  const spoken = voice?.segments.filter((segment) => touches(segment, range)) ?? [];
  const rows =
    voice === null || spoken.length === 0
      ? []
      : [pitchRow(voice, lanes), loudnessRow(voice, lanes), speechRow(spoken, lanes)];
  return [...rows, wordsRow(lanes)].flatMap((row) => (row === null ? [] : [row]));
};

/** Says what the lanes show, in the note below the drawing. */
export const VOICE_NOTE =
  'The pitch is drawn on a musical scale, the loudness in decibels below full scale; bands under “Speech” are where a voice is heard, and link to what stands out in it.';

const pitchRow = (voice: VoicePercepts, { range, x, apexMs }: VoiceLanes): Markup | null => {
  const inSpeech = voice.t.map((ms, index) =>
    voice.segments.some(({ startMs, endMs }) => ms >= startMs && ms < endMs) ? (voice.pitch[index] ?? null) : null,
  );
  const hertz = inSpeech.flatMap((value, index) => {
    const ms = voice.t[index] ?? -1;
    return value === null || ms < range.startMs || ms >= range.endMs ? [] : [value];
  });
  if (hertz.length === 0) {
    return null;
  }
  const sorted = [...hertz].sort((a, b) => a - b);
  const [low, high] = [sorted[0] ?? 100, sorted.at(-1) ?? 200];
  // An octave at least, so that a level voice is drawn level.
  const middle = Math.sqrt(low * high);
  const bounds = [Math.min(low, middle / Math.SQRT2), Math.max(high, middle * Math.SQRT2)].map((value) =>
    Math.log2(value),
  );
  const y = scaleLinear([bounds[0] ?? 6, bounds[1] ?? 8], [HEIGHT - 3, 3]).clamp(true);
  const curve = thinned(
    voice.t,
    inSpeech.map((value) => (value === null ? null : Math.log2(value))),
    range,
  );
  return markup`<div class="row"><span class="name"><b>Pitch</b> ${Math.round(low)}–${Math.round(high)} Hz</span>
<svg class="track" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="Pitch over time, ${Math.round(low)} to ${Math.round(high)} Hz">
<path class="line" d="${linePath(curve, x, y)}"/>${cursor(apexMs, x)}</svg></div>`;
};

/** Quiet rooms lie at −60 dBFS, shouts near 0. */
const LOUDNESS = [-60, -6] as const;

const loudnessRow = (voice: VoicePercepts, { range, x, apexMs }: VoiceLanes): Markup => {
  const y = scaleLinear(LOUDNESS, [HEIGHT, 2]).clamp(true);
  const curve = thinned(voice.t, voice.loudness, range);
  return markup`<div class="row"><span class="name"><b>Loudness</b> dBFS</span>
<svg class="track" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="Loudness over time">
<path class="area" d="${areaPath(curve, x, y)}"/><path class="line" d="${linePath(curve, x, y)}"/>${cursor(apexMs, x)}</svg></div>`;
};

const cursor = (apexMs: number | null, x: Scale): Markup | null =>
  apexMs === null
    ? null
    : markup`<line class="cursor" x1="${round(x(apexMs))}" x2="${round(x(apexMs))}" y1="0" y2="${HEIGHT}"/>`;

const isVoice = (observation: Analysis['observations'][number]): observation is ObservationOf<'voice'> =>
  observation.kind === 'voice';

const speechRow = (spoken: readonly TimeRange[], { analysis, subject, x, recordPrefix }: VoiceLanes): Markup => {
  const tones = analysis.observations
    .filter(isVoice)
    .filter(
      ({ subject: id, voice }) => (subject === null || id === null || id === subject) && voice.word !== 'measured',
    );
  const bars = spoken.map((segment) => {
    const [from, to] = [Math.max(0, x(segment.startMs)), Math.min(WIDTH, x(segment.endMs))];
    const [own] = tones.filter(({ range }) => touches(range, segment));
    const words = tones.filter(({ range }) => touches(range, segment)).map(({ voice }) => voice.word);
    const title = `${rangeText(segment)}${words.length === 0 ? '' : `: ${[...new Set(words)].join(', ')}`}`;
    const bar = markup`<rect class="band speech" x="${round(from)}" y="12" width="${round(Math.max(2, to - from))}" height="${HEIGHT - 24}"><title>${title}</title></rect>`;
    return own === undefined ? bar : markup`<a href="#${recordPrefix}-${own.id}" data-o="${own.id}">${bar}</a>`;
  });
  return markup`<div class="row"><span class="name"><b>Speech</b></span>
<svg class="track" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="Where somebody speaks">${bars}</svg></div>`;
};

const wordsRow = ({ analysis, subject, range: shown, x, recordPrefix }: VoiceLanes): Markup | null => {
  const spoken = analysis.observations.filter(
    (observation): observation is ObservationOf<'speech'> =>
      observation.kind === 'speech' &&
      (subject === null || observation.subject === null || observation.subject === subject) &&
      touches(observation.range, shown),
  );
  return spoken.length === 0
    ? null
    : markup`<div class="row words"><span class="name"><b>Words</b></span><div class="track">${spoken.map(
        ({ id, range, speech }) =>
          markup`<a href="#${recordPrefix}-${id}" data-o="${id}" style="left:${share(x, range.startMs)}%;width:${Math.max(1, share(x, range.endMs) - share(x, range.startMs))}%" title="${speech.quote}"><bdi>“${speech.quote}”</bdi></a>`,
      )}</div></div>`;
};
