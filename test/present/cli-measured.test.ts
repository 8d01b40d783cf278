import { expect, it } from 'vitest';
import { WhyfaceError } from '../../src/kit/error.ts';
import { nothingToRead } from '../../src/present/cli/measured.ts';
import { namedMessage } from '../../src/present/cli/run-inputs.ts';
import { analysisOf } from '../support/analysis.ts';

const faceless = { ...analysisOf([]), subjects: [] };

it('says of a file that was not copied whole that it was not, rather than that it shows no face', () => {
  const cut = { ...faceless, warnings: [{ code: 'truncated', message: 'half.png is cut short.' }] };
  expect(nothingToRead('half.png', cut)?.message).toBe(
    'half.png is cut short, and no face could be measured in what is left of it; fetch or copy it again.',
  );
  expect(nothingToRead('hill.png', faceless)?.message).toContain('No face could be measured in hill.png');
});

it('names an input once', () => {
  const error = new WhyfaceError({ code: 'media-damaged', stage: 'media', message: 'half.mp4 is damaged.' });
  expect(namedMessage('clips/half.mp4', error)).toBe('half.mp4 is damaged.');
  expect(namedMessage('clips/other.mp4', error)).toBe('clips/other.mp4: half.mp4 is damaged.');
});
