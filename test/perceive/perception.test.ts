import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { percepts as perceptsSchema } from '../../src/contracts/index.ts';
import { createPerception, type Perception } from '../../src/perceive/index.ts';
import { ROOT, SHARED } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const models = temporaryFolder('perception');
const env = { ...process.env, WHYFACE_MODELS: models, WHYFACE_OFFLINE: '1' };
const photo = join(ROOT, 'examples', 'astronaut.png');
const clip = join(ROOT, 'examples', 'clip.mp4');
const all = { fps: 'all' } as const;

let one: Perception;
let two: Perception;

beforeAll(() => {
  one = createPerception({ env, workers: 1 });
  two = createPerception({ env, workers: 2 });
});

afterAll(async () => {
  await Promise.all([one.close(), two.close()]);
});

describe('perception', () => {
  it('measures a photo: one person, in full view, looking at the camera', async () => {
    const result = await two.measure(photo, all);
    expect(perceptsSchema.parse(result)).toEqual(result);
    expect(result.clip).toMatchObject({ kind: 'image', durationMs: 0, width: 512, height: 512, fps: null });
    expect(result.sampling).toEqual({ fps: 0, frames: 1 });
    expect(result.subjects.map(({ id, t }) => [id, t])).toEqual([['P1', [0]]]);
    const [person] = result.subjects;
    expect(person?.confidence[0]).toBeGreaterThan(0.95);
    expect(Math.abs(person?.head.yaw[0] ?? 90)).toBeLessThan(15);
    expect(person?.visibility.mouth?.[0]).toBeGreaterThan(0.8);
    expect(Object.keys(person?.actionUnits ?? {}).length).toBeGreaterThan(20);
    expect(result.models.map(({ id }) => id)).toEqual(expect.arrayContaining([expect.stringContaining('face-mesh')]));
  });

  it('reads what the bytes are, and says that the name misleads', async () => {
    const misnamed = join(models, 'portrait.mp4');
    copyFileSync(photo, misnamed);
    const result = await two.measure(misnamed, all);
    expect(result.clip.kind).toBe('image');
    expect(result.warnings.map(({ code }) => code)).toEqual(['type-mismatch']);
    expect((await two.measure(photo, all)).warnings).toEqual([]);
  });

  it('gives the same bytes with one worker and with two, and again', async () => {
    const [first, second] = await Promise.all([one.measure(clip, all), two.measure(clip, all)]);
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    expect(JSON.stringify(await two.measure(clip, all))).toBe(JSON.stringify(first));
    expect(first.subjects).toHaveLength(1);
    // Every frame of the clip shows her.
    expect(first.subjects[0]?.frame).toEqual(first.frames.frame);
    expect(first.clip.hasAudio).toBe(true);
  });

  it('thins frames when asked, and reports progress up to the end', async () => {
    const steps: Array<{ done: number; total: number }> = [];
    const result = await one.measure(clip, { fps: 5, onProgress: ({ done, total }) => steps.push({ done, total }) });
    expect(result.sampling.fps).toBeCloseTo(5, 0);
    expect(steps.at(-1)).toEqual({ done: result.sampling.frames, total: result.sampling.frames });
  });

  it('takes stills with the landmarks on the face', async () => {
    const { subjects } = await one.measure(photo, all);
    const { box } = subjects[0] ?? {};
    const face = { x: box?.x[0] ?? 0, y: box?.y[0] ?? 0, width: box?.width[0] ?? 0, height: box?.height[0] ?? 0 };
    const [still] = await one.stills(photo, [{ subject: 'P1', ms: 0, box: face }]);
    expect([...(still?.jpeg.subarray(0, 3) ?? [])]).toEqual([0xff, 0xd8, 0xff]);
    expect(still?.landmarks).toHaveLength(478);
    const xs = still?.landmarks.map(([x]) => x) ?? [];
    expect(Math.min(...xs)).toBeGreaterThan(0);
    expect(Math.max(...xs)).toBeLessThan(still?.width ?? 0);
  });

  it('refuses what is not there or no media, and goes on', async () => {
    await expect(one.measure(join(ROOT, 'nowhere.mp4'), all)).rejects.toMatchObject({ code: 'input-not-found' });
    await expect(one.measure(join(ROOT, 'LICENSE'), all)).rejects.toMatchObject({ code: 'media-unsupported' });
    await expect(one.measure(photo, all)).resolves.toMatchObject({ clip: { kind: 'image' } });
  });

  it('stops at once when it is told to', async () => {
    const controller = new AbortController();
    const running = two.measure(clip, { ...all, signal: controller.signal, onProgress: () => controller.abort() });
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    await expect(two.measure(photo, all)).resolves.toMatchObject({ subjects: [{ id: 'P1' }] });
  });
});

describe.skipIf(SHARED === null)('perception of real clips (data beside the repository)', () => {
  const media = join(SHARED ?? '', 'media');

  it('sees a face leave', async () => {
    const { subjects, frames } = await two.measure(join(media, 'clips/pyfeat/face_noface.mov'), all);
    expect(subjects).toHaveLength(1);
    expect(subjects[0]?.t[0]).toBe(0);
    expect(subjects[0]?.t.at(-1)).toBeLessThan((frames.t.at(-1) ?? 0) / 2);
  });

  it('finds nobody where nobody is', async () => {
    const { subjects } = await two.measure(join(media, 'clips/pyfeat/no_face.mp4'), all);
    expect(subjects).toEqual([]);
  });

  it('keeps three men apart who move about, at ten frames a second too', async () => {
    const { subjects } = await two.measure(join(media, 'clips/openface/multi_face.avi'), { fps: 10 });
    expect(subjects).toHaveLength(3);
  }, 120_000);

  it('measures sound alone as sound', async () => {
    const result = await one.measure(join(media, 'speech/emodb/03a01Fa.wav'), all);
    expect(result.clip).toMatchObject({ kind: 'audio', width: null, hasAudio: true });
    expect(result.subjects).toEqual([]);
  });
});
