import type { ActionUnitCode } from '../../../contracts/index.ts';
import fields from './movements.json' with { type: 'json' };

/**
 * How the points of the mesh move at intensity 5, hundredths of a centimetre: `AU12.left`, `AU26.both` …
 * Made by models/training/mesh_movements.py from real faces.
 */
const FIELDS = new Map<string, Float32Array>(
  Object.entries(fields).map(([name, values]) => [name, Float32Array.from(values, (value) => value / 100)]),
);

export type Side = 'both' | 'left' | 'right';

/** A unit's own field, or the field of the unit that looks the same (closed eyes are one movement). */
export const movementOf = (code: ActionUnitCode, side: Side): Float32Array | null =>
  FIELDS.get(`${code === 'AU43' ? 'AU45' : code}.${side}`) ?? null;

/** Adds what a unit moves, `weight` times its movement at intensity 5. */
export const addMovement = (shape: Float32Array, code: ActionUnitCode, side: Side, weight: number): void => {
  const field = movementOf(code, side);
  if (field === null) {
    if (side === 'both') {
      addMovement(shape, code, 'left', weight);
      addMovement(shape, code, 'right', weight);
    }
    return;
  }
  for (let index = 0; index < field.length; index += 1) {
    shape[index] = (shape[index] ?? 0) + weight * (field[index] ?? 0);
  }
};

/** Whether the mesh can show a unit. */
export const isMovable = (code: ActionUnitCode): boolean =>
  movementOf(code, 'both') !== null || movementOf(code, 'left') !== null;
