import { describe, expect, it } from 'vitest';
import type { Claim } from '../../src/contracts/index.ts';
import { claimsOf, sceneOf, unit, verdictOf } from './scene.ts';

const scene = sceneOf([
  unit('o1', { code: 'AU12', intensity: 3 }),
  unit('o2', { code: 'AU6', intensity: 1.8 }),
  unit('o3', { code: 'AU2', side: 'left', intensity: 3, startMs: 4000, endMs: 5200, apexMs: 4500 }),
  unit('o4', { code: 'AU4', status: 'below-threshold' }),
  unit('o5', { code: 'AU17', status: 'not-visible', intensity: null }),
  unit('o6', { code: 'AU25', intensity: 4, startMs: 1200, endMs: 2600 }),
  unit('o7', { code: 'AU12', subject: 'P2', intensity: 1 }),
  unit('o8', { code: 'AU26', status: 'below-threshold' }),
]);

type Row = readonly [text: string, cites: readonly string[], verdict: Claim['verdict']];
const check = (rows: readonly Row[]): void => {
  it.each(rows)('%s %j: %s', (text, cites, verdict) => {
    expect(verdictOf(text, cites, scene)).toBe(verdict);
  });
};

describe('which unit', () => {
  check([
    ['AU12 is present.', ['o1'], 'supported'],
    ['Her lip corners are drawn up and back.', ['o1'], 'supported'],
    ['She smiles.', ['o1'], 'supported'],
    ['AU15 is present.', ['o1'], 'unsupported'],
    ['The lip corners are pulled down.', ['o1'], 'unsupported'],
    ['AU4 is present.', ['o4'], 'contradicted'],
    ['The brows are furrowed.', ['o1'], 'contradicted'],
    ['AU38, the nostril dilator, is at work.', ['o1'], 'unsupported'],
    ['The lip corners pull up (AU4).', ['o1', 'o4'], 'contradicted'],
    ['AUs 6 and 12 occur together.', ['o1', 'o2'], 'supported'],
    ['AUs 6 and 9 occur together.', ['o1', 'o2'], 'unsupported'],
  ]);
});

describe('what is denied', () => {
  check([
    ['There is no sign of AU4.', ['o4'], 'supported'],
    ['The brows are not lowered.', ['o4'], 'supported'],
    ['The brow lowerer (AU4) stays below the threshold.', ['o4'], 'supported'],
    ['A smile without any knitting of the brows.', ['o1', 'o4'], 'supported'],
    ['Neither a lowered brow nor a dropped jaw can be seen.', ['o4', 'o8'], 'supported'],
    ['The lip corners are not pulled up.', ['o1'], 'contradicted'],
    ['There is no smile.', ['o1'], 'contradicted'],
    ['AU4 is not absent.', ['o4'], 'contradicted'],
    ['The chin is not raised.', ['o5'], 'unsupported'],
    ['The chin is raised.', ['o5'], 'unsupported'],
    ['The chin cannot be seen.', ['o5'], 'supported'],
    ['The mouth is closed.', ['o6'], 'contradicted'],
    ['The brows stay still.', ['o4'], 'contradicted'],
  ]);
});

describe('side', () => {
  check([
    ['The left outer brow is raised.', ['o3'], 'supported'],
    ['Only one brow goes up.', ['o3'], 'supported'],
    ['The left brow is raised while the right one stays put.', ['o3'], 'supported'],
    ['The right outer brow is raised.', ['o3'], 'contradicted'],
    ['Both brows go up.', ['o3'], 'contradicted'],
    ['R2 is present.', ['o3'], 'contradicted'],
    ['The left lip corner is pulled up.', ['o1'], 'contradicted'],
    ['The smile is symmetrical.', ['o1'], 'supported'],
    ['The smile is not symmetrical.', ['o1'], 'contradicted'],
    ['The left brow stands higher than the right.', ['o3'], 'supported'],
    ['The right brow stands higher than the left.', ['o3'], 'contradicted'],
  ]);
});

describe('level', () => {
  check([
    ['A marked smile.', ['o1'], 'supported'],
    ['AU12C is present.', ['o1'], 'supported'],
    ['AU12 (3.0 of 5).', ['o1'], 'supported'],
    ['AU12 at level E.', ['o1'], 'contradicted'],
    ['AU12 (4.2 of 5).', ['o1'], 'contradicted'],
    ['The merest trace of a smile.', ['o1'], 'contradicted'],
    ['The cheeks are raised to the maximum.', ['o2'], 'contradicted'],
    ['A slight cheek raise and a marked smile.', ['o1', 'o2'], 'supported'],
    ['A marked cheek raise and a slight smile.', ['o1', 'o2'], 'contradicted'],
    ['The smile is stronger than the cheek raise.', ['o1', 'o2'], 'supported'],
    ['The smile is weaker than the cheek raise.', ['o1', 'o2'], 'contradicted'],
    ['AU12 is not marked.', ['o1'], 'contradicted'],
  ]);
});

describe('time and order', () => {
  check([
    ['The smile peaks at 1.8 s.', ['o1'], 'supported'],
    ['At 0:01.8 the smile is at its peak.', ['o1'], 'supported'],
    ['The smile starts at 1.0 s, peaks at 1.8 and has faded by 3 s.', ['o1'], 'supported'],
    ['From 1.0 to 3.0 seconds the lip corners are pulled up.', ['o1'], 'supported'],
    ['At 2.4 s the smile is still in place.', ['o1'], 'supported'],
    ['The smile lasts two seconds.', ['o1'], 'supported'],
    ['The smile peaks at 2.6 s.', ['o1'], 'contradicted'],
    ['The smile appears at 5 s.', ['o1'], 'contradicted'],
    ['From 2.0 to 4.0 seconds the lip corners are pulled up.', ['o1'], 'contradicted'],
    ['The smile lasts five seconds.', ['o1'], 'contradicted'],
    ['A micro-expression of AU12.', ['o1'], 'contradicted'],
    ['She smiles before the left brow goes up.', ['o1', 'o3'], 'supported'],
    ['She smiles after the left brow goes up.', ['o1', 'o3'], 'contradicted'],
    ['The left brow goes up while she smiles.', ['o1', 'o3'], 'contradicted'],
    ['The lips part while she smiles.', ['o1', 'o6'], 'supported'],
    ['The smile starts first, and 0.2 s later the lips part.', ['o1', 'o6'], 'supported'],
    ['The smile starts first, and 1.5 s later the lips part.', ['o1', 'o6'], 'contradicted'],
  ]);
});

describe('person and citation', () => {
  check([
    ["P1's lip corners are pulled up.", ['o1'], 'supported'],
    ["P2's lip corners are barely pulled up.", ['o7'], 'supported'],
    ["P2's lip corners are pulled up.", ['o1'], 'contradicted'],
    ['The lip corners are pulled up.', ['o7'], 'contradicted'],
    ['P9 smiles.', ['o1'], 'contradicted'],
    ['The lip corners are pulled up.', ['o99'], 'unsupported'],
    ['The lip corners are pulled up.', [], 'unsupported'],
    ['The lip corners are pulled up [o1].', [], 'supported'],
  ]);

  it('names the observation that shows what is not cited', () => {
    const [claim] = claimsOf('The cheeks are raised.', ['o1'], scene);
    expect(claim).toMatchObject({ verdict: 'unsupported', cites: ['o2'] });
  });

  it('lets a sentence without citations lean on those of its part', () => {
    const claims = claimsOf('The lip corners are pulled up. They reach level C.', ['o1'], scene);
    expect(claims.every((claim) => claim.verdict === 'supported')).toBe(true);
  });
});

describe('what claims nothing', () => {
  check([
    ['If the brows were lowered, this would read otherwise.', ['o1'], 'untestable'],
    ['Are the brows lowered?', ['o1'], 'untestable'],
    ['It is a lovely day.', [], 'untestable'],
    ['Lowered brows usually go with anger.', ['o1'], 'untestable'],
  ]);
});
