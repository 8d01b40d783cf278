import { describe, expect, it } from 'vitest';
import { createCsvRenderer } from '../../src/present/csv/table.ts';
import { createHtmlRenderer } from '../../src/present/html/report.ts';
import { createMarkdownRenderer } from '../../src/present/markdown/explanation.ts';
import type { ExplainOutcome, Renderer } from '../../src/present/outcome.ts';
import { createTextRenderer } from '../../src/present/text/explanation.ts';
import { plain } from '../../src/present/view/plain.ts';
import { buildAnalysis, buildExplanation, buildPercepts, buildStill } from '../support/record-builder.ts';

const ESC = '\u001b';
const PAYLOAD = [
  '=1+1"><script>alert(1)</script><img src=x onerror=alert(2)>',
  "' onmouseover='alert(3)",
  '![p](http://evil.example/p.png) [click](javascript:alert(4)) <https://evil.example> @someone http://evil.example/a www.evil.example',
  '`code` | cell # head',
  `${ESC}[31mred${ESC}[0m${ESC}]0;title\u0007\u009b2J\u202Egnp.exe\u2028next`,
].join(' ');

/** Every place that words from outside can reach, filled with the payload. */
const outcome = (): ExplainOutcome => {
  const analysis = buildAnalysis();
  const explanation = buildExplanation({
    keyObservations: [{ text: PAYLOAD, cites: ['o1'] }],
    conclusion: { text: PAYLOAD, cites: ['o1'] },
    alternatives: [{ label: PAYLOAD, text: PAYLOAD, cites: ['o1', PAYLOAD] }],
    wouldChange: [{ text: PAYLOAD }],
    notice: PAYLOAD,
    reasoner: { id: PAYLOAD, model: PAYLOAD, promptId: null, promptSha256: null, parameters: {}, fallback: false },
  });
  explanation.judgement.labels = [PAYLOAD];
  explanation.judgement.reason = PAYLOAD;
  explanation.grounding.claims = [
    { part: 'conclusion', sentence: 0, text: PAYLOAD, verdict: 'unsupported', cites: [], detail: PAYLOAD },
  ];
  const observations = analysis.observations.map((observation) =>
    observation.kind === 'speech'
      ? { ...observation, text: PAYLOAD, speech: { ...observation.speech, quote: PAYLOAD } }
      : { ...observation, text: PAYLOAD, source: PAYLOAD },
  );
  return {
    record: {
      input: PAYLOAD,
      analysis: { ...analysis, observations, warnings: [{ code: 'x', message: PAYLOAD }] },
      explanations: [explanation],
      error: null,
    },
    percepts: buildPercepts(),
    stills: [buildStill()],
  };
};

const failure = (): ExplainOutcome => ({
  record: {
    input: PAYLOAD,
    analysis: null,
    explanations: [],
    error: { code: 'media-damaged', stage: 'media', message: PAYLOAD },
  },
  percepts: null,
  stills: [],
});

const rendered = (renderer: Renderer<ExplainOutcome>): string =>
  [renderer.begin(), ...[outcome(), failure()].flatMap((one) => [...renderer.add(one)]), renderer.end()].join('');

// Everything that a terminal or a bidi-aware viewer would obey; line ends are the renderer's own.
const CONTROLS = /[^\P{C}\n]/u;

describe('words from outside', () => {
  it('are one harmless line', () => {
    expect(plain(`${ESC}[2J${ESC}]8;;http://x${ESC}\\a${ESC}cb\tc\r\nd\u0000\u202e`)).toBe('ab c d');
  });

  it('bring no control characters into any format', () => {
    for (const renderer of [createTextRenderer(), createMarkdownRenderer(), createHtmlRenderer()]) {
      const text = rendered(renderer);
      expect([...text].filter((character) => CONTROLS.test(character))).toEqual([]);
      expect(text).toContain('red');
    }
  });

  it('become no element, attribute or address in the report', () => {
    const html = rendered(createHtmlRenderer());
    const tags = [...html.matchAll(/<([a-z][a-z0-9]*)((?:[^"'<>]|"[^"]*"|'[^']*')*)>/gi)];
    expect(tags.filter(([, name]) => name === 'script')).toHaveLength(1);
    expect(tags.filter(([, name]) => name === 'img' || name === 'iframe' || name === 'link')).toEqual([]);
    const attributes = tags.flatMap(([, , rest = '']) =>
      [...rest.replace(/"[^"]*"|'[^']*'/g, '').matchAll(/[\w-]+/g)].map(([word]) => word),
    );
    expect(attributes.filter((name) => /^on/i.test(name))).toEqual([]);
    const targets = [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, target = '']) => target);
    expect(
      targets.filter((target) => !target.startsWith('#') && !target.startsWith('data:image/jpeg;base64,')),
    ).toEqual([]);
  });

  it('become no link, picture, mention, table cell or HTML in Markdown', () => {
    const text = rendered(createMarkdownRenderer())
      .replaceAll('<details><summary>', '')
      .replaceAll('</summary>', '')
      .replaceAll('</details>', '')
      .replaceAll(/<\/?sub>/g, '');
    const unescaped = text.replace(/\\[\p{P}\p{S}]/gu, '');
    expect(unescaped).not.toMatch(/[<@]|!\[|\]\(|:\/\/|www\.|(?:^|[^&])#\d/m);
    for (const row of unescaped.split('\n').filter((line) => line.startsWith('|'))) {
      expect(row.match(/\|/g)).toHaveLength(4);
    }
  });

  it('become no formula in a table', () => {
    const { record, percepts } = outcome();
    const rows = [...createCsvRenderer().add({ record: { ...record, error: null }, percepts })].join('');
    expect(rows.startsWith(`"'=1+1""><script>`)).toBe(true);
    expect(CONTROLS.test(rows)).toBe(false);
  });
});
