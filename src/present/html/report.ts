import { createHash } from 'node:crypto';
import { VERSION } from '../../kit/version.ts';
import type { ExplainOutcome, Renderer } from '../outcome.ts';
import { confidenceText, headline, sharedName } from '../view/words.ts';
import { type Markup, markup, trusted } from './markup.ts';
import { explanationPrefix, recordSection } from './record-section.ts';
import { SCRIPT } from './script.ts';
import { STYLESHEET } from './stylesheet.ts';

/**
 * One HTML file that needs nothing else: pictures, styles and the few lines of script are in it, and its content
 * security policy forbids every request. Sections are kept as they come, because the index stands before them.
 */
export const createHtmlRenderer = (): Renderer<ExplainOutcome> => {
  const sections: Markup[] = [];
  const entries: IndexEntry[] = [];
  return {
    begin: () => '',
    add: (outcome) => {
      const prefix = `r${sections.length + 1}`;
      sections.push(recordSection(outcome, prefix));
      entries.push(...indexEntries(outcome, prefix));
      return [];
    },
    end: () => `<!doctype html>\n${page(sections, entries)}\n`,
  };
};

type IndexEntry = { href: string; name: string; words: string; failed: boolean };

const indexEntries = ({ record }: ExplainOutcome, prefix: string): IndexEntry[] => {
  const { analysis, explanations, error } = record;
  const input = sharedName(record.input);
  if (analysis === null || explanations.length === 0) {
    return [{ href: prefix, name: input, words: error?.message ?? 'nothing to explain', failed: true }];
  }
  return explanations.map(({ subject, judgement }, index) => ({
    href: explanationPrefix(prefix, index),
    name: analysis.subjects.length > 1 && subject !== null ? `${input} · ${subject}` : input,
    words: `${headline(judgement)}, ${confidenceText(judgement)}`,
    failed: false,
  }));
};

const page = (sections: readonly Markup[], entries: readonly IndexEntry[]): Markup => {
  const [only] = entries;
  const title =
    entries.length === 1 && only !== undefined ? `${only.name}: ${only.words}` : `${entries.length} readings`;
  return markup`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${digest(SCRIPT)}'; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><meta name="generator" content="whyface ${VERSION}">
<title>${title} – whyface</title><style>${trusted(STYLESHEET)}</style></head>
<body><header class="top"><span class="mark">whyface</span><span>why a face reads as it does</span></header>
<main>${entries.length > 1 ? index(entries) : null}
${sections}</main>
<footer>Made by whyface ${VERSION} on one machine; nothing was sent anywhere. A sentence in doubt is struck through and says why. Click an id such as <span class="chip">o3</span> to see what it stands on.</footer>
<script>${trusted(SCRIPT)}</script></body></html>`;
};

const index = (entries: readonly IndexEntry[]): Markup =>
  markup`<nav aria-label="Readings"><ol class="index">${entries.map(
    ({ href, name, words, failed }) =>
      markup`<li${failed ? markup` class="failed"` : null}><a href="#${href}"><bdi>${name}</bdi></a><span>${words}</span></li>`,
  )}</ol></nav>`;

const digest = (text: string): string => createHash('sha256').update(text).digest('base64');
