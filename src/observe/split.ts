import type { SegmentRule, Span } from './segments.ts';
import { at, quantile } from './series.ts';
import { SETTINGS } from './settings.ts';

/** Two peaks with a deep valley between them are two episodes, even where the valley stays over the threshold. */
export const splitAtValleys = (v: Float64Array, span: Span, rule: SegmentRule): Span[] => {
  if (span.bursts > 1 || rule.whole === true) {
    return [span];
  }
  const parts: Span[] = [];
  let first = span.first;
  let peak = 0;
  let valley = Number.POSITIVE_INFINITY;
  let valleyAt = first;
  for (let index = span.first; index <= span.last; index += 1) {
    const over = at(v, index) - rule.rest;
    if (over > peak && peak - valley < Math.max(SETTINGS.splitDepth, peak * SETTINGS.splitShare)) {
      peak = over;
      valley = Number.POSITIVE_INFINITY;
    } else if (over < valley) {
      valley = over;
      valleyAt = index;
    } else if (isDeep(peak, over, valley)) {
      parts.push({ first, last: valleyAt - 1, bursts: 1 });
      first = valleyAt;
      peak = over;
      valley = Number.POSITIVE_INFINITY;
    }
  }
  parts.push({ first, last: span.last, bursts: 1 });
  return parts;
};

const isDeep = (before: number, after: number, valley: number): boolean => {
  const lower = Math.min(before, after);
  return lower - valley >= SETTINGS.splitDepth && valley <= lower * SETTINGS.splitShare;
};

/**
 * A movement that falls to a much lower level and stays there without ending, or has stood there before it rose, is two
 * episodes: somebody who stops beaming has not simply gone on.
 */
export const splitAtSteps = (t: Float64Array, v: Float64Array, span: Span, rule: SegmentRule): Span[] => {
  if (span.bursts > 1 || rule.whole === true) {
    return [span];
  }
  let peak = 0;
  for (let index = span.first; index <= span.last; index += 1) {
    peak = Math.max(peak, at(v, index) - rule.rest);
  }
  const low = rule.rest + peak - Math.max(SETTINGS.stepDepth, SETTINGS.stepShare * peak);
  let head = span.first;
  while (head <= span.last && at(v, head) <= low) {
    head += 1;
  }
  let tail = span.last;
  while (tail >= span.first && at(v, tail) <= low) {
    tail -= 1;
  }
  if (head > tail) {
    return [span];
  }
  const lasts = (first: number, last: number): boolean => last > first && at(t, last) - at(t, first) >= SETTINGS.stepMs;
  const parts: Span[] = [];
  let first = span.first;
  if (lasts(span.first, head - 1)) {
    // The step begins where the lower level is left, not where half the way is gone.
    const level = quantile(v.subarray(span.first, head), 0.5) + SETTINGS.plateau;
    let end = head - 1;
    while (end > span.first && at(v, end) > level) {
      end -= 1;
    }
    parts.push({ first: span.first, last: end, bursts: 1 });
    first = end + 1;
  }
  if (lasts(tail + 1, span.last)) {
    const level = quantile(v.subarray(tail + 1, span.last + 1), 0.5) + SETTINGS.plateau;
    let begin = tail + 1;
    while (begin < span.last && at(v, begin) > level) {
      begin += 1;
    }
    parts.push({ first, last: begin - 1, bursts: 1 }, { first: begin, last: span.last, bursts: 1 });
    return parts;
  }
  return [...parts, { first, last: span.last, bursts: 1 }];
};
