/** The part of OpenAI's chat completions that whyface speaks. What it does not know it ignores, as other servers do. */
import { z } from 'zod';

const url = z.object({ url: z.string().min(1) });

const contentPart = z.union([
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({
    type: z.literal('image_url'),
    image_url: z.union([url, z.string().transform((text) => ({ url: text }))]),
  }),
  z.object({
    type: z.literal('video_url'),
    video_url: z.union([url, z.string().transform((text) => ({ url: text }))]),
  }),
  z.object({
    type: z.literal('input_audio'),
    input_audio: z.object({ data: z.string().min(1), format: z.string().max(20) }),
  }),
  z.object({
    type: z.literal('file'),
    file: z.object({ file_data: z.string().min(1), filename: z.string().max(300).optional() }),
  }),
]);
export type ContentPart = z.infer<typeof contentPart>;

const content = z.union([z.string(), z.array(contentPart)]).nullish();

export const completionRequest = z
  .object({
    model: z.string().min(1).max(120),
    messages: z
      .array(z.object({ role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']), content }))
      .min(1)
      .max(400),
    stream: z.boolean().nullish(),
    stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
    n: z.int().nullish(),
    metadata: z.record(z.string(), z.string()).nullish(),
    // Where models and keys lie is the operator's matter, never a request's.
    base_url: z.never({ error: 'is not taken from requests' }).optional(),
    api_key: z.never({ error: 'is not taken from requests' }).optional(),
  })
  .describe('OpenAI chat completion request');
export type CompletionRequest = z.infer<typeof completionRequest>;

export const completionResponse = z.object({
  id: z.string(),
  object: z.literal('chat.completion'),
  created: z.int(),
  model: z.string(),
  choices: z.array(
    z.object({
      index: z.int(),
      message: z.object({ role: z.literal('assistant'), content: z.string(), refusal: z.null() }),
      logprobs: z.null(),
      finish_reason: z.literal('stop'),
    }),
  ),
  usage: z.object({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() }),
  whyface: z
    .looseObject({})
    .describe('What OpenAI has no place for: the id of the analysis, and the whole answer with evidence and verdicts'),
});

export const MODEL = 'whyface';
