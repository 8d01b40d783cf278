/**
 * Runs the product's own detector, mesh and landmark normalisation over a batch of faces, for the training scripts.
 *
 *   npx tsx models/training/extract.ts DETECTOR.onnx MESH.onnx OUT_PREFIX (IMAGES.u8 | FOLDER | LIST.txt) [GRID.json] [first]
 *
 * IMAGES.u8 holds 256 × 256 RGB renders one after the other; a folder or list names pictures. Writes
 * OUT_PREFIX.landmarks.f32 (N × 478 × 3 pixels), OUT_PREFIX.points.f32 (N × 478 × 3 normalised),
 * OUT_PREFIX.crops.u8 (N × side × side grey, the aligned face; only with a lattice) and OUT_PREFIX.found.json (what each
 * row is). A face is written twice: as the mesh sees it in the detector's box, and in the box of its own first answer,
 * which are the two ways the product runs it (photo; following frames); `first` leaves out the second.
 */
import { createWriteStream, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { APPEARANCE_SIDE, alignedFace, type FaceGrid } from '../../src/perceive/face/au-appearance.ts';
import { SHORT_RANGE } from '../../src/perceive/face/decode-detections.ts';
import { createDetectorRunner } from '../../src/perceive/face/detector.ts';
import type { RgbImage } from '../../src/perceive/face/image.ts';
import { createMeshRunner } from '../../src/perceive/face/mesh.ts';
import { normaliseLandmarks } from '../../src/perceive/face/normalise-landmarks.ts';
import { createPixelKernel } from '../../src/perceive/face/pixel-kernel.ts';
import { regionOfDetection, regionOfLandmarks, regionOfPicture } from '../../src/perceive/face/region.ts';

const RENDER_SIDE = 256;
const [detectorPath = '', meshPath = '', prefix = '', source = '', gridPath, passes] = process.argv.slice(2);
const options = { intraOpNumThreads: 1, executionMode: 'sequential' } as const;
const kernel = await createPixelKernel();
const detector = createDetectorRunner(await InferenceSession.create(detectorPath, options), Tensor, SHORT_RANGE, {
  kernel,
});
const mesh = createMeshRunner(await InferenceSession.create(meshPath, options), Tensor, { kernel });

async function* renders(path: string): AsyncGenerator<{ name: string; image: RgbImage }> {
  const bytes = RENDER_SIDE * RENDER_SIDE * 3;
  const file = await open(path);
  const count = Math.floor(statSync(path).size / bytes);
  for (let row = 0; row < count; row += 1) {
    const data = new Uint8Array(bytes);
    await file.read(data, 0, bytes, row * bytes);
    yield { name: String(row), image: { data, width: RENDER_SIDE, height: RENDER_SIDE } };
  }
  await file.close();
}

async function* pictures(paths: readonly string[]): AsyncGenerator<{ name: string; image: RgbImage }> {
  for (const name of paths) {
    const { data, info } = await sharp(name)
      .rotate()
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    yield { name, image: { data: new Uint8Array(data), width: info.width, height: info.height } };
  }
}

const listed = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => /\.(jpe?g|png|webp)$/i.test(name))
        .sort()
        .map((name) => `${path}/${name}`)
    : readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '');

const landmarksOut = createWriteStream(`${prefix}.landmarks.f32`);
const pointsOut = createWriteStream(`${prefix}.points.f32`);
const cropsOut = createWriteStream(`${prefix}.crops.u8`);
const grid: FaceGrid | null = gridPath === undefined ? null : JSON.parse(readFileSync(gridPath, 'utf8'));
const crop = new Float32Array(APPEARANCE_SIDE * APPEARANCE_SIDE);
const found: { row: number; name: string; pass: number; score: number; pixelsPerCentimetre: number }[] = [];
const bytesOf = (values: Float32Array): Buffer => Buffer.from(values.slice().buffer);

let row = 0;
for await (const { name, image } of source.endsWith('.u8') ? renders(source) : pictures(listed(source))) {
  const whole = regionOfPicture(image.width, image.height);
  let best = (await detector.run(image, whole, 0.5))[0];
  if (best === undefined) {
    best = (await detector.run(image, { ...whole, size: whole.size * 1.5 }, 0.4))[0];
  }
  if (best !== undefined) {
    const first = await mesh.run(image, regionOfDetection(best));
    const second = passes === 'first' ? null : await mesh.run(image, regionOfLandmarks(first.landmarks));
    for (const [pass, result] of (second === null ? [first] : [first, second]).entries()) {
      if ((second ?? first).score > 0.5) {
        const normalised = normaliseLandmarks(result.landmarks);
        landmarksOut.write(bytesOf(result.landmarks));
        pointsOut.write(bytesOf(normalised.points));
        if (grid !== null) {
          alignedFace(kernel, image, result.landmarks, grid, crop);
          cropsOut.write(Buffer.from(Uint8Array.from(crop)));
        }
        found.push({ row, name, pass, score: result.score, pixelsPerCentimetre: normalised.pixelsPerCentimetre });
      }
    }
  }
  row += 1;
  if (row % 500 === 0) {
    process.stderr.write(`${row} looked at, ${found.length} faces\n`);
  }
}
landmarksOut.end();
pointsOut.end();
cropsOut.end();
writeFileSync(`${prefix}.found.json`, JSON.stringify({ looked: row, side: APPEARANCE_SIDE, faces: found }));
process.stderr.write(`${row} looked at, ${found.length} faces\n`);
