import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import { type Percepts, percepts as perceptsSchema } from '../contracts/index.ts';
import { blobKeys } from './keys.ts';
import type { BlobStore } from './ports.ts';
import { storedJson } from './stored-json.ts';

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** Columns of numbers: the fastest level already takes three quarters away. */
const LEVEL = { level: constants.Z_BEST_SPEED };

export const writePercepts = async (blobs: BlobStore, id: string, percepts: Percepts): Promise<void> => {
  await blobs.put(blobKeys(id).percepts, await compress(Buffer.from(JSON.stringify(percepts)), LEVEL));
};

/** @throws WhyfaceError `store-damaged` */
export const readPercepts = async (blobs: BlobStore, id: string): Promise<Percepts | null> => {
  const bytes = await blobs.get(blobKeys(id).percepts);
  return bytes === null
    ? null
    : storedJson(perceptsSchema, (await expand(bytes)).toString('utf8'), `the percepts of ${id}`);
};
