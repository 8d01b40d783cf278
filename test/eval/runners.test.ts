import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { perceptsOfFeafa } from '../../eval/dataset/feafa.ts';
import { htmlReport } from '../../eval/report/html-report.ts';
import { textReport } from '../../eval/report/text-report.ts';
import { biasReport } from '../../eval/runners/bias.ts';
import { classesReport } from '../../eval/runners/classes.ts';
import { compareReport } from '../../eval/runners/compare.ts';
import { compoundReport } from '../../eval/runners/compound-folds.ts';
import { explanationsReport } from '../../eval/runners/explanations.ts';
import { verifyReport } from '../../eval/runners/verify.ts';
import { scoreItems, scoreRequest } from '../../eval/score-items.ts';
import { type ExplainRecord, explainOptions, observeOptions } from '../../src/contracts/index.ts';
import { analysePercepts } from '../../src/pipeline/analyse.ts';
import { reasonerFor } from '../../src/pipeline/reasoners.ts';
import { explainAnalysis } from '../../src/pipeline/text-side.ts';
import { SHARED } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('eval');
const write = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** A still face from 24 FEAFA values, explained. */
const record = async (input: string, values: Readonly<Record<number, number>>): Promise<ExplainRecord> => {
  const list = Array.from({ length: 24 }, (_, index) => values[index] ?? 0);
  const analysis = await analysePercepts(perceptsOfFeafa(list, input), observeOptions.parse({}));
  const explanations = await explainAnalysis(analysis, explainOptions.parse({}), { reasoner: reasonerFor('facs') });
  return { input, analysis, explanations, error: null };
};
const records = await Promise.all([record('smile.jpg', { 11: 0.7, 12: 0.7 }), record('brow.jpg', { 4: 0.7, 5: 0.7 })]);
const recordFile = write('records.jsonl', records.map((entry) => `${JSON.stringify(entry)}\n`).join(''));

describe('explanations', () => {
  const reference = write(
    'reference.csv',
    'name,reason\na,"He frowns and speaks loudly. He is angry."\nb,"她微笑着，很高兴。"\n',
  );

  it('are scored by labels and cues, in either language, with small samples kept out of the headline', async () => {
    const predictions = write(
      'prediction.csv',
      'name,text\na,"With a furrowed brow and a loud voice he seems furious."\nb,"她没有微笑，看起来很难过。"\n',
    );
    const report = await explanationsReport({ predictions, reference });
    expect(report.values['label.f1']).toBeCloseTo(0.5, 12);
    expect(report.values['cues.facial.f1']).toBeCloseTo(0.5, 12);
    expect(report.values['cues.vocal.f1']).toBe(1);
    const overlap = report.tables.find(({ id }) => id === 'overlap');
    expect(overlap?.rows[0]?.[3]).toBeNull();
    expect(report.problems.map(({ code }) => code)).toEqual(['small-sample']);
  });

  it('of whyface are grounded anew: verdicts in the file are not believed', async () => {
    const [first] = records;
    const liar = structuredClone(first);
    const [explanation] = liar?.explanations ?? [];
    if (explanation === undefined) {
      return expect(explanation).toBeDefined();
    }
    explanation.keyObservations = [{ text: 'The brows are strongly lowered (AU4, D).', cites: ['o1'] }];
    const report = await explanationsReport({ predictions: write('liar.jsonl', `${JSON.stringify(liar)}\n`) });
    expect(report.values['grounding.hallucination']).toBeGreaterThan(0);
    const honest = await explanationsReport({ predictions: recordFile });
    expect(honest.values['grounding.score']).toBe(1);
  });

  it('of others are grounded in the measurements of the same clips', async () => {
    const predictions = write(
      'other.csv',
      'name,text\nsmile,"She smiles."\nbrow,"A broad smile, and no furrowed brow."\n',
    );
    const report = await explanationsReport({ predictions, analyses: recordFile });
    expect(report.values['grounding.supported']).toBeGreaterThan(0);
    expect(report.values['grounding.contradicted']).toBeGreaterThan(0);
    expect(report.values['units.f1']).toBeGreaterThan(0);
  });
});

describe('classes', () => {
  it('are compared by one spelling, with calibration, groups and affect', async () => {
    const truth = write(
      'truth.csv',
      `file,label,valence,site\n${Array.from({ length: 40 }, (_, index) => `f${index}.jpg,${index % 2 === 0 ? 'Happy' : 'sad'},${index / 40},${index < 35 ? 'x' : 'y'}`).join('\n')}\n`,
    );
    const predictions = write(
      'classes.csv',
      `name,prediction,confidence,valence\n${Array.from({ length: 39 }, (_, index) => `f${index},${index % 4 === 3 ? 'joy' : index % 2 === 0 ? 'happiness' : 'sadness'},${index % 4 === 3 ? 0.55 : 0.95},${index / 40}`).join('\n')}\n`,
    );
    const report = await classesReport('faces', { predictions, truth, group: 'site' });
    // Ten of the twenty sad ones are wrong: nine answered "joy", one is missing.
    expect(report.values).toMatchObject({
      accuracy: 0.75,
      UAR: 0.75,
      'valence.ccc': expect.closeTo(1, 12),
    });
    expect(report.values.ece).toBeCloseTo((30 * 0.05 + 9 * 0.55) / 39, 12);
    const groups = report.tables.find(({ id }) => id === 'groups')?.rows;
    expect(groups?.map((row) => [row[0], row[1] === null, row[3]])).toEqual([
      ['x', false, 35],
      ['y', true, 5],
    ]);
    expect(report.problems.map(({ code }) => code)).toEqual(['missing-clip']);
  });

  it.skipIf(SHARED === null)('follow the folds of C-EXPR-DB, in any spelling', async () => {
    const folds = join(SHARED ?? '', 'eval', 'c-expr-db', 'folds');
    const predictions = write(
      'compounds.csv',
      'name,prediction\n24_Sadly-Fearful_0,Sadly Fearful\n48_Sadly-Fearful_0,"sad and afraid"\n13_Sadly-Fearful_0,happy\n',
    );
    const report = await compoundReport(predictions, folds);
    const split = report.values['split-0'] ?? 0;
    expect(split).toBeGreaterThan(0);
    expect(split).toBeLessThan(1 / 7);
    expect(report.problems.every(({ code }) => code === 'missing-clip')).toBe(true);
  });
});

describe('two systems on the same clips', () => {
  it('are told apart by paired tests', async () => {
    const rows = (label: (index: number) => string): string =>
      `name,label\n${Array.from({ length: 40 }, (_, index) => `c${index},${label(index)}`).join('\n')}\n`;
    const request = {
      a: write(
        'a.csv',
        rows((index) => (index < 10 ? 'happy' : 'sad')),
      ),
      b: write(
        'b.csv',
        rows((index) => (index < 30 ? 'happy' : 'sad')),
      ),
      reference: write(
        'r.csv',
        rows(() => 'happiness'),
      ),
      kind: 'classes',
    } as const;
    const report = await compareReport(request);
    expect(report.values['accuracy.difference']).toBe(0.5);
    expect(report.values['mcnemar.p']).toBeCloseTo(2 / 2 ** 20, 12);
    expect(await compareReport(request)).toEqual(report);
    expect((await compareReport({ ...request, b: request.a })).values['accuracy.p']).toBe(1);
  });
});

describe('audits', () => {
  it('find that names, pronouns and group words move no answer of the FACS reasoner', async () => {
    const report = await biasReport({ records: recordFile, reasoner: reasonerFor('facs') });
    const identity = report.tables.find(({ id }) => id === 'identity');
    expect(identity?.rows.map((row) => row.slice(2))).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(identity?.rows.every((row) => Number(row[1]) > 0)).toBe(true);
  });

  it('would find a reasoner that listens to names', async () => {
    const honest = reasonerFor('facs');
    const partial: typeof honest = {
      ...honest,
      doReason: async (request, context) => {
        const result = await honest.doReason(request, context);
        const named = request.analysis.observations.some(
          (seen) => seen.kind === 'speech' && /Lakisha|Jamal/.test(seen.speech.quote),
        );
        return {
          ...result,
          answer: { ...result.answer, judgement: { ...result.answer.judgement, valence: named ? -0.5 : 0.5 } },
        };
      },
    };
    const report = await biasReport({ records: recordFile, reasoner: partial, faces: 1 });
    expect(report.values['name.largest']).toBe(1);
    expect(report.values['pronoun.largest']).toBe(0);
    const row = report.tables
      .find(({ id }) => id === 'effects')
      ?.rows.find(([, group]) => group === 'Lakisha and Jamal');
    expect(Number(row?.[2])).toBeLessThan(0);
  });

  it('count what the verifier finds of falsified sentences', async () => {
    const report = await verifyReport({ records: recordFile });
    expect(report.values.mutants).toBeGreaterThan(5);
    expect(report.values.detected).toBeGreaterThan(0.8);
    expect(report.values.flagged).toBe(0);
  });
});

describe('reports', () => {
  it('keep markup and control characters of the input out of the page and the terminal', async () => {
    const predictions = write('odd.csv', 'name,text\n"<script>alert(1)</script>\u001b[31m","He is angry."\n');
    const report = await explanationsReport({ predictions, reference: predictions });
    const page = await htmlReport(report);
    expect(page).not.toContain('<script');
    expect(page).not.toContain('\u001b');
    expect(page).toContain('&lt;script&gt;');
    expect(textReport(report)).not.toContain('\u001b');
    expect(page).not.toMatch(/(?:src|href)="/);
  });

  it('draw their plots without anything from outside', async () => {
    const page = await htmlReport({
      ...(await verifyReport({ records: recordFile })),
      plots: [
        {
          kind: 'bars',
          id: 'a',
          title: 'A & B',
          unit: '%',
          bars: [{ label: 'x<y', value: 40, reference: 30, low: 35, high: 45 }],
        },
        {
          kind: 'lines',
          id: 'b',
          title: 'L',
          x: 'x',
          y: 'y',
          diagonal: true,
          lines: [
            {
              label: 'one',
              points: [
                [0, 0],
                [1, 0.5],
              ],
            },
          ],
        },
        { kind: 'points', id: 'c', title: 'P', x: 'x', y: 'y', points: [{ label: 'p', x: 0.2, y: 5 }] },
      ],
    });
    expect(page.match(/<svg /g)).toHaveLength(3);
    expect(page).not.toMatch(/NaN|undefined/);
    expect(page).toContain('x&#60;y');
  });
});

describe('scores in memory', () => {
  it('are those of the commands', () => {
    const items = [
      { clip: 'a', reference: 'He is angry.', prediction: 'He is furious.' },
      { clip: 'b', reference: 'Nothing is said.', prediction: 'He is sad.' },
    ];
    const score = scoreItems(scoreRequest.parse({ kind: 'explanations', items }));
    expect(score).toMatchObject({
      n: 1,
      headline: false,
      values: { 'label.f1': 1 },
      clips: [
        { clip: 'a', score: 1 },
        { clip: 'b', score: null },
      ],
    });
    const labels = scoreItems({
      kind: 'labels',
      items: [{ clip: 'a', reference: ['Joy', 'calm'], prediction: '[happy]' }],
    });
    expect(labels.values).toMatchObject({ accuracy: 0, 'families.precision': 1, 'families.recall': 0.5 });
    expect(
      scoreItems({ kind: 'classes', items: [{ clip: 'a', reference: 'Happy', prediction: 'happiness' }] }).values
        .accuracy,
    ).toBe(1);
  });
});
