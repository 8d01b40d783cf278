import { ACTION_UNIT_CODES, type ActionUnitCode, type Percepts } from '../../src/contracts/index.ts';
import { buildPercepts, buildSubject } from '../support/record-builder.ts';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const PATTERNS: readonly (readonly ActionUnitCode[])[] = [
  ['AU6', 'AU12', 'AU25'], ['AU1', 'AU2', 'AU5', 'AU26', 'AU25'], ['AU1', 'AU4', 'AU15', 'AU17'], ['AU4', 'AU7', 'AU23', 'AU24'], ['AU9', 'AU10', 'AU17'], ['AU1', 'AU2', 'AU4', 'AU5', 'AU20', 'AU25'],
  ['AU14'], ['AU12'], ['AU4'], ['AU12', 'AU1', 'AU2'], ['AU12', 'AU15'], ['AU1', 'AU2'], [],
]; // biome-ignore format: one table

const FRAMES = 200;
const STEP_MS = 40;

/** A made-up face: a pattern of units with a unit or two of chance, some on one side, rising and falling at random times. */
export const randomPercepts = (seed: number, image: boolean): Percepts => {
  const random = randomFrom(seed);
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const frames = image ? 1 : FRAMES;
  const percepts = buildPercepts({ kind: image ? 'image' : 'video' });
  const subject = buildSubject(frames, image ? 0 : STEP_MS);
  const shown = new Set<ActionUnitCode | undefined>([
    ...(pick(PATTERNS) ?? []),
    ...(random() < 0.5 ? [pick(ACTION_UNIT_CODES)] : []),
    ...(random() < 0.3 ? [pick(ACTION_UNIT_CODES)] : []),
  ]);
  for (const code of ACTION_UNIT_CODES) {
    const columns = subject.actionUnits[code];
    const level = shown.has(code) ? 0.8 + random() * 4.2 : random() * 0.4;
    const start = random() * 4000;
    const length = 300 + random() * 3500;
    const constant = image || random() < 0.3;
    const silent = shown.has(code) && random() < 0.2 ? pick(['left', 'right'] as const) : undefined;
    const course = (side: 'left' | 'right' | 'both') =>
      subject.t.map((ms) => {
        const share = (ms - start) / length;
        const shape = constant ? 1 : share < 0 || share > 1 ? 0 : Math.sin(Math.PI * share);
        return Math.min(5, Math.max(0.1, (side === silent ? 0.2 : level) * shape));
      });
    if (columns !== undefined) {
      const left = columns.left === null ? null : course('left');
      const right = columns.right === null ? null : course('right');
      const both =
        left === null || right === null
          ? course('both')
          : left.map((value, index) => Math.max(value, right[index] ?? 0));
      subject.actionUnits[code] = { ...columns, left, right, both };
    }
  }
  const yaw = random() < 0.4 ? (random() - 0.5) * 60 : 2;
  subject.head.yaw = subject.t.map((ms) => (ms > 2000 && ms < 4000 ? yaw : 2));
  if (seed % 7 === 0) {
    subject.visibility.brows = subject.t.map(() => 0.1);
  }
  return {
    ...percepts,
    clip: { ...percepts.clip, durationMs: image ? 0 : FRAMES * STEP_MS },
    sampling: { fps: image ? 0 : 25, frames },
    frames: { t: subject.t, frame: subject.frame },
    subjects: [subject],
  };
};
