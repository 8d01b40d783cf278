import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Correction, correction as correctionSchema } from '../../src/contracts/index.ts';
import { correctedAnalysis } from '../../src/pipeline/corrected-analysis.ts';
import { correctionsCsv } from '../../src/present/csv/corrections.ts';
import { writeEaf } from '../../src/present/eaf/write-eaf.ts';
import { sceneOf, unit } from '../verify/scene.ts';

const measured = sceneOf([
  unit('o1', { code: 'AU12' }),
  unit('o2', { code: 'AU12', startMs: 2500, endMs: 5000 }),
  unit('o3', { code: 'AU4', status: 'below-threshold', startMs: 0, endMs: 8000 }),
]);
const range = { startMs: 1000, endMs: 3000 };
const corrections: Correction[] = [
  {
    id: 'c1',
    kind: 'action-unit',
    subject: 'P1',
    range,
    note: '=HYPERLINK("x")',
    observation: 'o4',
    replaces: 'o3',
    au: { code: 'AU4', status: 'present', side: 'left', letter: 'B', apexMs: null },
  },
  { id: 'c2', kind: 'label', subject: 'P1', range, label: 'a & <b>"c"</b> \u0007', note: '' },
  { id: 'c3', kind: 'note', subject: null, range, note: 'two\nlines' },
].map((each) => correctionSchema.parse(each));

const many = <Schema extends z.ZodType>(schema: Schema) => z.union([schema.transform((one) => [one]), z.array(schema)]);
const annotation = z.object({
  ALIGNABLE_ANNOTATION: z.object({
    '@ANNOTATION_ID': z.string(),
    '@TIME_SLOT_REF1': z.string(),
    '@TIME_SLOT_REF2': z.string(),
    ANNOTATION_VALUE: z.string(),
  }),
});
const eaf = z.object({
  ANNOTATION_DOCUMENT: z.object({
    '@DATE': z.string(),
    '@FORMAT': z.literal('3.0'),
    TIME_ORDER: z.object({ TIME_SLOT: many(z.object({ '@TIME_SLOT_ID': z.string(), '@TIME_VALUE': z.string() })) }),
    TIER: many(z.object({ '@TIER_ID': z.string(), '@LINGUISTIC_TYPE_REF': z.string(), ANNOTATION: many(annotation) })),
    LINGUISTIC_TYPE: z.object({ '@LINGUISTIC_TYPE_ID': z.string(), '@TIME_ALIGNABLE': z.literal('true') }),
  }),
});

describe('annotations for ELAN', () => {
  const text = writeEaf({
    measured,
    corrected: correctedAnalysis(measured, corrections),
    corrections,
    explanations: [],
    media: { name: 'my clip.mp4', mimeType: 'video/*' },
    date: new Date('2026-11-23T06:00:00Z'),
  });
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
  });
  const parsed: unknown = parser.parse(text, true);
  const document = eaf.parse(parsed).ANNOTATION_DOCUMENT;
  const times = new Map(
    document.TIME_ORDER.TIME_SLOT.map((slot) => [slot['@TIME_SLOT_ID'], Number(slot['@TIME_VALUE'])]),
  );
  const tiers = new Map(
    document.TIER.map((tier) => [
      tier['@TIER_ID'],
      tier.ANNOTATION.map(({ ALIGNABLE_ANNOTATION: each }) => ({
        from: times.get(each['@TIME_SLOT_REF1']) ?? Number.NaN,
        to: times.get(each['@TIME_SLOT_REF2']) ?? Number.NaN,
        id: each['@ANNOTATION_ID'],
        value: each.ANNOTATION_VALUE,
      })),
    ]),
  );

  it('have their moments in the order of time, and every one of them refers to two', () => {
    const values = [...times.values()];
    expect(values).toEqual([...values].sort((a, b) => a - b));
    for (const { from, to } of [...tiers.values()].flat()) {
      expect(to).toBeGreaterThan(from);
    }
    const ids = [...tiers.values()].flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('have a tier for each unit, for what a person coded, labels and notes; nothing overlaps in one', () => {
    expect([...tiers.keys()]).toEqual(['P1 AU12', 'P1 AU12 (2)', 'P1 AU4 corrected', 'P1 notes', 'P1 label', 'notes']);
    expect(tiers.get('P1 AU12')).toMatchObject([{ from: 1000, to: 3000, value: 'C' }]);
    expect(tiers.get('P1 AU12 (2)')).toMatchObject([{ from: 2500, to: 5000 }]);
    expect(tiers.get('P1 AU4 corrected')).toMatchObject([{ from: 1000, to: 3000, value: 'B left' }]);
  });

  it('hold words as words', () => {
    expect(text).toContain('a &amp; &lt;b&gt;');
    expect(tiers.get('P1 label')?.[0]?.value).toBe('a & <b>"c"</b>');
    expect(text).not.toContain('\u0007');
    expect(text).toContain('RELATIVE_MEDIA_URL="./my%20clip.mp4"');
  });
});

describe('corrections as a table', () => {
  it('are one row each, without a cell that a spreadsheet would run', () => {
    const [header, first] = correctionsCsv(corrections).split('\n');
    expect(header).toBe(
      'id,kind,subject,start_ms,end_ms,au,status,side,letter,apex_ms,replaces,observation,label,note',
    );
    expect(first).toMatch(/^c1,action-unit,P1,1000,3000,AU4,present,left,B,,o3,o4,,"'=HYPERLINK\(""x""\)"$/);
  });
});
