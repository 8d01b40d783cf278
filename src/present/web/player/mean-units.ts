import type { ActionUnitCode, TimeRange } from '../../../contracts/index.ts';
import type { Tracks } from '../worker/tracks.ts';

/** Mean of what each unit measures above its threshold over a stretch of time, by person. `null`: over the whole clip. */
export const meanUnits = (tracks: Tracks, range: TimeRange | null): Map<string, Map<ActionUnitCode, number>> =>
  new Map(
    tracks.subjects.map(({ id, t, units }) => [
      id,
      new Map(
        units.map(({ code, both, threshold }) => {
          let sum = 0;
          let count = 0;
          for (const [index, ms] of t.entries()) {
            if (range === null || (ms >= range.startMs && ms < range.endMs)) {
              const value = both.values[index] ?? Number.NaN;
              sum += value >= threshold ? value : 0;
              count += 1;
            }
          }
          return [code, count === 0 ? 0 : sum / count];
        }),
      ),
    ]),
  );
