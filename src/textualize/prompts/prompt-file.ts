/** One version of one prompt file, as `prompts/build.ts` embeds it (Workers have no files). */
export type PromptFile = {
  id: string;
  version: number;
  /** `system` prompts are only ever the first message of another. */
  role: 'system' | 'user';
  /** The system prompt that goes before it: `analyst@1`. */
  system: string | null;
  inputs: readonly string[];
  /** What it asks for: `lines`, `model-answer`, `translations`; `none` for a system prompt. */
  output: string;
  /** Of the file's bytes. */
  sha256: string;
  /** Of the bytes of the system prompt followed by the file's: what goes into answers. */
  combinedSha256: string;
  body: string;
};
