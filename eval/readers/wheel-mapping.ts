import { z } from 'zod';
import type { WheelMaps } from '../metrics/emotion-wheel.ts';

const words = z.array(z.string());
const clusters = z.record(z.string(), z.string());

/** `wheel_mapping.json`: the content of the published `wheel_mapping.npz`. */
const wheelMapping = z.object({
  format_mapping: z.record(z.string(), words),
  raw_mapping: z.record(z.string(), words),
  wheel_map: z.record(z.string(), z.object({ level1: clusters, level2: clusters })),
});

/** The wheel maps of a parsed `wheel_mapping` file. */
export const wheelMapsOf = (value: unknown): WheelMaps => {
  const file = wheelMapping.parse(value);
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
