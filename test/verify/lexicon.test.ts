import { describe, expect, it } from 'vitest';
import { ACTION_UNITS, LEVELS } from '../../src/facs/index.ts';
import { readSentence } from '../../src/verify/read/sentence.ts';

const wordings = Object.values(ACTION_UNITS)
  .filter((entry) => entry.code !== 'AU45')
  .flatMap((entry) => {
    const be = entry.both.plural ? 'are' : 'is';
    const does = entry.both.plural ? entry.does.plural : entry.does.singular;
    const phrases = [
      entry.name,
      entry.noun,
      ...entry.alsoSaid,
      ...entry.everyday,
      `the ${entry.both.text} ${be} ${entry.done}`,
      `the ${entry.both.text} ${does}`,
    ];
    return phrases.map((phrase) => [entry.code, phrase] as const);
  });

describe('every wording of the knowledge base', () => {
  it.each(wordings)('%s: %s', (code, phrase) => {
    const units = readSentence(phrase).readings.filter((reading) => reading.kind === 'unit');
    expect(units.length).toBeGreaterThan(0);
    expect(units.every((reading) => reading.codes.includes(code) && reading.polarity === 'present')).toBe(true);
  });

  it.each(wordings.filter(([, phrase]) => phrase.startsWith('the ')))('%s, denied: %s', (code, phrase) => {
    const units = readSentence(`There is no evidence that ${phrase}.`).readings.filter(
      (reading) => reading.kind === 'unit',
    );
    expect(units.some((reading) => reading.codes.includes(code) && reading.polarity === 'absent')).toBe(true);
  });

  it.each(
    LEVELS.flatMap((entry) =>
      [entry.adjective, ...entry.alsoSaid].map((word) => [entry.letter, word, entry.from] as const),
    ),
  )('level %s: %s', (_, word, from) => {
    const [reading] = readSentence(`AU12 is ${word}.`).readings.filter((each) => each.kind === 'unit');
    const level = reading?.levels[0];
    const middle = from + 0.5;
    expect(level === undefined || (level.kind === 'word' && level.from <= middle && level.to >= middle)).toBe(true);
  });
});
