/** What `pandas.read_csv` takes for a missing value. */
const PANDAS_MISSING: ReadonlySet<string> = new Set([
  '', '#N/A', '#N/A N/A', '#NA', '-1.#IND', '-1.#QNAN', '-NaN', '-nan', '1.#IND', '1.#QNAN', '<NA>', 'N/A', 'NA', 'NULL',
  'NaN', 'None', 'n/a', 'nan', 'null',
]); // biome-ignore format: one table

/**
 * A list of labels as published prediction files write it: `"['happy', 'sad']"`, `[happy, sad]`, `happy, sad`.
 * Strips one leading `[` and one trailing `]`, splits on `'`, `"` and `,`, trims, lower-cases and drops empty parts: the
 * published behaviour, malformed lists included (zeroQiaoba/MERTools, MER2024 toolkit/utils/functions.py). Cells that
 * pandas takes for missing (`nan`, `None`, `NULL` …) are empty lists there, and here.
 */
export const parseLabelList = (text: string): string[] => {
  if (PANDAS_MISSING.has(text)) {
    return [];
  }
  let body = text;
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

/** Whether a list is written as one: `[a, b]` with plain or quoted entries and nothing odd left over. */
export const isWellFormedList = (text: string): boolean => {
  const body = /^\s*\[(.*)\]\s*$/s.exec(text)?.[1];
  return body === undefined ? !/[[\]]/.test(text) : !/[[\]]/.test(body) && !/,\s*,/.test(body);
};
