/**
 * A list of labels as published prediction files write it: `"['happy', 'sad']"`, `[happy, sad]`, `happy, sad`.
 * Strips one leading `[` and one trailing `]`, splits on `'`, `"` and `,`, trims, lower-cases and drops empty parts: the
 * published behaviour, malformed lists included (zeroQiaoba/MERTools, MER2024 toolkit/utils/functions.py).
 */
export const parseLabelList = (text: string): string[] => {
  let body = text.trim();
  if (body.startsWith('[')) {
    body = body.slice(1);
  }
  if (body.endsWith(']')) {
    body = body.slice(0, -1);
  }
  return body
    .split(/['",]/)
    .map((label) => label.trim().toLowerCase())
    .filter((label) => label !== '');
};

/**
 * A list of lists as GPT-3.5 wrote the synonym groups (`"[['glad', 'happy'], ['sad']]"`), read as the published code
 * reads it: split on brackets, each piece a label list.
 */
export const parseLabelGroups = (text: string): string[][] =>
  text
    .split(/[[\]]/)
    .map((group) => parseLabelList(group))
    .filter((group) => group.length > 0);
