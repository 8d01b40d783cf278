import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { clipComparison } from '../../src/chat/compare-clips.ts';
import { chatAnswer, explainRecord } from '../../src/contracts/index.ts';
import { main } from '../../src/present/cli/main.ts';
import { CSV_COLUMNS } from '../../src/present/csv/columns.ts';
import { SUMMARY_COLUMNS } from '../../src/present/csv/summary.ts';
import { runMain } from '../support/cli-io.ts';
import { ROOT } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const record = join(ROOT, 'examples', 'expected', 'clip.json');
const photo = join(ROOT, 'examples', 'astronaut.png');

/** The command line with questions on its input. */
const chat = async (
  lines: string,
  args: readonly string[] = [],
): Promise<{ status: number; stdout: string; stderr: string }> => {
  const texts = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') =>
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        texts[name] += chunk.toString();
        done();
      },
    });
  const status = await main(['chat', record, '-q', ...args], {
    stdin: Readable.from([lines]),
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    env: {},
    interruption: new AbortController(),
  });
  return { status, ...texts };
};

describe('whyface chat', () => {
  it('answers one question a line, each after its question, and keeps what it is about', async () => {
    const { status, stdout, stderr } = await chat('is she smiling?\n\nhow strong is it?\n');
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^> is she smiling\?\nYes: .*\(AU12.*\[o\d+\]\n/s);
    expect(stdout).toMatch(/> how strong is it\?\nThe lip-corner pull \(AU12\)/);
  });

  it('gives whole answers as JSON lines, and goes on after a question that is too long', async () => {
    const { stdout, stderr } = await chat(`${'why '.repeat(1100)}\nwhat did she say?\n`, ['--format', 'jsonl']);
    const [answer] = stdout
      .trim()
      .split('\n')
      .map((line) => chatAnswer.parse(JSON.parse(line)));
    expect(answer?.sentences[0]?.text).toContain('I did not expect that');
    expect(stderr).toMatch(/characters/);
  });

  it('stops when it is interrupted while it waits', async () => {
    const interruption = new AbortController();
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    setTimeout(() => interruption.abort(), 200);
    expect(
      await main(['chat', record, '-q'], {
        stdin: new PassThrough(),
        stdout: silent,
        stderr: silent,
        env: {},
        interruption,
      }),
    ).toBe(130);
  });
});

describe('whyface compare', () => {
  it('says what differs, with the evidence of both, in three formats', async () => {
    const other = join(ROOT, 'examples', 'expected', 'astronaut.json');
    const json = await runMain(['compare', record, other, '-q', '--format', 'json']);
    expect(json.status).toBe(0);
    const comparison = clipComparison.parse(JSON.parse(json.stdout));
    expect(comparison.sides.map(({ judgement }) => judgement?.expression.label)).toEqual(['happiness', 'happiness']);
    const verdicts = comparison.differences.flatMap(({ evidence }) => evidence.flatMap((side) => side?.verdict ?? []));
    expect(verdicts.length).toBeGreaterThan(2);
    expect(verdicts.filter((verdict) => verdict === 'contradicted' || verdict === 'unsupported')).toEqual([]);
    const text = await runMain(['compare', record, other, '-q']);
    expect(text.stdout).toMatch(/^A: clip\.json, P1\nB: astronaut\.json, P1\n/);
    expect((await runMain(['compare', record, other, '-q', '--format', 'markdown'])).stdout).toMatch(
      /^# What differs\n/,
    );
  });

  it('refuses what cannot be compared', async () => {
    expect((await runMain(['compare', record, record, '--subject', 'P7'])).stderr).toContain('There is no P7');
    expect((await runMain(['compare', record, '/nowhere.mp4', '-q'])).status).toBe(66);
    expect((await runMain(['compare', record, record, '--purpose', 'workplace'])).status).toBe(78);
  });
});

describe('whyface batch', () => {
  const folder = temporaryFolder('batch');
  const clips = join(folder, 'clips');
  const out = join(folder, 'out');
  const table = (name: string): string[][] => parse(readFileSync(join(out, name)));
  const batch = (...more: string[]) => runMain(['batch', join(clips, '**', '*.*'), '--out', out, ...more]);
  beforeAll(() => {
    mkdirSync(join(clips, 'deep'), { recursive: true });
    cpSync(photo, join(clips, 'one.png'));
    cpSync(photo, join(clips, 'deep', 'one.png'));
    writeFileSync(join(clips, 'broken.mp4'), 'no clip');
  });

  it('writes a record a clip and both tables, and one bad file stops nothing', async () => {
    const { status, stderr } = await batch();
    expect(status).toBe(65);
    expect(stderr).toContain('broken.mp4');
    expect(stderr).toContain('3 of 3 done');
    const [header, ...rows] = table('summary.csv');
    expect(header).toEqual([...SUMMARY_COLUMNS]);
    expect(rows.map((row) => row[4])).toEqual(['', 'happiness', 'happiness']);
    expect(rows[0]?.at(-1)).toMatch(/^media-/);
    for (const row of rows) {
      expect(explainRecord.parse(JSON.parse(readFileSync(join(out, row[13] ?? ''), 'utf8'))).input).toBe(row[0]);
    }
    const [columns, ...frames] = table('measurements.csv');
    expect(columns).toEqual([...CSV_COLUMNS]);
    expect(frames.map((row) => row[5])).toEqual(['1', '1']);
  }, 60_000);

  it('goes on where it was: only what is missing or has changed is done again', async () => {
    expect((await batch()).stderr).toContain('--resume');
    const [first] = readdirSync(join(out, 'records')).filter((name) => name.startsWith('one-'));
    rmSync(join(out, 'records', first ?? ''));
    const before = readFileSync(join(out, 'summary.csv'), 'utf8');
    const again = await batch('--resume');
    expect(again.stderr).toContain('(2 from before)');
    expect(again.status).toBe(65);
    expect(readFileSync(join(out, 'summary.csv'), 'utf8')).toBe(before);
    utimesSync(join(clips, 'one.png'), new Date(), new Date(Date.now() + 5_000));
    expect((await batch('--resume')).stderr).toContain('(2 from before)');
    expect((await batch('--resume', '--fps', '5')).stderr).not.toContain('from before');
  }, 120_000);
});
