import { z } from 'zod';
import { invalidInput } from '../invalid-input.ts';
import type { WheelMaps } from '../metrics/emotion-wheel.ts';

const words = z.array(z.string());
const clusters = z.record(z.string(), z.string());

/** `wheel_mapping.json`: the content of the published `wheel_mapping.npz`. */
const wheels = z.record(z.string(), z.object({ level1: clusters, level2: clusters }));
const wheelMapping = z
  .object({
    format_mapping: z.record(z.string(), words),
    raw_mapping: z.record(z.string(), words),
    // The archive calls it `wheel_map_whole`.
    wheel_map: wheels.optional(),
    wheel_map_whole: wheels.optional(),
  })
  .transform(({ wheel_map, wheel_map_whole, ...maps }) => ({ ...maps, wheel_map: wheel_map ?? wheel_map_whole ?? {} }))
  .refine(({ wheel_map }) => Object.keys(wheel_map).length > 0, 'there is no wheel in it');

/**
 * The wheel maps of a parsed `wheel_mapping` file (JSON, or the arrays of the archive as plain objects).
 *
 * @throws WhyfaceError `input-invalid`
 */
export const wheelMapsOf = (value: unknown, name = 'The wheel mapping'): WheelMaps => {
  const result = wheelMapping.safeParse(value);
  if (!result.success) {
    throw invalidInput(`${name} is no wheel mapping: ${result.error.issues[0]?.message ?? 'not understood'}.`);
  }
  const file = result.data;
  return {
    format: new Map(Object.entries(file.format_mapping)),
    synonyms: new Map(Object.entries(file.raw_mapping)),
    wheels: new Map(
      Object.entries(file.wheel_map).map(([wheel, { level1, level2 }]) => [
        wheel,
        { level1: new Map(Object.entries(level1)), level2: new Map(Object.entries(level2)) },
      ]),
    ),
  };
};
