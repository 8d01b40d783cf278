/**
 * What has no business in words: control characters, direction and zero-width marks, soft hyphens, variation selectors,
 * private-use and unassigned characters, and the invisible "tag" characters that can spell out a hidden text.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]+/gu;

/** Untrusted text on one line: invisible characters gone, white space single, no longer than `maximum` characters. */
export const cleanText = (text: string, maximum: number): string => {
  const clean = text
    .normalize('NFC')
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(INVISIBLE, '')
    .replace(/[\s\p{Zs}]+/gu, ' ')
    .trim();
  const characters = [...clean];
  return characters.length <= maximum ? clean : `${characters.slice(0, maximum).join('').trimEnd()} …`;
};
