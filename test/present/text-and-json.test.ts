import { describe, expect, it } from 'vitest';
import { createJsonLinesRenderer, createJsonRenderer } from '../../src/present/json/records.ts';
import { createMarkdownRenderer } from '../../src/present/markdown/explanation.ts';
import type { Renderer } from '../../src/present/outcome.ts';
import { createTextRenderer } from '../../src/present/text/explanation.ts';
import { ANSI_STYLE } from '../../src/present/text/style.ts';
import { groundingText } from '../../src/present/view/checked.ts';
import { plain } from '../../src/present/view/plain.ts';
import { rangeText, sharedName, timeText } from '../../src/present/view/words.ts';
import { buildExplanation, buildFailure, buildRecord } from '../support/record-builder.ts';

const outcomes = [buildRecord(), buildFailure('broken.mp4')].map((record) => ({ record, percepts: null, stills: [] }));

const rendered = (renderer: Renderer<(typeof outcomes)[number]>): string =>
  [renderer.begin(), ...outcomes.flatMap((one) => [...renderer.add(one)]), renderer.end()].join('');

describe('text', () => {
  const text = rendered(createTextRenderer());

  it('tells the three parts in their order, then doubts, checks, evidence and the notice', () => {
    const titles = [
      'clip.mp4',
      'Happily surprised  (moderate confidence, 71 %)',
      'What was seen',
      'What it may mean',
      'Conclusion',
      'What the confidence rests on',
      'What does not fit together',
      'Other readings',
      'What would change this reading',
      'Checked',
      'Evidence',
      'It does not show what the person feels',
      'broken.mp4',
    ];
    const places = titles.map((title) => text.indexOf(title));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('puts its evidence after each sentence, and marks what is contradicted', () => {
    expect(text).toMatch(/the lips are parted\. \[o2\]\[o3\]/);
    expect(text).toMatch(
      /✗ The upper lids are raised to an extreme degree at 0:01\.5\. \[o5\]\n +↳ contradicted by the\s+measurements/,
    );
    expect(text).toMatch(/^ {2}o10 +From 0:01\.0 to 0:03\.4/m);
  });

  it('keeps to the width it is given, colours not counted', () => {
    const narrow = rendered(createTextRenderer({ width: 50, style: ANSI_STYLE }));
    const widths = narrow.split('\n').map((line) => [...plain(line)].length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(50);
  });

  it('leaves failures to stderr where both are the same terminal', () => {
    expect(rendered(createTextRenderer({ failures: false }))).not.toContain('broken.mp4');
  });
});

describe('Markdown', () => {
  it('strikes through what is contradicted and keeps the evidence in a fold', () => {
    const text = rendered(createMarkdownRenderer());
    expect(text).toMatch(/- ~~The upper lids are raised to an extreme degree at 0:01\.5\.~~ \\\[o5\\\]/);
    expect(text).toMatch(/<details><summary>Evidence \(8\)<\/summary>\n\n\| id \| when \| observation \|/);
  });
});

describe('JSON', () => {
  it('is an array with a record an input, also when nothing came', () => {
    expect(JSON.parse(rendered(createJsonRenderer()))).toEqual(outcomes.map(({ record }) => record));
    const nothing = createJsonRenderer();
    expect(JSON.parse(nothing.begin() + nothing.end())).toEqual([]);
  });

  it('is one record a line', () => {
    const lines = rendered(createJsonLinesRenderer()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(outcomes.map(({ record }) => record));
  });
});

describe('words for numbers', () => {
  it('tells times from the start of the clip', () => {
    expect([0, 949, 12_340, 59_960, 61_000, 3_725_500].map(timeText)).toEqual([
      '0:00.0',
      '0:00.9',
      '0:12.3',
      '1:00.0',
      '1:01.0',
      '1:02:05.5',
    ]);
    expect(rangeText({ startMs: 1000, endMs: 1040 })).toBe('0:01.0');
  });

  it('keeps the folders of the sender out of what is sent', () => {
    expect(['/home/ann/clips/a.mp4', '~/a.mp4', 'C:\\Users\\ann\\a.mp4'].map(sharedName)).toEqual([
      'a.mp4',
      'a.mp4',
      'a.mp4',
    ]);
    expect(sharedName('take 2/a.mp4')).toBe('take 2/a.mp4');
  });

  it('sums up the verification', () => {
    const { claims } = buildExplanation().grounding;
    expect(groundingText({ score: 0.8, claims })).toMatch(/^4 of 5 checkable claims are supported.*1 contradicted/);
    expect(groundingText({ score: 1, claims: claims.slice(0, 4) })).toMatch(/^All 4 checkable claims are supported/);
    expect(groundingText({ score: 1, claims: [] })).toMatch(/^Nothing .* can be checked/);
  });
});
