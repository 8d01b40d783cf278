import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysis as analysisSchema, type Percepts } from '../../src/contracts/index.ts';
import { canonicalJson, observe } from '../../src/observe/index.ts';
import { OPTIONS, observed } from './support.ts';
import { clipOf, course, subjectOf, timesOf } from './synthetic.ts';

const lively = (): Percepts =>
  clipOf([
    subjectOf({
      times: timesOf(6000),
      units: { AU12: course([{ onsetMs: 1000, apexMs: 2000, offsetMs: 3000, intensity: 4 }]), AU4: () => 0.3 },
      noise: 0.2,
    }),
  ]);

describe('an analysis', () => {
  it('has the same bytes twice, whatever the order of keys', async () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) {
        return value.map(reversed);
      }
      return typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, entry]) => [key, reversed(entry)]),
          )
        : value;
    };
    const first = await observed(lively());
    const again = await observed(lively());
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
    const shuffled = reversed(lively()) as Percepts;
    const other = await observe(shuffled, { purpose: 'unspecified', fps: 'all' }, { version: '0.0.0' });
    expect(canonicalJson(other)).toBe(canonicalJson(first));
  });

  it('has an id that changes with the clip, the options, the version and the models, and with nothing else', async () => {
    const percepts = lively();
    const { id } = await observed(percepts);
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    const changed = await Promise.all([
      observe({ ...percepts, clip: { ...percepts.clip, digest: '00'.repeat(32) } }, OPTIONS, { version: '0.0.0' }),
      observe(percepts, { ...OPTIONS, fps: 10 }, { version: '0.0.0' }),
      observe(percepts, OPTIONS, { version: '0.0.1' }),
      observe({ ...percepts, models: [] }, OPTIONS, { version: '0.0.0' }),
    ]);
    expect(new Set([id, ...changed.map((analysis) => analysis.id)]).size).toBe(5);
    const withMore = { ...OPTIONS, reasoner: 'llm' };
    expect((await observe(percepts, withMore, { version: '0.0.0' })).id).toBe(id);
  });

  it('numbers its observations o1, o2 … person by person and keeps to the schema', async () => {
    const times = timesOf(5000);
    const units = { AU12: course([{ onsetMs: 1000, apexMs: 2000, offsetMs: 3000, intensity: 4 }]) };
    const analysis = await observed(clipOf([subjectOf({ times, units }), subjectOf({ id: 'P2', times, units })]));
    expect(analysis.observations.map(({ id }) => id)).toEqual(analysis.observations.map((_, index) => `o${index + 1}`));
    const people = analysis.observations.map(({ subject }) => subject);
    expect(people).toEqual([...people].sort());
    expect(analysis.observations.every(({ text, subject }) => text.includes(subject ?? ''))).toBe(true);
    expect(analysisSchema.parse(analysis)).toEqual(analysis);
  });

  it('has no subject words where there is one person', async () => {
    expect((await observed(lively())).observations.some(({ text }) => text.includes('P1'))).toBe(false);
  });

  it('survives any numbers: nothing, one frame, NaN, infinities, times that do not rise, columns that are too short', async () => {
    const anything = fc.oneof(
      fc.double(),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null, 0, 5, 1e300),
    );
    const numbers = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1));
    const column = fc.oneof(
      fc.array(anything, { maxLength: 40 }),
      fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 40, maxLength: 40 }),
    );
    const subject = fc.record({
      id: fc.constant('P1'),
      t: fc.array(fc.oneof(fc.nat(20_000), fc.constantFrom(Number.NaN, -5, Number.POSITIVE_INFINITY)), {
        maxLength: 40,
      }),
      frame: fc.array(fc.nat(), { maxLength: 40 }),
      confidence: fc.array(numbers, { maxLength: 40 }),
      box: fc.record({
        x: fc.array(numbers),
        y: fc.array(numbers),
        width: fc.array(numbers),
        height: fc.array(numbers),
      }),
      interOcular: fc.array(numbers),
      head: fc.record({ yaw: column, pitch: column, roll: column }),
      gaze: fc.option(fc.record({ yaw: column, pitch: column })),
      actionUnits: fc.dictionary(
        fc.constantFrom('AU1', 'AU4', 'AU6', 'AU12', 'AU25', 'AU43', 'AU45'),
        fc.record({ both: column, left: fc.option(column), right: fc.option(column), threshold: numbers }),
      ),
      visibility: fc.dictionary(fc.constantFrom('mouth', 'brows'), column),
      sharpness: column,
      brightness: column,
      expression: fc.constant(null),
      affect: fc.option(fc.record({ valence: column, arousal: column })),
      blendshapes: fc.constant(null),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(subject, { maxLength: 2 }),
        fc.constantFrom('image', 'video'),
        async (subjects, kind) => {
          const base = clipOf([]);
          const percepts: Percepts = {
            ...base,
            clip: { ...base.clip, kind, fps: null, durationMs: kind === 'image' ? 0 : 20_000 },
            sampling: { fps: 30, frames: 40 },
            subjects: subjects.map((one, index) => ({ ...one, id: `P${index + 1}` })),
          };
          const analysis = await observed(percepts);
          const parsed = analysisSchema.safeParse(analysis);
          expect(parsed.error?.issues ?? []).toEqual([]);
          expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
          for (const { range } of analysis.observations) {
            expect(range.endMs).toBeGreaterThanOrEqual(range.startMs);
          }
          for (const { text } of analysis.observations) {
            expect(text).not.toMatch(/NaN|Infinity|undefined|null/);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
