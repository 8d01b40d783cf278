/** The HTTP service (DESIGN §5): what comes in, what goes out. */
import { z } from 'zod';
import { analysis } from './analysis.ts';
import { explanation } from './explanation.ts';
import { job, jobPriority } from './job.ts';
import { explainOptions, observeOptions } from './options.ts';
import { percepts } from './percepts.ts';
import { recordError } from './record.ts';

/** Id of an analysis in the service: the same owner, clip, options and version give the same id. */
export const analysisResourceId = z.string().regex(/^an_[0-9a-f]{24}$/);

/** What may be asked of an analysis. Unknown options are refused, so that a misspelt one is noticed. */
export const analysisOptions = z.strictObject({
  ...observeOptions.shape,
  ...explainOptions.shape,
  explain: z.boolean().default(true).describe('false: measurements only'),
  stills: z
    .boolean()
    .default(false)
    .describe('Keep a picture of each face at its apex, until the analysis is deleted or idle for too long'),
});
export type AnalysisOptions = z.infer<typeof analysisOptions>;
/** As a caller gives them: what is left out has its default. */
export type GivenAnalysisOptions = z.input<typeof analysisOptions>;

/** How the answer is wanted; no part of the analysis' identity. */
export const submitOptions = z.strictObject({
  wait: z
    .number()
    .min(0)
    .max(600)
    .default(25)
    .describe('Seconds to wait for the result before 202 and a job; 0: do not wait'),
  priority: jobPriority.default('normal'),
});
export type SubmitOptions = z.infer<typeof submitOptions>;

const givenOptions = z.record(z.string(), z.unknown()).optional().describe('As the query of the same names');

/** A JSON body of `POST /v1/analyses`: a web address, or measurements that were made elsewhere. */
export const analysisJsonBody = z.union([
  z.strictObject({
    url: z.url().max(2_000).describe('Of an allow-listed host; off unless the server allows some'),
    transcript: z
      .string()
      .max(1_000_000)
      .optional()
      .describe('The words: the text of an SRT, WebVTT, JSON or plain file'),
    options: givenOptions,
  }),
  z.strictObject({ percepts, options: givenOptions }),
  z.strictObject({ analysis, options: givenOptions }),
]);
export type AnalysisJsonBody = z.infer<typeof analysisJsonBody>;

/** A clip and what is known of it. */
export const analysisResource = z.object({
  object: z.literal('analysis'),
  id: analysisResourceId,
  input: z.string().nullable().describe('The name it was given: a label'),
  options: analysisOptions,
  job,
  analysis: analysis.nullable().describe('null until it is measured'),
  explanations: z
    .array(explanation)
    .describe('Empty until reasoned, and where the purpose refuses readings of emotion'),
  stills: z.array(z.object({ subject: z.string(), ms: z.int(), href: z.string() })),
  error: recordError.nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable().describe('When it goes unless it is read before; null: kept'),
});
export type AnalysisResource = z.infer<typeof analysisResource>;

/** What `POST …/explanations` takes; strict: models and addresses are the operator's, never a request's. */
export const explanationRequest = z.strictObject(explainOptions.partial().shape);
export type ExplanationRequest = z.infer<typeof explanationRequest>;

export const explanationsResponse = z.object({ object: z.literal('list'), data: z.array(explanation) });

/** What was removed. Holds nothing of the content. */
export const deletionReceipt = z.object({
  object: z.literal('deletion-receipt'),
  id: analysisResourceId,
  deleted: z.literal(true),
  clipDigest: z.string().nullable().describe('sha256 of the clip, so that the receipt can be matched to a file'),
  removed: z.object({
    records: z.int().nonnegative().describe('Rows of the database'),
    files: z.int().nonnegative(),
    bytes: z.int().nonnegative().describe('In files'),
  }),
  cancelledJob: z.boolean().describe('Whether it was still being worked on'),
  at: z.iso.datetime(),
});
export type DeletionReceipt = z.infer<typeof deletionReceipt>;

/** Everything held about one clip. */
export const clipExport = z.object({
  object: z.literal('export'),
  resource: analysisResource,
  percepts: percepts.nullable(),
  events: z.array(z.object({ id: z.int(), event: z.unknown() })),
  stills: z.array(z.object({ subject: z.string(), ms: z.int(), jpegBase64: z.string() })),
  corrections: z.array(z.unknown()),
  clip: z
    .object({ bytes: z.int(), held: z.boolean() })
    .nullable()
    .describe('The clip itself; held only while the analysis runs'),
  audit: z.array(z.object({ at: z.iso.datetime(), action: z.string(), client: z.string() })),
  at: z.iso.datetime(),
});
export type ClipExport = z.infer<typeof clipExport>;

/** Every error, in the shape that clients of OpenAI's API know. */
export const apiError = z.object({
  error: z.object({
    message: z.string().describe('One sentence for a person'),
    type: z.enum([
      'invalid_request_error',
      'authentication_error',
      'permission_error',
      'not_found_error',
      'conflict_error',
      'rate_limit_error',
      'server_error',
    ]),
    code: z.string().describe('A code of whyface, e.g. media-unsupported'),
    param: z.string().nullable().describe('The option or field that is wrong'),
  }),
});
export type ApiError = z.infer<typeof apiError>;

/** `/health/ready`: each condition by name. */
export const readiness = z.object({
  status: z.enum(['ready', 'not-ready']),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string().nullable() })),
});
export type Readiness = z.infer<typeof readiness>;
