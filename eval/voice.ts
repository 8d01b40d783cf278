/**
 * `npm run eval:voice [-- FOLDER]`: how well the voice is measured on the developers' recordings, as the voice section of
 * docs/accuracy.md.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WhyfaceError } from '../src/kit/error.ts';
import { createPipeline } from '../src/pipeline.ts';
import { arousalRows } from './voice/arousal.ts';
import { detectionRows } from './voice/detection.ts';
import { pitchRows } from './voice/pitch.ts';
import { qualityRows } from './voice/quality.ts';
import { replaceSection } from './voice/section.ts';
import { speedRows } from './voice/speed.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = process.argv[2] ?? join(dirname(ROOT), 'shared', 'media', 'speech');
if (!existsSync(join(folder, 'MANIFEST.json'))) {
  throw new WhyfaceError({
    code: 'input-not-found',
    stage: 'eval',
    message: `There are no recordings in ${folder}; name the folder that holds their MANIFEST.json.`,
  });
}

const work = mkdtempSync(join(tmpdir(), 'whyface-voice-'));
const silero = join(dirname(dirname(folder)), 'models', 'silero_vad.onnx');
const withSilero = join(work, 'models');
mkdirSync(withSilero);
if (existsSync(silero)) {
  writeFileSync(join(withSilero, 'silero_vad.onnx'), readFileSync(silero));
}
const bare = createPipeline({ env: process.env, modelsDir: join(work, 'none'), workers: 1 });
const full = createPipeline({ env: process.env, modelsDir: withSilero, workers: 1 });
try {
  const sections = [
    await detectionRows({ folder, work, bare, silero: existsSync(silero) ? full : null }),
    await pitchRows({ folder, work, pipeline: bare }),
    await arousalRows({ folder, pipeline: bare }),
    await qualityRows({ folder, work, pipeline: bare }),
    await speedRows({ work, pipeline: bare }),
  ];
  const text = sections.join('\n\n');
  process.stdout.write(`${text}\n`);
  const page = join(ROOT, 'docs', 'accuracy.md');
  writeFileSync(page, replaceSection(existsSync(page) ? readFileSync(page, 'utf8') : '# Accuracy\n', 'Voice', text));
} finally {
  await Promise.all([bare.close(), full.close()]);
  rmSync(work, { recursive: true, force: true });
}
