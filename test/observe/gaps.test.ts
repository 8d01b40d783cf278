import { describe, expect, it } from 'vitest';
import { gapsOfPeople } from '../../src/observe/gaps.ts';

const blinks = { what: 'blinks', why: 'The clip was analysed at 5 frames a second; blinks need 15.' };
const short = { what: 'irregularity of the movements', why: 'The face is in view for 1.2 s; it takes 2 s.' };

describe('what was not measured of the people in view', () => {
  it('begins with whom it concerns, unless it concerns everybody', () => {
    expect(
      gapsOfPeople([
        { id: 'P1', notMeasured: [blinks] },
        { id: 'P2', notMeasured: [blinks, short] },
      ]),
    ).toEqual([blinks, { ...short, what: 'P2: irregularity of the movements' }]);
    expect(gapsOfPeople([{ id: 'P1', notMeasured: [blinks, short] }])).toEqual([blinks, short]);
  });

  it('is said once for several who share it', () => {
    expect(
      gapsOfPeople([
        { id: 'P1', notMeasured: [short] },
        { id: 'P2', notMeasured: [] },
        { id: 'P3', notMeasured: [short] },
      ]).map(({ what }) => what),
    ).toEqual(['P1, P3: irregularity of the movements']);
  });
});
