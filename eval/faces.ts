/**
 * `npm run eval:faces [-- SHARED]`: expressions and action units on the developers' faces, as the section "Faces" of
 * docs/accuracy.md.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WhyfaceError } from '../src/kit/error.ts';
import { createPipeline } from '../src/pipeline.ts';
import { blendshapeTargets } from './faces/blendshape-targets.ts';
import { labelledPhotos } from './faces/labelled-photos.ts';
import { unitCurves } from './faces/unit-curves.ts';
import { replaceSection } from './voice/section.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const shared = process.argv[2] ?? join(dirname(ROOT), 'shared');
const [photos, training] = [join(shared, 'media', 'faces'), join(shared, 'train', 'muxspace')];
if (!existsSync(join(photos, 'MANIFEST.json'))) {
  throw new WhyfaceError({
    code: 'input-not-found',
    stage: 'eval',
    message: `There are no photos in ${photos}; name the folder that holds media/faces/MANIFEST.json.`,
  });
}

const pipeline = createPipeline({ env: process.env, workers: 1 });
try {
  const plots = join(ROOT, 'docs', 'accuracy');
  mkdirSync(plots, { recursive: true });
  const expressions = await labelledPhotos(photos, pipeline);
  writeFileSync(join(plots, 'sureness.svg'), expressions.svg);
  const reading = join(ROOT, 'models', 'training', 'developer-reading.txt');
  const units = await unitCurves(photos, { reading, rendered: join(plots, 'rendered-curves.json') }, pipeline);
  writeFileSync(join(plots, 'units.svg'), units.svg);
  const text = [
    "Made by `npm run eval:faces` (about three minutes; the developers' data folder `../shared` is needed).",
    expressions.text,
    '### Action units',
    '![ROC curves of the action units](accuracy/units.svg)',
    units.text,
    ...(existsSync(join(training, 'index.csv')) ? [await blendshapeTargets(training, pipeline)] : []),
  ].join('\n\n');
  process.stdout.write(`${text}\n`);
  const page = join(ROOT, 'docs', 'accuracy.md');
  writeFileSync(page, replaceSection(existsSync(page) ? readFileSync(page, 'utf8') : '# Accuracy\n', 'Faces', text));
} finally {
  await pipeline.close();
}
