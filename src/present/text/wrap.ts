/**
 * Breaks words into lines of at most `width` columns, the first with `first` before it and the others with `rest`.
 * A word longer than the line stands alone.
 */
export const wrapped = (
  text: string,
  { width, first, rest }: { width: number; first: string; rest: string },
): string[] => {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(/ +/)) {
    if (!empty && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line = empty ? `${line}${word}` : `${line} ${word}`;
    empty = false;
  }
  return [...lines, line];
};

// East Asian wide and fullwidth characters take two columns of a terminal (Unicode Standard Annex #11), near enough.
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/gu;

const columns = (text: string): number => [...text].length + (text.match(WIDE)?.length ?? 0);
