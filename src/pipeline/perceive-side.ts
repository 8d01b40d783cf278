/** From a file to percepts. Node only: everything that decodes or infers runs in the perception's child processes. */
import type { Explanation, ObserveOptions, Percepts, Still } from '../contracts/index.ts';
import type { OnProgress } from '../kit/progress.ts';
import type { MeasurementReader } from '../perceive/import/index.ts';
import type { Perception } from '../perceive/index.ts';
import { wordsOfClip } from '../perceive/speech/words-of-clip.ts';
import { inferenceAllowed, withoutInference } from './purpose.ts';

export type PerceiveContext = {
  signal?: AbortSignal | undefined;
  onProgress?: OnProgress | undefined;
  /** A file with the words of the clip; without it, one beside the clip that carries its name. */
  transcript?: string | undefined;
  /** Which input of a file of measurements, where it holds several. */
  part?: string | undefined;
};

/** What measures files, and what reads measurements that others made. */
export type Perceivers = { perception: Perception; measurements: MeasurementReader };

/** Measures one file, or reads the measurements in it; expression and affect stay empty where the purpose refuses inference. */
export const perceiveClip = async (
  { perception, measurements }: Perceivers,
  path: string,
  options: ObserveOptions,
  context: PerceiveContext,
): Promise<Percepts> => {
  const { transcript, part, signal, onProgress } = context;
  const brought = await measurements.read(path, { part, signal });
  const measured =
    brought ??
    (await perception.measure(path, { fps: options.fps, landmarks: options.landmarks === true, signal, onProgress }));
  // Beside a table may lie a file of the same name that is anything; beside a clip it is its words.
  const words =
    brought === null || transcript !== undefined
      ? await wordsOfClip({
          path,
          clip: measured.clip,
          transcript,
          heard: measured.voice?.segments ?? null,
          media: brought === null ? (heard) => perception.words(path, { heard, signal }) : undefined,
        })
      : { speech: null, warnings: [] };
  const percepts: Percepts = {
    ...measured,
    ...(words.speech === null ? {} : { speech: words.speech }),
    warnings: [...measured.warnings, ...words.warnings],
  };
  return inferenceAllowed(options.purpose) ? percepts : withoutInference(percepts, options.purpose);
};

/** One picture for each explanation: the moment at which the cited action units are strongest. */
export const apexStills = async (
  perception: Perception,
  path: string,
  percepts: Percepts,
  moments: ReadonlyArray<{ subject: string; ms: number }>,
  context: PerceiveContext,
): Promise<Still[]> => {
  const requests = moments.flatMap(({ subject: id, ms }) => {
    const subject = percepts.subjects.find((candidate) => candidate.id === id);
    const index = subject === undefined ? -1 : nearestIndex(subject.t, ms);
    const { x, y, width, height } = subject?.box ?? { x: [], y: [], width: [], height: [] };
    const [left, top, across, down, at] = [x[index], y[index], width[index], height[index], subject?.t[index]];
    if (left === undefined || top === undefined || across === undefined || down === undefined || at === undefined) {
      return [];
    }
    return [{ subject: id, ms: at, box: { x: left, y: top, width: across, height: down } }];
  });
  return requests.length === 0 ? [] : perception.stills(path, requests, context);
};

/**
 * The time at which the cited action units of an explanation, taken together, are strongest in the percepts. The middle
 * of a blink is taken only where there is nothing else, or where closed eyes are cited: it shows a face with its eyes shut.
 */
export const apexOf = (percepts: Percepts, explanation: Explanation, cited: ReadonlySet<string>): number | null => {
  const subject = percepts.subjects.find((candidate) => candidate.id === explanation.subject);
  if (subject === undefined) {
    return null;
  }
  const columns = Object.entries(subject.actionUnits).filter(([code]) => cited.size === 0 || cited.has(code));
  const lids = cited.has('AU43') || cited.has('AU45') ? undefined : subject.actionUnits.AU45;
  let best: { ms: number; strength: number } | null = null;
  for (const [index, ms] of subject.t.entries()) {
    if (ms < explanation.range.startMs || (explanation.range.endMs > 0 && ms >= explanation.range.endMs)) {
      continue;
    }
    const blinks = lids !== undefined && (lids.both[index] ?? 0) >= lids.threshold;
    const strength = columns.reduce(
      (sum, [, column]) => sum + Math.max(0, (column.both[index] ?? 0) - column.threshold),
      blinks ? Number.MIN_SAFE_INTEGER : 0,
    );
    if (best === null || strength > best.strength) {
      best = { ms, strength };
    }
  }
  return best?.ms ?? null;
};

const nearestIndex = (times: readonly number[], ms: number): number => {
  let best = -1;
  for (const [index, time] of times.entries()) {
    const current = times[best];
    if (current === undefined || Math.abs(time - ms) < Math.abs(current - ms)) {
      best = index;
    }
  }
  return best;
};
