import { join } from 'node:path';
import { openInputFile } from '../../../src/kit/safe-path.ts';
import { readImage } from '../../../src/media/image.ts';
import { sniffFile } from '../../../src/media/sniff.ts';
import { type FaceEngine, openFaceEngine } from '../../../src/perceive/face/face-engine.ts';
import type { RgbImage } from '../../../src/perceive/face/image.ts';
import { createSessions, openModelStore } from '../../../src/perceive/models/index.ts';

/** An engine with its model cache in `folder`; `mirror` adds the Face Landmarker bundle from that model mirror. */
export const engineIn = async (folder: string, mirror: string | null = null): Promise<FaceEngine> => {
  const environment = {
    WHYFACE_MODELS: join(folder, mirror === null ? 'npm' : 'bundle'),
    WHYFACE_OFFLINE: '1',
    ...(mirror === null ? {} : { WHYFACE_MODEL_MIRROR: mirror }),
  };
  const store = await openModelStore({ environment });
  if (mirror !== null) {
    await store.pull(['face-landmarker']);
  }
  return openFaceEngine(await createSessions({ store, threads: 1 }));
};

export const pictureAt = async (path: string): Promise<RgbImage> => {
  const file = await openInputFile(path);
  const sniffed = await sniffFile(file);
  if (sniffed.kind !== 'image') {
    throw new TypeError(`${path} is no picture`);
  }
  return readImage(file, sniffed);
};
