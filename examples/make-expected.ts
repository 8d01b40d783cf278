/**
 * Writes what whyface answers for the examples to `examples/expected/`: the full record as JSON, without the timings,
 * and the text that a person reads. Run it with `npx tsx examples/make-expected.ts`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { explainOptions, observeOptions } from '../src/contracts/index.ts';
import { createPipeline } from '../src/pipeline.ts';
import { createTextRenderer } from '../src/present/text/explanation.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const options = { ...observeOptions.parse({}), ...explainOptions.parse({}) };

const pipeline = createPipeline({ env: process.env });
try {
  mkdirSync(here('expected'), { recursive: true });
  for (const file of ['astronaut.png', 'clip.mp4']) {
    const { analysis, explanations } = await pipeline.explain(here(file), options);
    const record = { input: `examples/${file}`, analysis: { ...analysis, timings: {} }, explanations, error: null };
    const name = `expected/${file.replace(/\.\w+$/, '')}`;
    writeFileSync(here(`${name}.json`), `${JSON.stringify(record, null, 2)}\n`);
    writeFileSync(here(`${name}.txt`), [...createTextRenderer().add({ record, percepts: null, stills: [] })].join(''));
  }
} finally {
  await pipeline.close();
}
