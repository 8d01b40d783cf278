import { dirname, join, resolve } from 'node:path';
import { invalidInput } from '../invalid-input.ts';
import type { WheelMaps } from '../metrics/emotion-wheel.ts';
import { isFolder } from './input-file.ts';
import { readWheels } from './wheels.ts';

const FOLDERS = ['wheels-mer2025', 'emotion_wheel', 'wheels', 'wheels-mer2026'] as const;
const LEVELS = 5;

/** The folder of wheels that lies beside a file or above it; `null` where there is none. */
export const findWheels = async (start: string): Promise<string | null> => {
  let folder = resolve(start);
  for (let level = 0; level < LEVELS; level += 1) {
    for (const name of FOLDERS) {
      for (const candidate of [join(folder, name), join(folder, 'emer', name), join(folder, 'AffectGPT', name)]) {
        if (await isFolder(candidate)) {
          return candidate;
        }
      }
    }
    if (dirname(folder) === folder) {
      break;
    }
    folder = dirname(folder);
  }
  return null;
};

/**
 * The wheels that were named, or those found near the input.
 *
 * @throws WhyfaceError `input-invalid` where there are none.
 */
export const wheelsFor = async (
  named: string | undefined,
  near: readonly string[],
): Promise<{ path: string; maps: WheelMaps }> => {
  const found = named ?? (await firstFound(near));
  if (found === null) {
    throw invalidInput(
      'The emotion wheels are needed (format.csv, synonym.xlsx, wheel1.xlsx … or wheel_mapping.npz); name their folder with --wheels. "whyface eval fetch" says where they are published.',
    );
  }
  return { path: found, maps: await readWheels(found) };
};

const firstFound = async (near: readonly string[]): Promise<string | null> => {
  for (const start of near) {
    const found = await findWheels(start);
    if (found !== null) {
      return found;
    }
  }
  return null;
};
