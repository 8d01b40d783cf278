import type { NotMeasured } from '../contracts/index.ts';
import { durationWord } from '../facs/time-words.ts';
import { confidenceOf } from './confidence.ts';
import type { Draft } from './draft.ts';
import { restOf } from './rest.ts';
import { segmentsOf } from './segments.ts';
import { at, clamp, mean, rounded, seriesOf } from './series.ts';
import { SETTINGS } from './settings.ts';
import { capitalized, qualityIn, type SubjectView } from './subject-view.ts';

/** A rate is a rate only after some time: people blink about every four seconds. */
const RATE_FROM_MS = 15_000;
/** Lid closure of a blink over the open lids, 0–5: half closed. */
const CLOSURE = 1.5;
/** Drooping lids of a person at rest, at most. */
const REST_MOST = 2;

/** Short closures of the lids: how many, how often, how long. */
export const observeBlinks = (view: SubjectView, source: string): { drafts: Draft[]; notMeasured: NotMeasured[] } => {
  const column = view.percepts.actionUnits.AU45 ?? view.percepts.actionUnits.AU43;
  if (column === undefined || view.still || view.indices.length * view.stepMs < SETTINGS.blinksFromMs) {
    return { drafts: [], notMeasured: [] };
  }
  if (view.fps < SETTINGS.blinkFps) {
    const why = `The clip was analysed at ${rounded(view.fps, 1)} frames a second; blinks need ${SETTINGS.blinkFps}.`;
    return { drafts: [], notMeasured: [{ what: 'blinks', why }] };
  }
  const { t, v } = seriesOf(view.percepts.t, view.indices, column.both, [0, 5]);
  if (t.length < SETTINGS.seenShare * view.indices.length) {
    return { drafts: [], notMeasured: [] };
  }
  const rest = restOf(t, v, REST_MOST).level;
  const enter = Math.max(clamp(column.threshold, 0.1, 5), rest + CLOSURE);
  const closures = segmentsOf(t, v, {
    enter,
    leave: rest + 0.6 * (enter - rest),
    rest,
    spread: 0.1,
    minimumMs: 0,
    mergeMs: 0,
    stepMs: view.stepMs,
  }).map(({ first, last }) => at(t, last) - at(t, first) + view.stepMs);
  const blinks = closures.filter((closure) => closure <= SETTINGS.blinkMs);
  const seenMs = t.length * view.stepMs;
  if (blinks.length === 0 && seenMs < RATE_FROM_MS) {
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
