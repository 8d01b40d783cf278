/** `[-][h:]mm:ss[.,fraction]`, h up to 4 digits. Bounded repetitions only: no backtracking worth the name. */
const TIME = String.raw`(-?)\s?(?:(-?\d{1,4}):)?(-?\d{1,4}):(-?\d{1,2})(?:[.,](\d{1,9}))?`;
const ONE = new RegExp(`^${TIME}$`);
const LINE = new RegExp(`^\\s{0,40}${TIME}\\s{0,40}--?>\\s{0,40}${TIME}(?:\\s|$)`);

const millisecondsOf = (groups: readonly (string | undefined)[]): number => {
  const [sign = '', hours = '0', minutes = '0', seconds = '0', fraction = '0'] = groups;
  const negative = [sign, hours, minutes, seconds].some((part) => part.startsWith('-'));
  const whole =
    Math.abs(Number(hours)) * 3_600_000 + Math.abs(Number(minutes)) * 60_000 + Math.abs(Number(seconds)) * 1000;
  const ms = whole + Math.round(Number(`0.${fraction}`) * 1000);
  return negative ? -ms : ms;
};

/** Milliseconds of `00:01:02,345`, `01:02.345` or `-00:00:01.000`; `null` for anything else. */
export const cueTime = (text: string): number | null => {
  const match = text.length > 40 ? null : ONE.exec(text);
  return match === null ? null : millisecondsOf(match.slice(1, 6));
};

/** The times of an SRT or VTT timing line; `null` for any other line. Looks at its first 200 characters only. */
export const timingLine = (line: string): { startMs: number; endMs: number } | null => {
  if (!line.includes('>')) {
    return null;
  }
  const match = LINE.exec(line.slice(0, 200));
  return match === null
    ? null
    : { startMs: millisecondsOf(match.slice(1, 6)), endMs: millisecondsOf(match.slice(6, 11)) };
};
