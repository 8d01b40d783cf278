import type { MovementName } from './movements.ts';

/** One movement over time, in milliseconds: it starts at `onsetMs`, is full from `apexFromMs` to `apexToMs`, gone at `offsetMs`. */
export type Course = {
  /** `lidsClose` is AU45; it is drawn by `lids.ts`. */
  movement: MovementName | 'lidsClose';
  strength: number;
  onsetMs: number;
  apexFromMs: number;
  apexToMs: number;
  offsetMs: number;
};

export const FRAMES_PER_SECOND = 25;
export const DURATION_MS = 6000;

const BOTH_BROWS = { strength: 1, onsetMs: 800, apexFromMs: 1200, apexToMs: 1600, offsetMs: 2000 };

/** What happens in the clip: both brows rise, a blink, the left brow rises alone, the smile fades and stays away. */
export const COURSES: readonly Course[] = [
  { movement: 'rightBrow', ...BOTH_BROWS },
  { movement: 'leftBrow', ...BOTH_BROWS },
  { movement: 'lidsClose', strength: 1, onsetMs: 2240, apexFromMs: 2320, apexToMs: 2360, offsetMs: 2480 },
  { movement: 'leftBrow', strength: 1, onsetMs: 2800, apexFromMs: 3200, apexToMs: 3600, offsetMs: 4000 },
  { movement: 'smileFades', strength: 1, onsetMs: 4400, apexFromMs: 5200, apexToMs: 9000, offsetMs: 10_000 },
];

/** What is spoken, and when it starts. The lips do not follow it: it is a voice beside the picture. */
export const SPOKEN = { text: 'I did not expect that.', startMs: 900 };

/** How far a course has come at a time, 0–1, without corners in it. */
export const levelAt = (course: Course, ms: number): number =>
  course.strength *
  Math.min(
    eased((ms - course.onsetMs) / (course.apexFromMs - course.onsetMs)),
    eased((course.offsetMs - ms) / (course.offsetMs - course.apexToMs)),
  );

const eased = (share: number): number => {
  const inside = Math.min(1, Math.max(0, share));
  return inside * inside * (3 - 2 * inside);
};

/** The slow sway of a head that is held still: pixels of the clip, and radians. */
export const swayAt = (ms: number): { x: number; y: number; turn: number } => ({
  x: 1.1 * Math.sin(ms / 910) + 0.4 * Math.sin(ms / 340 + 1),
  y: 0.8 * Math.sin(ms / 1130 + 2) + 0.3 * Math.sin(ms / 290),
  turn: 0.005 * Math.sin(ms / 1270 + 0.5),
});
