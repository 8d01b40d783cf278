import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WhyfaceError } from '../../../src/kit/error.ts';
import { hashBytes } from '../../../src/perceive/models/digest.ts';
import { isOffline, modelsFolder, openModelStore } from '../../../src/perceive/models/index.ts';
import { type ModelServer, manifestOf, serveModel, smallModel, temporaryFolder } from './store-support.ts';

const model = smallModel();
const noNetwork: typeof fetch = () => Promise.reject(new TypeError('fetch failed'));

const failure = async (action: Promise<unknown>): Promise<WhyfaceError> => {
  const thrown = await action.then(
    () => expect.unreachable('nothing was thrown'),
    (reason: unknown) => reason,
  );
  return WhyfaceError.isInstance(thrown) ? thrown : expect.unreachable(`not a WhyfaceError: ${String(thrown)}`);
};

const open = (
  folder: string,
  environment: Record<string, string>,
  options: { manifest?: ReturnType<typeof manifestOf>; fetch?: typeof fetch } = {},
) =>
  openModelStore({
    environment: { WHYFACE_MODELS: folder, ...environment },
    manifest: options.manifest ?? manifestOf(model),
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
  });

const servers: ModelServer[] = [];
const serve = async (...parameters: Parameters<typeof serveModel>): Promise<ModelServer> => {
  const server = await serveModel(...parameters);
  servers.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describe('the model folder', () => {
  it('is the option, then WHYFACE_MODELS, then the cache folder, then the home folder', () => {
    const environment = { WHYFACE_MODELS: '/a', XDG_CACHE_HOME: '/b', HOME: '/c' };
    expect(modelsFolder(environment, '/o')).toBe('/o');
    expect(modelsFolder(environment)).toBe('/a');
    expect(modelsFolder({ ...environment, WHYFACE_MODELS: '' })).toBe('/b/whyface/models');
    expect(modelsFolder({ HOME: '/c' })).toBe('/c/.cache/whyface/models');
  });

  it.each([
    ['1', true],
    ['true', true],
    ['0', false],
    ['false', false],
    ['', false],
  ])('WHYFACE_OFFLINE=%s means %s', (value, expected) => {
    expect(isOffline({ WHYFACE_OFFLINE: value })).toBe(expected);
  });
});

describe('pulling', () => {
  it('takes a mirror folder even offline, and says what is there before and after', async () => {
    const [folder, mirror] = [await temporaryFolder(), await temporaryFolder()];
    await writeFile(join(mirror, 'small.onnx'), model);
    const store = await open(folder, { WHYFACE_MODEL_MIRROR: mirror, WHYFACE_OFFLINE: '1' }, { fetch: noNetwork });
    expect(await store.list()).toMatchObject([{ id: 'small', state: 'absent', bytes: model.byteLength }]);
    expect(await store.has('small/sum')).toBe(false);
    expect([store.path(), store.path('small')]).toEqual([folder, join(folder, 'small.onnx')]);
    const phases = new Set<string>();
    const results = await store.pull('all', { onProgress: ({ phase }) => phases.add(phase) });
    expect(results).toEqual([{ id: 'small', state: 'pulled', path: join(folder, 'small.onnx') }]);
    expect([...phases]).toEqual(['download', 'import', 'done']);
    expect(await store.list()).toMatchObject([{ state: 'present', path: join(folder, 'small.onnx') }]);
    expect((await store.load('small/sum')).reference).toEqual({
      id: 'small/sum',
      version: '1',
      digest: hashBytes('sha256', model).replace('sha256:', ''),
    });
    expect(await store.pull(['small'])).toMatchObject([{ state: 'present' }]);
    expect(await readdir(folder)).toEqual(['small.onnx']);
  });

  it('falls back from a mirror that lacks the file to the publisher', async () => {
    const [folder, asked] = [await temporaryFolder(), [] as string[]];
    const fetch: typeof globalThis.fetch = async (address) => {
      asked.push(String(address));
      return String(address).startsWith('https://models.invalid/')
        ? new Response(model.slice())
        : new Response('', { status: 404 });
    };
    const store = await open(folder, { WHYFACE_MODEL_MIRROR: 'http://mirror.invalid/m/' }, { fetch });
    await store.pull(['small']);
    expect(asked).toEqual(['http://mirror.invalid/m/small.onnx', 'https://models.invalid/small.onnx']);
  });

  it('goes on where a broken line left off', async () => {
    const [folder, server] = [await temporaryFolder(), await serve(model, { cutAfter: 100_000 })];
    const store = await open(folder, { WHYFACE_MODEL_MIRROR: server.address }, { fetch: onlyLocal });
    const error = await failure(store.pull(['small']));
    expect(error).toMatchObject({ code: 'service-unavailable', retryable: true });
    expect(await readdir(folder)).toEqual(['.small.onnx.part']);
    await store.pull(['small']);
    expect(server.ranges[1]).toBe('bytes=100000-');
    expect(Buffer.compare(await readFile(join(folder, 'small.onnx')), model)).toBe(0);
  });

  it('starts over when the server does not know ranges', async () => {
    const [folder, server] = [await temporaryFolder(), await serve(model, { knowsRanges: false })];
    await writeFile(join(folder, '.small.onnx.part'), model.subarray(0, 1000));
    const store = await open(folder, { WHYFACE_MODEL_MIRROR: server.address }, { fetch: onlyLocal });
    await store.pull(['small']);
    expect(Buffer.compare(await readFile(join(folder, 'small.onnx')), model)).toBe(0);
  });

  it('starts over when what an earlier try left belongs to another file', async () => {
    const [folder, server] = [await temporaryFolder(), await serve(model)];
    await writeFile(join(folder, '.small.onnx.part'), new Uint8Array(1000).fill(7));
    const store = await open(folder, { WHYFACE_MODEL_MIRROR: server.address }, { fetch: onlyLocal });
    await store.pull(['small']);
    expect(server.ranges).toEqual(['bytes=1000-', undefined]);
    expect(Buffer.compare(await readFile(join(folder, 'small.onnx')), model)).toBe(0);
  });

  it.each([
    ['another file of the same size', model.map((value) => value ^ 1)],
    ['a longer file', new Uint8Array([...model, 1, 2, 3])],
  ])('keeps nothing of %s', async (_, wrong) => {
    const [folder, mirror] = [await temporaryFolder(), await temporaryFolder()];
    await writeFile(join(mirror, 'small.onnx'), wrong);
    const store = await open(folder, { WHYFACE_MODEL_MIRROR: mirror, WHYFACE_OFFLINE: '1' });
    const error = await failure(store.pull(['small']));
    expect(error.code).toBe('model-invalid');
    expect(error.message).toContain('small.onnx');
    expect(await readdir(folder)).toEqual([]);
  });

  it('accepts the digest that git gives a file, and a size that nobody stated', async () => {
    const [folder, mirror] = [await temporaryFolder(), await temporaryFolder()];
    await writeFile(join(mirror, 'small.onnx'), model);
    const manifest = manifestOf(model, { digest: hashBytes('git-blob', model), bytes: null });
    const store = await open(folder, { WHYFACE_MODEL_MIRROR: mirror, WHYFACE_OFFLINE: '1' }, { manifest });
    await store.pull(['small']);
    expect(await store.verify()).toMatchObject([{ id: 'small', state: 'good' }]);
  });

  it('offline, names the file, the folder and the command', async () => {
    const folder = await temporaryFolder();
    const store = await open(
      folder,
      { WHYFACE_OFFLINE: '1' },
      { fetch: () => expect.unreachable('the network was used') },
    );
    const error = await failure(store.pull(['small']));
    expect(error.code).toBe('service-unavailable');
    expect(error.message).toContain('small.onnx');
    expect(error.message).toContain(folder);
    expect(error.message).toContain('whyface models pull small');
  });

  it('stops when told to, and keeps what it has for the next time', async () => {
    const [folder, server] = [await temporaryFolder(), await serve(model, { cutAfter: 50_000 })];
    const store = await open(folder, { WHYFACE_MODEL_MIRROR: server.address }, { fetch: onlyLocal });
    const controller = new AbortController();
    const pulling = store.pull(['small'], { signal: controller.signal, onProgress: () => controller.abort() });
    expect((await failure(pulling)).code).toBe('aborted');
    expect(await readdir(folder)).toEqual(['.small.onnx.part']);
  });

  it('lets several pull the same file at once', async () => {
    const [folder, server] = [await temporaryFolder(), await serve(model)];
    const stores = await Promise.all(
      [1, 2, 3].map(() => open(folder, { WHYFACE_MODEL_MIRROR: server.address }, { fetch: onlyLocal })),
    );
    await Promise.all(stores.map((store) => store.pull(['small'])));
    expect(await readdir(folder)).toEqual(['small.onnx']);
    expect(await stores[0]?.verify()).toMatchObject([{ state: 'good' }]);
  });

  it('refuses a name it does not know, and lists those it knows', async () => {
    const error = await failure((await open(await temporaryFolder(), {})).pull(['smal']));
    expect(error).toMatchObject({ code: 'usage' });
    expect(error.message).toContain('small');
  });
});

/** The test's own server may be asked; nothing else is there. */
const onlyLocal: typeof fetch = (address, init) =>
  String(address).startsWith('http://127.0.0.1') ? fetch(address, init) : Promise.reject(new TypeError('fetch failed'));

describe('what lies in the folder', () => {
  it('is missing with a word on how to get it', async () => {
    const error = await failure((await open(await temporaryFolder(), {})).load('small/sum'));
    expect(error.code).toBe('model-missing');
    expect(error.message).toContain('whyface models pull small');
  });

  it.each([
    ['tampered', model.map((value, index) => (index === 5000 ? value ^ 0xff : value)), 'present'],
    ['cut short', model.subarray(0, 3000), 'damaged'],
    ['empty', new Uint8Array(), 'damaged'],
  ])('is refused when %s, and verify says so', async (_, bytes, state) => {
    const folder = await temporaryFolder();
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'small.onnx'), bytes);
    const store = await open(folder, {});
    const error = await failure(store.load('small/sum'));
    expect(error.code).toBe('model-invalid');
    expect(error.message).toContain('small');
    expect(await store.verify()).toMatchObject([{ id: 'small', state: 'bad' }]);
    expect(await store.list()).toMatchObject([{ state }]);
  });
});
