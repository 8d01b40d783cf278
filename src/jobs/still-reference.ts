import { z } from 'zod';

/** A picture that is kept with an analysis, as it is stored; its bytes are a blob. */
export const stillReference = z.object({
  subject: z.string(),
  role: z.enum(['apex', 'baseline']).optional(),
  ms: z.number(),
  key: z.string(),
  width: z.number(),
  height: z.number(),
  landmarks: z.array(z.tuple([z.number(), z.number()])),
});
