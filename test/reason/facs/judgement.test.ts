import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTION_UNIT_CODES, type ActionUnitCode, reasonedAnswer } from '../../../src/contracts/index.ts';
import { DU_2014 } from '../../../src/facs/index.ts';
import { absent, analysisOf, expression, hidden, present, quality, unit } from '../../support/analysis.ts';
import { ask } from './ask.ts';

const LOOKED_FOR: readonly ActionUnitCode[] = ['AU1', 'AU4', 'AU5', 'AU6', 'AU9', 'AU12', 'AU15', 'AU20', 'AU26'];

/** A photo of a face with these units; the usual others were looked for and are absent. */
const face = (...units: ReadonlyArray<ActionUnitCode | readonly [ActionUnitCode, number]>) => {
  const codes = units.map((each) => (typeof each === 'string' ? each : each[0]));
  return analysisOf([...present(...units), ...absent(...LOOKED_FOR.filter((code) => !codes.includes(code)))]);
};

const oneSided = (code: ActionUnitCode, intensity: number) => unit({ code, side: 'left', intensity });

describe('the eight expressions', () => {
  it.each([
    ['happiness', face('AU6', 'AU12', 'AU25')],
    ['sadness', face('AU1', 'AU4', 'AU15', ['AU17', 2])],
    ['fear', face('AU1', 'AU2', 'AU4', 'AU5', 'AU20', 'AU25')],
    ['anger', face('AU4', 'AU5', 'AU7', 'AU23', 'AU24')],
    ['disgust', face('AU9', 'AU10', 'AU17')],
    ['surprise', face('AU1', 'AU2', 'AU5', 'AU25', 'AU26')],
    ['neutral', face()],
    ['contempt', analysisOf([oneSided('AU14', 2), ...absent('AU1', 'AU4', 'AU9', 'AU12', 'AU15')])],
  ] as const)('reads the prototype of %s', async (label, analysis) => {
    const { judgement } = await ask(analysis);
    expect(judgement.expression.label).toBe(label);
    expect(judgement.abstained).toBe(false);
    expect(Object.values(judgement.expression.scores).reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 2);
  });

  it.each(['AU12', 'AU14'] as const)('reads %s on one side as contempt, on both sides not', async (code) => {
    const others = absent('AU1', 'AU4', 'AU9', 'AU15', 'AU6');
    const left = await ask(analysisOf([oneSided(code, 2), ...others]));
    const both = await ask(analysisOf([unit({ code, intensity: 2 }), ...others]));
    expect(left.judgement.expression.label).toBe('contempt');
    expect(both.judgement.expression.label).not.toBe('contempt');
  });

  it('does not take raised cheeks alone for happiness', async () => {
    const { judgement } = await ask(face('AU6'));
    expect(judgement.expression.label !== 'happiness' || judgement.abstained).toBe(true);
  });
});

describe('compounds', () => {
  const unitsOf = (
    label: 'happily-surprised' | 'happily-disgusted' | 'sadly-surprised' | 'angrily-surprised' | 'sadly-angry',
  ) => {
    const row: { prototype: readonly string[]; variants: Readonly<Record<string, number>> } = DU_2014[label];
    return ACTION_UNIT_CODES.filter((code) => row.prototype.includes(code) || (row.variants[code] ?? 0) >= 0.5);
  };

  it.each(['happily-surprised', 'happily-disgusted', 'sadly-surprised', 'angrily-surprised', 'sadly-angry'] as const)(
    'ranks %s first for what most of its posers showed',
    async (label) => {
      const units = unitsOf(label);
      const rest = ACTION_UNIT_CODES.filter((code) => code !== 'AU45' && !units.includes(code));
      const { judgement } = await ask(analysisOf([...present(...units), ...absent(...rest)]));
      expect(judgement.compound.ranked[0]?.label).toBe(label);
      expect(judgement.compound.ranked[0]?.for).not.toHaveLength(0);
    },
  );

  it('names the compound where no single expression explains the face', async () => {
    const { judgement } = await ask(face('AU1', 'AU2', 'AU12', 'AU25', 'AU26', 'AU5'));
    expect(judgement.compound.label).toBe('happily-surprised');
    expect((await ask(face('AU6', 'AU12', 'AU25'))).judgement.compound.label).toBeNull();
  });
});

describe('what counts as evidence', () => {
  it('never takes what cannot be seen for absent', async () => {
    const smile = present('AU12', 'AU25');
    const without = await ask(analysisOf([...smile, ...absent('AU6', 'AU4', 'AU1')]));
    const unseen = await ask(analysisOf([...smile, ...hidden('AU6'), ...absent('AU4', 'AU1')]));
    const withCheeks = await ask(analysisOf([...smile, ...present('AU6'), ...absent('AU4', 'AU1')]));
    const score = (answer: typeof without): number => answer.judgement.expression.scores.happiness;
    expect(score(without)).toBeLessThan(score(unseen));
    expect(score(unseen)).toBeLessThan(score(withCheeks));
  });

  it('never takes what was not measured for absent', async () => {
    const smile = analysisOf(present('AU12', 'AU25'));
    const unmeasured = {
      ...smile,
      notMeasured: [{ what: 'action units AU6, AU7', why: 'The head has no such output.' }],
    };
    const score = async (analysis: typeof smile): Promise<number> =>
      (await ask(analysis)).judgement.expression.scores.happiness;
    expect(await score(unmeasured)).toBeGreaterThan(await score(smile));
  });

  it('lets more of a smile never lower happiness, whatever else is there', async () => {
    const others = fc.subarray(['AU1', 'AU2', 'AU4', 'AU5', 'AU6', 'AU9', 'AU15', 'AU25', 'AU26'] as const);
    const intensity = fc.double({ min: 0.6, max: 5, noNaN: true });
    await fc.assert(
      fc.asyncProperty(others, intensity, intensity, async (codes, one, other) => {
        const at = async (value: number): Promise<number> =>
          (await ask(face(['AU12', value], ...codes))).judgement.expression.scores.happiness;
        const [weaker, stronger] = [Math.min(one, other), Math.max(one, other)];
        expect(await at(stronger)).toBeGreaterThanOrEqual((await at(weaker)) - 1e-4);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['AU9', 'disgust'],
    ['AU15', 'sadness'],
    ['AU20', 'fear'],
  ] as const)('lets more of %s never lower %s', async (code, label) => {
    const at = async (value: number): Promise<number> =>
      (await ask(face([code, value]))).judgement.expression.scores[label];
    const scores = await Promise.all([1, 2, 3, 4, 5].map(at));
    expect([...scores].sort((a, b) => a - b)).toEqual(scores);
  });

  it('counts a movement that nobody is sure of for less', async () => {
    const at = async (confidence: number): Promise<number> =>
      (await ask(analysisOf([unit({ code: 'AU12', confidence }), unit({ code: 'AU6', confidence }), ...absent('AU4')])))
        .judgement.expression.scores.happiness;
    expect(await at(0.2)).toBeLessThan(await at(0.9));
  });

  it('weighs the expression model in without letting it overrule clear movements', async () => {
    const movements = [...present('AU6', 'AU12', 'AU25'), ...absent('AU1', 'AU4', 'AU9', 'AU15')];
    const alone = await ask(analysisOf(movements));
    const backed = await ask(analysisOf([...movements, expression({ happiness: 0.86 })]));
    const opposed = await ask(analysisOf([...movements, expression({ disgust: 0.86 })]));
    const score = (answer: typeof alone): number => answer.judgement.expression.scores.happiness;
    expect(score(backed)).toBeGreaterThan(score(alone));
    expect(score(opposed)).toBeLessThan(score(alone));
    expect(opposed.judgement.expression.label).toBe('happiness');
    expect(opposed.conflicts.map(({ text }) => text).join(' ')).toMatch(/expression model favours disgust/);
  });

  it('is surer of a Duchenne smile than of a social one', async () => {
    const felt = await ask(face(['AU12', 3], ['AU6', 3]));
    const social = await ask(face(['AU12', 3]));
    expect(felt.judgement.confidence).toBeGreaterThan(social.judgement.confidence + 0.1);
  });
});

describe('abstaining', () => {
  it('gives no reading of a small, blurred face with one faint movement', async () => {
    const { judgement } = await ask(
      analysisOf([
        unit({ code: 'AU4', intensity: 1, confidence: 0.3 }),
        quality('small', 0.7),
        quality('blurred', 0.6),
        ...absent('AU12'),
      ]),
    );
    expect(judgement.abstained).toBe(true);
    expect(judgement.labels).toEqual([]);
    expect(judgement.confidence).toBeLessThan(0.35);
  });

  it('gives no reading where nothing was measured', async () => {
    const answer = await ask(analysisOf([quality('turned', 0.9)]));
    expect(answer.judgement.abstained).toBe(true);
    expect(answer.judgement.reason).toMatch(/no facial movement could be measured/i);
    expect(reasonedAnswer.safeParse(answer).success).toBe(true);
  });

  it('gives no reading between two that are level, and says which', async () => {
    // The meeting point is looked for, not assumed: it moves with every change of the tables.
    const levels = Array.from({ length: 30 }, (_, index) => 0.5 + index * 0.1);
    const answers = await Promise.all(levels.map((level) => ask(face('AU1', 'AU2', 'AU25', ['AU20', level]))));
    const level = answers.find(
      ({
        judgement: {
          expression: { scores, label },
        },
      }) => {
        const [first = 0, second = 0] = Object.values(scores).sort((a, b) => b - a);
        return first - second < 0.07 && (label === 'fear' || label === 'surprise');
      },
    );
    expect(level?.judgement.abstained).toBe(true);
    expect(level?.judgement.reason).toMatch(/fear.*surprise|surprise.*fear/);
  });

  it('reads a clear face', async () => {
    const { judgement } = await ask(face('AU6', 'AU12', 'AU25'));
    expect(judgement.abstained).toBe(false);
    expect(judgement.labels).toContain('happy');
  });
});

describe('over time', () => {
  const during = (code: ActionUnitCode, startMs: number, apexMs: number, endMs: number, intensity = 3) =>
    unit({ code, startMs, apexMs, endMs, intensity });
  const looked = (durationMs: number) =>
    (['AU4', 'AU9', 'AU15'] as const).map((code) =>
      unit({ code, status: 'below-threshold', startMs: 0, endMs: durationMs }),
    );

  it('concludes on the strongest stretch and names where the reading turns', async () => {
    const clip = analysisOf(
      [during('AU12', 1200, 2000, 3400, 4), during('AU6', 1300, 2100, 3300, 3), ...looked(10_000)],
      { durationMs: 10_000 },
    );
    const answer = await ask(clip);
    expect(answer.judgement.expression.label).toBe('happiness');
    const text = answer.interpretation.map((each) => each.text).join(' ');
    expect(text).toMatch(/At 0:01\.2 the lip-corner pull/);
    expect(text).toMatch(/by 0:03\.4/);
  });

  it('reads each range by what happens in it', async () => {
    const clip = analysisOf(
      [
        during('AU1', 500, 900, 1600), during('AU2', 500, 900, 1600), during('AU5', 500, 950, 1500), during('AU26', 600, 1000, 1700),
        during('AU12', 4000, 5000, 7000, 4), during('AU6', 4000, 5000, 7000, 3), ...looked(8000),
      ],
      { durationMs: 8000 },
    ); // biome-ignore format: one moment a row
    const label = async (startMs: number, endMs: number): Promise<string> =>
      (await ask(clip, { startMs, endMs })).judgement.expression.label;
    expect(await label(0, 2000)).toBe('surprise');
    expect(await label(3500, 8000)).toBe('happiness');
    expect(await label(2000, 3500)).toBe('neutral');
  });

  it('takes movements at different times for different expressions', async () => {
    const together = [
      during('AU1', 1000, 1500, 2500),
      during('AU4', 1000, 1500, 2500),
      during('AU15', 1000, 1500, 2500),
    ];
    const apart = [during('AU1', 1000, 1500, 2500), during('AU4', 4000, 4500, 5500), during('AU15', 7000, 7500, 8500)];
    const looks = (['AU12', 'AU9'] as const).map((code) =>
      unit({ code, status: 'below-threshold', startMs: 0, endMs: 9000 }),
    );
    const sadness = async (units: typeof together): Promise<number> =>
      (await ask(analysisOf([...units, ...looks], { durationMs: 9000 }))).judgement.expression.scores.sadness;
    expect(await sadness(together)).toBeGreaterThan((await sadness(apart)) + 0.15);
  });

  it('does not take a resting look for anger', async () => {
    const clip = analysisOf(
      [
        unit({
          code: 'AU4',
          startMs: 0,
          endMs: 8000,
          onsetMs: null,
          offsetMs: null,
          intensity: 2.1,
          overBaseline: 0.1,
        }),
        ...(['AU1', 'AU9', 'AU12', 'AU15'] as const).map((code) =>
          unit({ code, status: 'below-threshold', startMs: 0, endMs: 8000 }),
        ),
      ],
      { durationMs: 8000 },
    );
    const { judgement } = await ask(clip);
    expect(judgement.expression.label).toBe('neutral');
    expect(judgement.expression.scores.anger).toBeLessThan(0.1);
  });
});

it('gives the same bytes for the same request', async () => {
  const analysis = face('AU1', 'AU2', 'AU4', 'AU5', 'AU20');
  expect(JSON.stringify(await ask(analysis))).toBe(JSON.stringify(await ask(analysis)));
});

it('says what would change the reading by scoring again', async () => {
  const answer = await ask(face(['AU12', 2.6], ['AU25', 1]));
  expect(answer.wouldChange[0]?.text).toMatch(
    /^If the lip-corner pull \(o1\) were absent, the face would read as neutral/,
  );
});
