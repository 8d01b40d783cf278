import { describe, expect, it } from 'vitest';
import { durationWord, timeWord } from '../../src/facs/time-words.ts';

describe('timeWord', () => {
  it('writes minutes, seconds and tenths, and hours where there are any', () => {
    expect([0, 1_234, 12_400, 59_949, 59_950, 3_599_950, 3_723_400].map(timeWord)).toEqual([
      '0:00.0',
      '0:01.2',
      '0:12.4',
      '0:59.9',
      '1:00.0',
      '1:00:00.0',
      '1:02:03.4',
    ]);
  });
});

describe('durationWord', () => {
  it('is as coarse as the length allows', () => {
    expect([380, 9_940, 12_400, 119_000, 600_000].map(durationWord)).toEqual([
      '0.4 s',
      '9.9 s',
      '12 s',
      '119 s',
      '10 min',
    ]);
  });
});
