import { readFile } from 'node:fs/promises';
import { type Analysis, analysis, type Explanation, explanation, type Percepts } from '../../contracts/index.ts';

export type BroughtRecord = { analysis: Analysis; explanations: Explanation[]; percepts: Percepts | null };

/**
 * An analysis that was saved before: the output of `explain --format json` or `observe --format json`, or an analysis by
 * itself. `null` for everything else, which is then measured.
 */
export const readRecord = async (path: string): Promise<BroughtRecord | null> => {
  if (!/\.json$/i.test(path)) {
    return null;
  }
  const text = await readFile(path, 'utf8').catch(() => null);
  const value = text === null ? null : parsed(text);
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const whole = analysis.safeParse(first).data;
  if (whole !== undefined) {
    return { analysis: whole, explanations: [], percepts: null };
  }
  const held =
    typeof first === 'object' && first !== null && 'analysis' in first
      ? analysis.safeParse(first.analysis).data
      : undefined;
  const told =
    typeof first === 'object' && first !== null && 'explanations' in first
      ? explanation.array().safeParse(first.explanations).data
      : undefined;
  return held === undefined ? null : { analysis: held, explanations: told ?? [], percepts: null };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
