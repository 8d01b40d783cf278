import { importTflite } from './import/convert.ts';
import { modelInvalid } from './import/model-invalid.ts';
import type { ModelGraph } from './manifest.ts';
import { readZipMember } from './zip-member.ts';

/**
 * Counts up whenever the importer writes other bytes for the same source, so that an older copy of whyface and a newer
 * one keep apart files in the same cache.
 */
export const IMPORTER_VERSION = 1;

/** The ONNX file for one graph of a source file. */
export const importGraph = (source: Uint8Array, how: NonNullable<ModelGraph['import']>): Uint8Array => {
  const [start, end] = how.range ?? [0, source.byteLength];
  if (start >= end || end > source.byteLength) {
    throw modelInvalid('The model file is shorter than the manifest says.', { start, end, bytes: source.byteLength });
  }
  const part = source.subarray(start, end);
  const graph = how.member === undefined ? part : readZipMember(part, how.member);
  return importTflite(graph, { openBatch: how.openBatch, metadata: { importer: `${IMPORTER_VERSION}` } });
};
