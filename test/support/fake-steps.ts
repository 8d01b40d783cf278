import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Explanation, Percepts } from '../../src/contracts/index.ts';
import type { Steps } from '../../src/jobs/steps.ts';
import { type ErrorCode, WhyfaceError } from '../../src/kit/error.ts';
import { buildAnalysis, buildExplanation, buildPercepts, buildStill } from './record-builder.ts';

/** What a fake clip makes the fake steps do: its bytes are this, as JSON, and perhaps a marker. */
export type FakeClip = {
  /** How long it takes to measure. */
  milliseconds?: number;
  /** Ends with this error. */
  fails?: ErrorCode;
  retryable?: boolean;
  /** Distinguishes clips, and must be gone after deletion. */
  marker?: string;
};

export const fakeClip = (clip: FakeClip = {}): string => JSON.stringify({ fake: true, ...clip });

export type FakeSteps = Steps & {
  /** How often clips were measured, by marker. */
  readonly measured: Map<string, number>;
  /** Measurements that were told to stop. */
  readonly stopped: string[];
  /** Largest number of measurements at once. */
  peak(): number;
};

/** Steps that take as long as the clip says and measure what a builder made. The marker stands in the measurements. */
export const createFakeSteps = (): FakeSteps => {
  const measured = new Map<string, number>();
  const stopped: string[] = [];
  let running = 0;
  let peak = 0;
  return {
    measured,
    stopped,
    peak: () => peak,
    perceive: async (path, _options, { signal, onProgress }) => {
      const bytes = await readFile(path);
      const clip: FakeClip = JSON.parse(bytes.toString());
      const marker = clip.marker ?? '';
      measured.set(marker, (measured.get(marker) ?? 0) + 1);
      running += 1;
      peak = Math.max(peak, running);
      try {
        for (let done = 0; done < 10; done += 1) {
          onProgress?.({ stage: 'perceive', done, total: 10 });
          await wait((clip.milliseconds ?? 0) / 10, undefined, { signal });
        }
      } catch (thrown) {
        stopped.push(marker);
        throw new WhyfaceError({ code: 'aborted', stage: 'perceive', message: 'Interrupted.', cause: thrown });
      } finally {
        running -= 1;
      }
      if (clip.fails !== undefined) {
        throw new WhyfaceError({
          code: clip.fails,
          stage: 'media',
          message: `${path} cannot be used.`,
          retryable: clip.retryable ?? false,
        });
      }
      const percepts = buildPercepts();
      return {
        ...percepts,
        clip: { ...percepts.clip, digest: createHash('sha256').update(bytes).digest('hex') },
        warnings: [{ code: 'fake', message: `Marker ${marker}` }],
      };
    },
    observe: async (percepts: Percepts) => ({
      ...buildAnalysis(),
      clip: percepts.clip,
      warnings: percepts.warnings,
    }),
    allowed: (percepts) => percepts,
    explain: async (analysis, { purpose }, { signal }): Promise<Explanation[]> => {
      if (purpose === 'workplace' || purpose === 'education') {
        throw new WhyfaceError({ code: 'purpose-refused', stage: 'config', message: 'Refused for this purpose.' });
      }
      signal.throwIfAborted();
      return [buildExplanation({ analysisId: analysis.id })];
    },
    stills: async () => [buildStill()],
    check: () => undefined,
    refuses: (purpose) => purpose === 'workplace' || purpose === 'education',
  };
};
