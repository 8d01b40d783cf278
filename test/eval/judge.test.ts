import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { httpJudge } from '../../eval/judge/judge.ts';
import { judgedOverlap } from '../../eval/judge/judged-overlap.ts';
import { namedScore, publishedScore } from '../../eval/judge/score-of-reply.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('judge');
const asked: string[] = [];
let failures = 0;

const question = z.object({ temperature: z.number(), messages: z.array(z.object({ content: z.string() })).length(1) });

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (failures > 0) {
      failures -= 1;
      response.writeHead(429).end();
      return;
    }
    const { messages } = question.parse(JSON.parse(Buffer.concat(chunks).toString()));
    const text = messages[0]?.content ?? '';
    asked.push(text);
    const content = text.includes('只写情感词')
      ? '高兴'
      : text.includes('《真实情感》')
        ? '预测分数：8.5；原因：相近'
        : '在1-10的范围内，预测分数：6';
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ choices: [{ message: { content } }] }));
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => server.close());
const isAddress = (value: unknown): value is AddressInfo =>
  typeof value === 'object' && value !== null && 'port' in value;
const address = server.address();
const url = isAddress(address) ? `http://127.0.0.1:${address.port}/v1` : '';

const clips = [
  { clip: 'a', truth: '他很高兴。', prediction: '他笑着。' },
  { clip: 'b', truth: '他很生气。', prediction: '{{low}} 他很平静。' },
];

describe('the judge of EMER v1', () => {
  it('reads scores as the published code does, quirk and all', () => {
    expect(publishedScore('预测分数：8.5；原因：相近')).toBe(8.5);
    expect(publishedScore('on a scale of 1-10: 7')).toBe(1);
    expect(namedScore('on a scale of 1-10, score: 7', 1)).toBe(7);
    expect(publishedScore('8..5')).toBeNull();
    expect(publishedScore('no number')).toBeNull();
  });

  it('is asked once, through an overload; its stored replies give the same numbers without it', async () => {
    const file = join(folder, 'replies.jsonl');
    failures = 1;
    const judge = httpJudge({ url, model: 'tiny', temperature: 0 });
    const options = { file, low: 1, repeats: 1 } as const;
    const first = await judgedOverlap(clips, { ...options, judge });
    // The reply about clues names 6, but its first number is the 1 of "1-10".
    expect(first).toMatchObject({ clue: 1, label: 8.5, clips: 2, judge: { model: 'tiny', temperature: 0 }, asked: 7 });
    expect(first.problems).toMatchObject([{ code: 'malformed-row', count: 2 }]);
    expect(first.prompts.map(({ id }) => id)).toEqual([
      'emer-clue-overlap',
      'emer-label-summary',
      'emer-label-overlap',
    ]);
    // What stands in a description is never taken for a place of the prompt.
    expect(asked.some((text) => text.includes('{{low}} 他很平静。'))).toBe(true);
    // Half a line, as a killed run leaves it.
    appendFileSync(file, '{"key": "12');
    const before = asked.length;
    const replayed = await judgedOverlap(clips, { ...options, judge: null });
    expect({ ...replayed, asked: first.asked }).toEqual(first);
    expect(asked.length).toBe(before);
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(8);
  });

  it('says so when a reply is missing', async () => {
    const file = join(folder, 'replies.jsonl');
    const other = [{ clip: 'c', truth: '他很难过。', prediction: '他哭了。' }];
    await expect(judgedOverlap(other, { file, judge: null, low: 1, repeats: 1 })).rejects.toThrow(/no answer to one/);
    // Another scale is another question.
    await expect(judgedOverlap(clips, { file, judge: null, low: 0, repeats: 1 })).rejects.toThrow(/no answer to one/);
  });
});
