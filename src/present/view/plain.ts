/**
 * Untrusted words (file names, speech, model answers) made fit for a terminal or a table: one line, without escape
 * sequences, control characters or characters that turn the writing direction.
 */
export const plain = (text: string): string =>
  text
    .replace(ESCAPE_SEQUENCE, '')
    .replace(/[\p{Zl}\p{Zp}\t\r\n\v\f]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '');

// ECMA-48: CSI … final byte, OSC … BEL or ST, and two-character escapes; written by code point so that the source
// holds no control character itself.
const ESC = '\\u001b';
const ESCAPE_SEQUENCE = new RegExp(
  `(?:${ESC}\\[|\\u009b)[0-?]*[ -/]*[@-~]|(?:${ESC}\\]|\\u009d)[^\\u0007${ESC}]*(?:\\u0007|${ESC}\\\\)?|${ESC}[ -/]*[0-~]`,
  'gu',
);
