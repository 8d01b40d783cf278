/**
 * The score in a judge's reply as the published code reads it: the first match of `[\d][.]*[\d]*`. "8.5" is 8.5, but
 * "on a scale of 1-10: 7" is 1. `null` where there is no digit or the match is no number ("8..5").
 * Source: zeroQiaoba/AffectGPT@5ece54a, evaluation.py.
 */
export const publishedScore = (reply: string): number | null => {
  const match = /\d\.*\d*/.exec(reply)?.[0];
  const score = match === undefined ? Number.NaN : Number(match);
  return Number.isFinite(score) ? score : null;
};

/** The number after "score" or 分数 where one is named, else the first number that is not the end of a range. */
export const namedScore = (reply: string, low: number, high = 10): number | null => {
  const inside = (text: string | undefined): number | null => {
    const score = text === undefined ? Number.NaN : Number(text);
    return Number.isFinite(score) && score >= low && score <= high ? score : null;
  };
  const named = /(?:分数|得分|score)[^\d]{0,8}(\d+(?:\.\d+)?)(?!\s*[-–~到至/]\s*\d)/i.exec(reply)?.[1];
  const plain = /(?<![\d.\-–~到至/])(\d+(?:\.\d+)?)(?!\s*[-–~到至]\s*\d)(?![\d.])/.exec(reply)?.[1];
  return inside(named) ?? inside(plain);
};
