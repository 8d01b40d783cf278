/** The sentence of the example clip: quoted from its sidecar with its time, and a wrong sidecar noticed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { explainOptions, type ObservationOf, observeOptions } from '../../src/contracts/index.ts';
import { createPipeline, type Explained } from '../../src/pipeline.ts';
import { ROOT } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { speech: truth } = z
  .object({ speech: z.object({ text: z.string(), startMs: z.number(), endMs: z.number() }) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'examples', 'clip.truth.json'), 'utf8')));

const folder = temporaryFolder('example-words');
const pipeline = createPipeline({ env: process.env });
afterAll(() => pipeline.close());

const explained = (transcript?: string): Promise<Explained> =>
  pipeline.explain(
    join(ROOT, 'examples', 'clip.mp4'),
    // Half the frames: this is about the words.
    { ...observeOptions.parse({ fps: 12.5 }), ...explainOptions.parse({}) },
    { transcript },
  );

const transcript = (name: string, shiftMs: number, text: string): string => {
  const stamp = (ms: number): string => new Date(ms + shiftMs).toISOString().slice(11, 23);
  const path = join(folder, name);
  writeFileSync(path, `WEBVTT\n\n${stamp(truth.startMs)} --> ${stamp(truth.endMs)}\n${text}\n`);
  return path;
};

const quotes = ({ analysis }: Explained): ObservationOf<'speech'>[] =>
  analysis.observations.filter((observation): observation is ObservationOf<'speech'> => observation.kind === 'speech');

describe('the sentence of the example clip', () => {
  it('is quoted from the sidecar with its time, and is not given to lips that keep still', async () => {
    const result = await explained();
    expect(quotes(result)).toMatchObject([
      {
        range: { startMs: truth.startMs, endMs: truth.endMs },
        speech: { quote: truth.text, language: 'en', speaker: 'off-screen' },
      },
    ]);
    expect(result.analysis.subjects[0]?.speaks).toBe(false);
    expect(result.analysis.warnings).toEqual([]);
    const [explanation] = result.explanations;
    const told = explanation?.keyObservations.find(({ text }) => text.includes('"I did not expect that"'));
    expect(told?.cites).toEqual([quotes(result)[0]?.id]);
    expect(
      explanation?.grounding.claims.every(({ verdict }) => verdict !== 'contradicted' && verdict !== 'unsupported'),
    ).toBe(true);
  }, 120_000);

  it('is doubted where it comes from a file that is five seconds late', async () => {
    const { analysis } = await explained(transcript('late.vtt', 5000, truth.text));
    expect(analysis.warnings).toContainEqual({
      code: 'transcript-shifted',
      message: expect.stringMatching(/late\.vtt.*5\.0 s earlier/),
    });
    expect(analysis.warnings.map(({ code }) => code)).toContain('transcript-beyond-end');
  }, 120_000);
});
