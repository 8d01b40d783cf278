import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ACTION_UNIT_CODES, type ExplainRecord, type Still } from '../../src/contracts/index.ts';
import { ACTION_UNIT_REGIONS } from '../../src/present/html/action-unit-regions.ts';
import { createHtmlRenderer } from '../../src/present/html/report.ts';
import { buildExplanation, buildFailure, buildPercepts, buildRecord, buildStill } from '../support/record-builder.ts';
import { ROOT } from '../support/shared.ts';

const NOSE_TIP = 4;
const { points: landmarks } = z
  .object({ points: z.array(z.tuple([z.number(), z.number()])) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'examples', 'astronaut.landmarks.json'), 'utf8')));
const noseX = landmarks[NOSE_TIP]?.[0] ?? 0;

const stillAt = (ms: number): Still => ({ ...buildStill(), ms, width: 512, height: 512, landmarks });

const reportOf = (records: readonly ExplainRecord[], ms = 1500): string => {
  const renderer = createHtmlRenderer();
  const pieces = records.flatMap((record) => [
    ...renderer.add({ record, percepts: record.analysis === null ? null : buildPercepts(), stills: [stillAt(ms)] }),
  ]);
  return [renderer.begin(), ...pieces, renderer.end()].join('');
};

/** The middles, left to right in the picture, of what is shaded for one observation. */
const regionsOf = (html: string, id: string): number[] => {
  const face = html.slice(html.indexOf('<g class="marks">'), html.indexOf('</svg>'));
  const group = face.split('<a ').find((part) => part.includes(`data-o="${id}"`)) ?? '';
  return [...group.matchAll(/class="region" d="([^"]*)"/g)]
    .map(([, path = '']) => {
      const xs = (path.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number).filter((_, position) => position % 2 === 0);
      return (Math.min(...xs) + Math.max(...xs)) / 2;
    })
    .sort((a, b) => a - b);
};

describe('the face in the report', () => {
  it("shades both halves for a movement of both, and for one of the person's left only the viewer's right", () => {
    const bothBrows = regionsOf(reportOf([buildRecord()], 1500), 'o5');
    expect(bothBrows).toHaveLength(2);
    expect(bothBrows[0]).toBeLessThan(noseX);
    expect(bothBrows[1]).toBeGreaterThan(noseX);

    const leftBrow = regionsOf(reportOf([buildRecord()], 3200), 'o6');
    expect(leftBrow).toHaveLength(1);
    expect(leftBrow[0]).toBeGreaterThan(noseX);
  });

  it('shades nothing that is not present at that moment', () => {
    const html = reportOf([buildRecord()], 3200);
    expect(regionsOf(html, 'o4')).toEqual([]);
    expect(regionsOf(html, 'o7')).toEqual([]);
  });

  it('knows a place on each half of a face for every action unit', () => {
    const middle = (outline: readonly number[]): number =>
      outline.reduce((sum, index) => sum + (landmarks[index]?.[0] ?? Number.NaN), 0) / outline.length;
    for (const code of ACTION_UNIT_CODES) {
      const { left, right, middle: whole } = ACTION_UNIT_REGIONS[code];
      if (whole === undefined) {
        expect(middle(left.region.outline), code).toBeGreaterThan(noseX);
        expect(middle(right.region.outline), code).toBeLessThan(noseX);
        expect(left.region.outline.length, code).toBe(right.region.outline.length);
      } else {
        expect(Math.abs(middle(whole.region.outline) - noseX), code).toBeLessThan(10);
      }
    }
  });
});

describe('the report', () => {
  const html = reportOf([buildRecord(), buildRecord({ input: 'other.mp4' }), buildFailure('broken.mp4')]);

  it('leads every piece of evidence somewhere, and names nothing twice', () => {
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...html.matchAll(/href="#([^"]*)"/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(40);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  it('has a section for every input and an index before them, the failed one with its reason', () => {
    expect(html.match(/<article/g)).toHaveLength(3);
    expect(html.indexOf('class="index"')).toBeLessThan(html.indexOf('<article'));
    expect(html.match(/broken\.mp4 is damaged; export it again\./g)?.length).toBeGreaterThanOrEqual(2);
  });

  it('strikes through what the measurements contradict, and says why', () => {
    const struck = [...html.matchAll(/<s>([^<]*)<\/s>/g)].map(([, words]) => words);
    expect(new Set(struck)).toEqual(new Set(['The upper lids are raised to an extreme degree at 0:01.5.']));
    expect(html).toContain('no raised upper lids were measured');
  });

  it('needs nothing from elsewhere: no address, no style or script by reference, requests forbidden', () => {
    expect(html).not.toMatch(/https?:|url\((?!#)|@import|<link|<script src/);
    expect(html).toContain(`default-src 'none'; img-src data:`);
  });

  it('says that it has no reading when the reasoner abstains', () => {
    const abstained = buildExplanation();
    abstained.judgement = { ...abstained.judgement, abstained: true, reason: 'Too little of the face is in view.' };
    const page = reportOf([buildRecord({ explanations: [abstained] })]);
    expect(page).toMatch(/<h2 id="r1-e1-title" class="abstained">No reading<\/h2>/);
    expect(page).toContain('Too little of the face is in view.');
  });
});
