/** What the tools take and give. */
import { z } from 'zod';
import {
  chatAnswer,
  chatMessage,
  claim,
  clipFacts,
  explanation,
  milliseconds,
  notMeasured,
  observationId,
  subjectId,
} from '../../contracts/index.ts';

const remote = {
  analysisId: z.string().max(64).optional().describe('Of an earlier call; nothing is measured again'),
  url: z.url().max(2_000).optional().describe('Of a host that the server allows'),
  data: z.string().optional().describe('The file itself, base64 or a data URL'),
};

/** How a clip is named; `path` only where the caller sits on the same machine. */
export const clipFields = (takesPaths: boolean) => ({
  ...remote,
  ...(takesPaths ? { path: z.string().max(4_096).optional().describe('A file of this machine') } : {}),
});

const seconds = z.number().min(0).optional();

export const observeOutput = z.object({
  analysisId: z.string(),
  clip: clipFacts,
  people: z.array(
    z.object({ id: subjectId, firstMs: milliseconds, lastMs: milliseconds, speaks: z.boolean().nullable() }),
  ),
  observations: z.array(
    z.object({
      id: observationId,
      kind: z.string(),
      subject: subjectId.nullable(),
      startMs: milliseconds,
      endMs: milliseconds,
      confidence: z.number(),
      text: z.string(),
    }),
  ),
  notMeasured: z.array(notMeasured),
});

export const explainFields = {
  subject: z
    .string()
    .regex(/^(?:P\d+|all)$/)
    .optional()
    .describe('P1, P2 … or all (default)'),
  fromSeconds: seconds,
  toSeconds: seconds,
};
export const explainOutput = z.object({ analysisId: z.string(), explanations: z.array(explanation) });

export const askFields = {
  question: z.string().min(1).max(4_000),
  history: z.array(chatMessage).max(100).optional().describe('What was said before, oldest first'),
};
export const askOutput = z.object({ analysisId: z.string(), answer: chatAnswer });

export const scoreFields = {
  text: z
    .string()
    .min(1)
    .max(20_000)
    .describe(
      'The explanation, with the ids of its evidence in square brackets after each sentence: "The lips part [o3]."',
    ),
  reference: z.string().max(20_000).optional().describe('What a person wrote of the same clip; adds overlap scores'),
};
export const scoreOutput = z.object({
  analysisId: z.string(),
  score: z.number().describe('Supported claims among those that can be checked, 0–1'),
  sentences: z.array(z.object({ text: z.string(), cites: z.array(z.string()) })),
  claims: z.array(claim.omit({ cites: true }).extend({ cites: z.array(z.string()) })),
  overlap: z
    .record(z.string(), z.number())
    .nullable()
    .describe('Against the reference, as POST /v1/scores gives it; null without one'),
});
