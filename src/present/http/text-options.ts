import { z } from 'zod';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** A value that came as text (query, form field): as it is where the schema takes it so, else as JSON (`true`, `12`). */
const fromText =
  (schema: z.ZodType) =>
  (value: unknown): unknown =>
    typeof value !== 'string' || schema.safeParse(value).success ? value : parsed(value);

/** The same options, each optional, without its default, and readable from text. Unknown ones stay refused. */
export const textOptions = (shape: Readonly<Record<string, z.ZodType>>): z.ZodObject<Record<string, z.ZodType>> =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(shape).map(([name, given]) => {
        const schema = given instanceof z.ZodDefault ? z.unknown().pipe(given.unwrap()) : given;
        return [name, z.preprocess(fromText(schema), schema).optional()];
      }),
    ),
  );
