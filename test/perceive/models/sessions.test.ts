import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import protobuf from 'protobufjs/light.js';
import { describe, expect, it } from 'vitest';
import { ONNX_DESCRIPTOR } from '../../../src/perceive/models/import/onnx-schema.ts';
import { createSessions, openModelStore } from '../../../src/perceive/models/index.ts';
import { checkOnnx } from '../../../src/perceive/models/onnx-check.ts';
import { manifestOf, smallModel, temporaryFolder } from './store-support.ts';

const sessionsFor = async (bytes: Uint8Array) => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'small.onnx'), bytes);
  const store = await openModelStore({ environment: { WHYFACE_MODELS: folder }, manifest: manifestOf(bytes) });
  return createSessions({ store, threads: 1 });
};

describe('sessions', () => {
  it('open a graph once, however often it is asked for', async () => {
    const sessions = await sessionsFor(smallModel());
    const [first, second] = await Promise.all([sessions.open('small/sum'), sessions.open('small/sum')]);
    expect(first.session).toBe(second.session);
    const input = new sessions.Tensor('float32', Float32Array.of(1, 2, 3, 4), [1, 4]);
    const { out } = await first.session.run({ in: input });
    expect(out?.data).toEqual(Float32Array.of(3, 4, 5, 6));
    await sessions.release();
  });

  it('give null for a model that is not installed, and find it once it is', async () => {
    const [folder, bytes] = [await temporaryFolder(), smallModel()];
    const store = await openModelStore({ environment: { WHYFACE_MODELS: folder }, manifest: manifestOf(bytes) });
    const sessions = await createSessions({ store, threads: 1 });
    expect(await sessions.openIfPresent('small/sum')).toBeNull();
    await expect(sessions.open('small/sum')).rejects.toMatchObject({ code: 'model-missing' });
    await writeFile(join(folder, 'small.onnx'), bytes);
    expect(await sessions.openIfPresent('small/sum')).not.toBeNull();
    await sessions.release();
  });

  it('refuse a graph whose input has another shape than the manifest says', async () => {
    const sessions = await sessionsFor(smallModel(['batch', 7]));
    await expect(sessions.open('small/sum')).rejects.toMatchObject({ code: 'model-invalid' });
  });

  it('refuse bytes that are no network', async () => {
    const sessions = await sessionsFor(new TextEncoder().encode('not a network'));
    await expect(sessions.open('small/sum')).rejects.toMatchObject({ code: 'model-invalid' });
  });

  it('refuse weights that lie in another file', () => {
    const type = protobuf.Root.fromJSON(ONNX_DESCRIPTOR).lookupType('ModelProto');
    const outside = {
      name: 'w',
      dims: [1],
      dataType: 1,
      dataLocation: 1,
      externalData: [{ key: 'location', value: '../../secret' }],
    };
    const direct = { graph: { initializer: [outside] } };
    const hidden = {
      graph: { node: [{ opType: 'If', attribute: [{ name: 'then_branch', g: { initializer: [outside] } }] }] },
    };
    for (const model of [direct, hidden]) {
      const bytes = type.encode(type.create(model)).finish();
      expect(() => checkOnnx(bytes, 'test')).toThrow(expect.objectContaining({ code: 'model-invalid' }));
    }
  });
});
