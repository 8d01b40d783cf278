import type { NotMeasured } from '../contracts/index.ts';
import { durationWord } from '../facs/time-words.ts';
import { confidenceOf } from './confidence.ts';
import type { Draft } from './draft.ts';
import type { LidClosures } from './lid-closures.ts';
import { mean, rounded } from './series.ts';
import { SETTINGS } from './settings.ts';
import { capitalized, qualityIn, type SubjectView } from './subject-view.ts';

/** A rate is a rate only after some time: people blink about every four seconds. */
const RATE_FROM_MS = 15_000;

/** Short closures of the lids: how many, how often, how long. */
export const observeBlinks = (
  view: SubjectView,
  lids: LidClosures | null,
  source: string,
): { drafts: Draft[]; notMeasured: NotMeasured[] } => {
  if (lids === null) {
    return { drafts: [], notMeasured: tooSlow(view) };
  }
  const blinks = lids.blinks.map(({ startMs, endMs }) => endMs - startMs);
  const seenMs = lids.watchedMs;
  if (seenMs < (blinks.length === 0 ? RATE_FROM_MS : SETTINGS.blinksFromMs)) {
    return { drafts: [], notMeasured: [] };
  }
  const perMinute = (blinks.length * 60_000) / seenMs;
  const closureMs = blinks.length === 0 ? null : Math.round(mean(blinks));
  const draft: Draft = {
    kind: 'blink',
    subject: view.id,
    range: view.range,
    confidence: confidenceOf(qualityIn(view, view.range.startMs, view.range.endMs) * 0.9),
    source,
    text: sentence(view, blinks.length, seenMs, perMinute, closureMs),
    blink: { count: blinks.length, perMinute: rounded(perMinute, 1), closureMs },
  };
  return { drafts: [draft], notMeasured: [] };
};

const tooSlow = (view: SubjectView): NotMeasured[] =>
  view.still || view.fps >= SETTINGS.blinkFps
    ? []
    : [
        {
          what: 'blinks',
          why: `The clip was analysed at ${rounded(view.fps, 1)} frames a second; blinks need ${SETTINGS.blinkFps}.`,
        },
      ];

const sentence = (
  view: SubjectView,
  count: number,
  seenMs: number,
  perMinute: number,
  closureMs: number | null,
): string => {
  const lids = view.name === null ? 'the lids' : `${view.name}'s lids`;
  const times =
    count === 0 ? 'do not blink' : `blink ${count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`}`;
  const rate = seenMs >= RATE_FROM_MS && count > 0 ? `, ${Math.round(perMinute)} a minute` : '';
  const closed = closureMs === null ? '' : `, closed for ${durationWord(closureMs)}${count > 1 ? ' on average' : ''}`;
  return capitalized(`${lids} ${times} in ${durationWord(seenMs)}${rate}${closed} (AU45).`);
};
