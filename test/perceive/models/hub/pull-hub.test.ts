import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hashBytes } from '../../../../src/perceive/models/digest.ts';
import { parseManifest } from '../../../../src/perceive/models/manifest.ts';
import { openModelStore } from '../../../../src/perceive/models/store.ts';
import { temporaryFolder } from '../store-support.ts';

const SMALL = new TextEncoder().encode('{"model_type":"clip"}');
const LARGE = new Uint8Array(300_000).map((_, index) => index % 251);
const FILES: Record<string, Uint8Array> = { 'config.json': SMALL, 'onnx/model_quantized.onnx': LARGE };

const manifest = parseManifest({
  schema: 'whyface/models@1',
  models: [],
  hub: [
    {
      id: 'clip',
      task: 'pictures beside texts',
      about: 'A test',
      licence: 'MIT',
      repository: 'some/clip',
      variable: 'WHYFACE_CLIP_MODEL',
      files: Object.keys(FILES),
    },
  ],
});

type Hub = { address: string; asked: string[]; lie: { digest: boolean; silence: boolean } };

/** As the hub answers: small files after a redirect of its own, large ones elsewhere, with the digest told before. */
const startHub = async (): Promise<Hub> => {
  const hub: Hub = { address: '', asked: [], lie: { digest: false, silence: false } };
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '';
    hub.asked.push(`${request.method} ${path}`);
    const name = /^\/some\/clip\/resolve\/main\/(.*)$/.exec(path)?.[1] ?? '';
    const [bytes, elsewhere] = [FILES[name], FILES[/^\/(?:cache|cdn)\/(.*)$/.exec(path)?.[1] ?? '']];
    const tagOf = (content: Uint8Array): string =>
      hashBytes(content === SMALL ? 'git-blob' : 'sha256', hub.lie.digest ? new Uint8Array(1) : content).split(
        ':',
      )[1] ?? '';
    if (bytes === LARGE) {
      const told = hub.lie.silence
        ? {}
        : { 'x-linked-etag': `"${tagOf(LARGE)}"`, 'x-linked-size': `${LARGE.byteLength}` };
      response.writeHead(302, { location: `/cdn/${name}`, ...told }).end();
    } else if (bytes === SMALL) {
      response.writeHead(307, { location: `/cache/${name}` }).end();
    } else if (elsewhere !== undefined) {
      const tag = elsewhere === SMALL ? { etag: `"${tagOf(SMALL)}"` } : {};
      response.writeHead(200, { ...tag, 'content-length': `${elsewhere.byteLength}` });
      response.end(request.method === 'HEAD' ? undefined : elsewhere);
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  hub.address = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return hub;
};

const storeWith = async (environment: Record<string, string>) => {
  const folder = await temporaryFolder();
  return { folder, store: await openModelStore({ modelsDir: folder, environment, manifest }) };
};

describe('a model of the hub', () => {
  it('is fetched into the layout of the hub, by its short name or its repository, and not twice', async () => {
    const hub = await startHub();
    const { folder, store } = await storeWith({ HF_ENDPOINT: hub.address });
    expect(await store.list()).toMatchObject([{ id: 'clip', state: 'absent', optional: true }]);
    expect(await store.pull(['some/clip'])).toMatchObject([{ id: 'clip', state: 'pulled' }]);
    for (const [name, bytes] of Object.entries(FILES)) {
      expect(new Uint8Array(await readFile(join(folder, 'some/clip', name)))).toEqual(bytes);
    }
    const before = hub.asked.length;
    expect(await store.pull(['clip'])).toMatchObject([{ state: 'present' }]);
    expect(hub.asked).toHaveLength(before);
    expect(await store.list()).toMatchObject([{ state: 'present', bytes: SMALL.byteLength + LARGE.byteLength }]);
    expect(await store.verify()).toMatchObject([{ state: 'good' }]);
  });

  it('is known to be damaged, and mended by pulling again', async () => {
    const hub = await startHub();
    const { folder, store } = await storeWith({ HF_ENDPOINT: hub.address });
    await store.pull(['clip']);
    const path = join(folder, 'some/clip/onnx/model_quantized.onnx');
    await writeFile(
      path,
      LARGE.map((value, index) => (index === 7 ? value + 1 : value)),
    );
    expect(await store.verify()).toMatchObject([{ state: 'bad' }]);
    await writeFile(path, LARGE.slice(9));
    expect(await store.list()).toMatchObject([{ state: 'damaged' }]);
    expect(await store.pull(['clip'])).toMatchObject([{ state: 'pulled' }]);
    expect(await store.verify()).toMatchObject([{ state: 'good' }]);
    await rm(path);
    expect(await store.verify()).toMatchObject([{ state: 'absent' }]);
  });

  it('is not kept where what comes is not what the hub states, or where it states nothing', async () => {
    const hub = await startHub();
    const { store } = await storeWith({ HF_ENDPOINT: hub.address });
    hub.lie.digest = true;
    await expect(store.pull(['clip'])).rejects.toMatchObject({ code: 'model-invalid' });
    hub.lie = { digest: false, silence: true };
    await expect(store.pull(['clip'])).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining('no digest'),
    });
    expect(await store.list()).toMatchObject([{ state: 'absent' }]);
  });

  it('comes from a mirror folder first, also without a network', async () => {
    const mirror = await temporaryFolder();
    for (const [name, bytes] of Object.entries(FILES)) {
      await mkdir(dirname(join(mirror, 'some/clip', name)), { recursive: true });
      await writeFile(join(mirror, 'some/clip', name), bytes);
    }
    const offline = { WHYFACE_OFFLINE: '1', WHYFACE_MODEL_MIRROR: mirror };
    const { store } = await storeWith(offline);
    expect(await store.pull(['clip'])).toMatchObject([{ state: 'pulled' }]);
    expect(await store.verify()).toMatchObject([{ state: 'good' }]);
    await rm(join(mirror, 'some'), { recursive: true });
    const { store: other } = await storeWith(offline);
    await expect(other.pull(['clip'])).rejects.toMatchObject({
      code: 'service-unavailable',
      message: expect.stringContaining('WHYFACE_OFFLINE'),
    });
  });

  it('says which server does not have it', async () => {
    const { store } = await storeWith({ HF_ENDPOINT: 'http://127.0.0.1:1' });
    await expect(store.pull(['clip'])).rejects.toMatchObject({
      code: 'service-unavailable',
      message: expect.stringContaining('127.0.0.1:1'),
    });
  });

  it('is not among "all": it is large, and comes by name', async () => {
    const { store } = await storeWith({ HF_ENDPOINT: 'http://127.0.0.1:1' });
    expect(await store.pull('all')).toEqual([]);
  });
});
