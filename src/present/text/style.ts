/** Terminal styling; the plain form changes nothing. */
export type Style = {
  strong(text: string): string;
  faint(text: string): string;
  accent(text: string): string;
  bad(text: string): string;
  struck(text: string): string;
};

const wrap =
  (open: number, close: number) =>
  (text: string): string =>
    `\u001b[${open}m${text}\u001b[${close}m`;

export const ANSI_STYLE: Style = {
  strong: wrap(1, 22),
  faint: wrap(2, 22),
  accent: wrap(36, 39),
  bad: wrap(31, 39),
  struck: wrap(9, 29),
};

const same = (text: string): string => text;

export const PLAIN_STYLE: Style = { strong: same, faint: same, accent: same, bad: same, struck: same };
