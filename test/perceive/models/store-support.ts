/** A model file server and a manifest of one small model, for tests of the store. */

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { hashBytes } from '../../../src/perceive/models/digest.ts';
import { createOnnxGraph } from '../../../src/perceive/models/import/onnx-graph.ts';
import { type ModelManifest, parseManifest } from '../../../src/perceive/models/manifest.ts';

/** A folder that is gone when the test is over. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'whyface-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** An ONNX file that adds its own weights to four numbers; a few hundred kB, so that it travels in several pieces. */
export const smallModel = (dims: readonly (number | string)[] = ['batch', 4]): Uint8Array => {
  const graph = createOnnxGraph('test');
  graph.input('in', dims);
  const ballast = graph.add('ReduceMean', [graph.floats(new Float32Array(100_000).fill(2), [100_000])], {
    axes: [0],
    keepdims: 1,
  });
  graph.output('out', graph.add('Add', ['in', ballast]), dims);
  return graph.encode({});
};

const tensor = (name: string) => ({ name, type: 'float32', dims: ['batch', 4], meaning: 'four numbers' });

export const manifestOf = (
  bytes: Uint8Array,
  change: { digest?: string; bytes?: number | null; source?: string; id?: string } = {},
): ModelManifest =>
  parseManifest({
    schema: 'whyface/models@1',
    models: [
      {
        id: change.id ?? 'small',
        task: 'test',
        about: 'A small model',
        version: '1',
        licence: 'CC0-1.0',
        optional: true,
        files: [
          {
            name: 'small.onnx',
            bytes: change.bytes === undefined ? bytes.byteLength : change.bytes,
            digest: change.digest ?? hashBytes('sha256', bytes),
            source: change.source ?? 'https://models.invalid/small.onnx',
          },
        ],
        graphs: [{ name: 'sum', file: 'small.onnx', import: null, inputs: [tensor('in')], outputs: [tensor('out')] }],
      },
    ],
  });

export type ModelServer = { address: string; ranges: (string | undefined)[]; close: () => Promise<void> };

/** @param cutAfter breaks the first answer off after so many bytes */
export const serveModel = async (
  bytes: Uint8Array,
  { cutAfter, knowsRanges = true }: { cutAfter?: number; knowsRanges?: boolean } = {},
): Promise<ModelServer> => {
  const ranges: (string | undefined)[] = [];
  const server: Server = createServer((request, response) => {
    ranges.push(request.headers.range);
    const from = knowsRanges ? Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
    const rest = bytes.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.byteLength });
    if (cutAfter !== undefined && ranges.length === 1) {
      response.write(rest.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 30));
      return;
    }
    response.end(rest);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = server.address();
  const port = typeof place === 'object' && place !== null ? place.port : 0;
  return {
    address: `http://127.0.0.1:${port}/models`,
    ranges,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};
