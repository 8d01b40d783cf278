import { describe, expect, it } from 'vitest';
import { readLink, writeLink } from '../../../src/present/web/app/link.ts';
import { readAnswers } from '../../../src/present/web/evaluate/read-answers.ts';
import { createNames } from '../../../src/present/web/state/names.ts';
import { inForce } from '../../../src/present/web/state/revision.ts';

const id = `an_${'0123456789ab'.repeat(2)}`;

describe('a link to a moment', () => {
  it('says again who, when and by what was asked', () => {
    const link = {
      resourceId: id,
      ms: 1200,
      subject: 'P2',
      range: { startMs: 600, endMs: 3000 },
      reasoner: 'clip' as const,
    };
    expect(readLink(writeLink(link))).toEqual(link);
    const plain = { resourceId: id, ms: 0, subject: null, range: null, reasoner: 'facs' as const };
    expect(readLink(writeLink(plain))).toEqual(plain);
    expect(readLink(`#${id}`)).toEqual(plain);
  });

  it('is nothing else', () => {
    for (const fragment of ['', '#evaluate', '#an_12', `#${id}@1,P1<script>`, `#${id}@-4`]) {
      expect(readLink(fragment)).toBeNull();
    }
  });
});

describe('files of answers', () => {
  const read = (name: string, text: string, kind: 'labels' | 'explanations' = 'labels', column: string | null = null) =>
    readAnswers(name, text, { kind, column });
  it('are read as the command line reads them: tables, lines, dictionaries and records', () => {
    const csv = read('a.csv', 'name,openset,english\nv/clip1.mp4,"happy, sad",He smiles.\n,x,y\n');
    expect([...csv.items]).toEqual([['clip1', 'happy, sad']]);
    expect(csv).toMatchObject({ column: 'openset', columns: ['openset', 'english'], leftOut: 1 });
    expect([...read('a.csv', 'name,openset,english\nc,happy,He smiles.\n', 'explanations').items.values()]).toEqual([
      'He smiles.',
    ]);
    expect([
      ...read('a.csv', 'name,openset,english\nc,happy,He smiles.\n', 'labels', 'english').items.values(),
    ]).toEqual(['He smiles.']);
    expect([...read('a.jsonl', '{"clip":"c","labels":["happy"]}\n\n').items]).toEqual([['c', '[happy]']]);
    expect([...read('a.json', '{"c":"happy","d":["sad","angry"]}').items]).toEqual([
      ['c', 'happy'],
      ['d', '[sad, angry]'],
    ]);
    const record = {
      input: 'c.mp4',
      explanations: [
        {
          judgement: { abstained: false, labels: ['glad'] },
          keyObservations: [{ text: 'A.' }],
          interpretation: [],
          conclusion: { text: 'B.' },
        },
      ],
    };
    expect([...read('r.json', JSON.stringify([record])).items]).toEqual([['c', '[glad]']]);
    expect([...read('r.json', JSON.stringify([record]), 'explanations').items]).toEqual([['c', 'A. B.']]);
  });

  it('are refused in plain words where they cannot be used', () => {
    expect(() => read('a.json', '{')).toThrow(/could not be read/);
    expect(() => read('a.csv', 'name,colour\nc,red\n')).not.toThrow(/undefined/);
    expect(() => read('a.csv', 'labels\nhappy\n')).toThrow(/no column for the clip/);
    expect(() => read('a.csv', 'name,colour\nc,red\n')).toThrow(/no column for the answer/);
  });
});

describe('names and corrections', () => {
  it('keeps names by clip, in the storage that it was given alone', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    };
    const names = createNames(storage);
    names.open(id);
    names.call('P1', '  Ada ');
    names.open('other');
    expect(names.of('P1')).toBe('P1');
    names.open(id);
    expect(names.of('P1')).toBe('Ada');
    names.call('P1', '');
    expect(names.of('P1')).toBe('P1');
  });

  it('counts no correction that was taken back', () => {
    const label = {
      id: 'c1',
      kind: 'label' as const,
      subject: null,
      range: { startMs: 0, endMs: 1 },
      note: '',
      label: 'x',
    };
    expect(
      inForce([label, { ...label, id: 'c2' }, { id: 'c3', kind: 'withdrawal', withdraws: 'c1' }]).map(
        (each) => each.id,
      ),
    ).toEqual(['c2']);
  });
});
