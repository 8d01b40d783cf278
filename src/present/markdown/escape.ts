import { plain } from '../view/plain.ts';

/**
 * Untrusted words as Markdown text: nothing in them becomes a link, picture, heading, list, mention, HTML or formula.
 * (CommonMark: any ASCII punctuation may be escaped with a backslash; `<` and `&` as entities also hold in HTML blocks.)
 */
export const markdownText = (text: string): string =>
  plain(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]#|~!$]/g, '\\$&')
    .replace(/^(\s*)([-+=]|\d+[.)])/, '$1\\$2')
    // GitHub makes links of bare addresses, mentions and issue numbers; a zero-width-free way to stop that is an entity.
    .replace(/:\/\//g, '&#58;//')
    .replace(/\bwww\./gi, (match) => `${match.slice(0, 3)}&#46;`)
    .replace(/@/g, '&#64;');
