import { describe, expect, it } from 'vitest';
import { factsText, textualize } from '../../src/textualize/index.ts';
import { observed } from '../observe/support.ts';
import { clipOf, course, photoOf, subjectOf, timesOf } from '../observe/synthetic.ts';

const rise = (onsetMs: number, intensity: number) =>
  course([{ onsetMs, apexMs: onsetMs + 400, offsetMs: onsetMs + 1200, intensity }]);

const twoPeople = () => {
  const times = timesOf(10_000);
  const first = subjectOf({ times, units: { AU12: rise(1000, 4.5), AU2: rise(6000, 2), AU4: () => 0, AU6: () => 0 } });
  const second = subjectOf({ id: 'P2', times, units: { AU4: rise(3000, 3) } });
  return observed(
    clipOf([first, second], { warnings: [{ code: 'media-truncated', message: 'The file ends early.' }] }),
  );
};

const WHOLE = { startMs: 0, endMs: 10_000 };

describe('textualize', () => {
  it('gives the facts of one person, and those of the clip, the most telling first', async () => {
    const analysis = await twoPeople();
    const { facts } = textualize(analysis, { subject: 'P1', range: WHOLE });
    const subjects = new Set(facts.map(({ id }) => analysis.observations.find((one) => one.id === id)?.subject));
    expect(subjects).toEqual(new Set(['P1', null]));
    expect(facts[0]?.text).toContain('AU12');
    expect(facts.map(({ salience }) => salience)).toEqual(facts.map(({ salience }) => salience).sort((a, b) => b - a));
  });

  it('keeps to the range', async () => {
    const analysis = await twoPeople();
    const { facts } = textualize(analysis, { subject: 'P1', range: { startMs: 5000, endMs: 10_000 } });
    expect(facts.some(({ text }) => text.includes('AU2,'))).toBe(true);
    expect(facts.some(({ text }) => text.includes('AU12'))).toBe(false);
  });

  it('leaves out the least telling where the budget ends', async () => {
    const analysis = await twoPeople();
    const all = textualize(analysis, { subject: null, range: WHOLE }).facts;
    const few = textualize(analysis, { subject: null, range: WHOLE, maximumCharacters: 300 }).facts;
    expect(few.length).toBeGreaterThan(0);
    expect(few.length).toBeLessThan(all.length);
    expect(few).toEqual(all.slice(0, few.length));
    expect(factsText({ subject: null, range: WHOLE, facts: few, notMeasured: [] }).length).toBeLessThanOrEqual(300);
  });

  it('says last what was not measured', async () => {
    const lines = factsText(textualize(await twoPeople(), { subject: 'P2', range: WHOLE })).split('\n');
    expect(lines[0]).toMatch(/^\[o\d+\] /);
    expect(lines.at(-1)).toMatch(/^Not measured: P2: action units AU1, /);
  });

  it('finds everything of a photo in the moment without length', async () => {
    const analysis = await observed(photoOf({ units: { AU12: () => 3 } }));
    const { facts } = textualize(analysis, { subject: 'P1', range: { startMs: 0, endMs: 0 } });
    expect(facts).toHaveLength(analysis.observations.length);
  });
});
