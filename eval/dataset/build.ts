import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ACTION_UNIT_CODES, type Analysis } from '../../src/contracts/index.ts';
import { writeFileAtomic } from '../../src/kit/atomic-file.ts';
import { toWhyfaceError } from '../../src/kit/error.ts';
import { VERSION } from '../../src/kit/version.ts';
import { buildChain, type ChainResult, type Reasoner } from './chain.ts';
import { exportFiles } from './exports.ts';
import { type DatasetItem, datasetItem } from './items.ts';
import type { DatasetSource } from './sources.ts';
import { splitOf } from './split.ts';

export type BuildOptions = {
  reasoner: Reasoner;
  attempts: number;
  out: string;
  signal?: AbortSignal | undefined;
  onItem?: ((name: string, done: number, total: number) => void) | undefined;
};

/**
 * Builds the set, item by item; `items.jsonl` in the output folder holds what is done, so that an interrupted run goes
 * on where it stopped. The exports are written at the end.
 */
export const buildDataset = async (
  sources: readonly DatasetSource[],
  options: BuildOptions,
): Promise<DatasetItem[]> => {
  await mkdir(options.out, { recursive: true });
  const store = join(options.out, 'items.jsonl');
  const done = await storedItems(store);
  const items: DatasetItem[] = [];
  for (const [index, source] of sources.entries()) {
    options.signal?.throwIfAborted();
    options.onItem?.(source.name, index, sources.length);
    const key = createHash('sha256')
      .update(JSON.stringify([source.key, source.humanLabel, options.reasoner.id, options.attempts, VERSION]))
      .digest('hex')
      .slice(0, 32);
    const known = done.get(source.name);
    const item = known?.key === key ? known : await makeItem(source, key, options);
    if (known?.key !== key) {
      await appendFile(store, `${JSON.stringify(item)}\n`);
    }
    items.push(item);
  }
  for (const [name, content] of exportFiles(items)) {
    await writeFileAtomic(join(options.out, name), content);
  }
  return items;
};

/** Finished items of an earlier run; a last line that was cut off is dropped. */
const storedItems = async (path: string): Promise<Map<string, DatasetItem>> => {
  const text = await readFile(path, 'utf8').catch(() => '');
  return new Map(
    text.split('\n').flatMap((line) => {
      try {
        const item = datasetItem.safeParse(JSON.parse(line)).data;
        return item === undefined ? [] : [[item.name, item] as const];
      } catch {
        return [];
      }
    }),
  );
};

const makeItem = async (
  source: DatasetSource,
  key: string,
  { reasoner, attempts, signal }: BuildOptions,
): Promise<DatasetItem> => {
  const common = {
    name: source.name,
    key,
    humanLabel: source.humanLabel,
    label: source.label,
    identity: source.identity,
    split: splitOf(source.identity, source.name, source.split),
  };
  const reject = (reason: string, detail: string, analysis: Analysis | null): DatasetItem => ({
    ...common,
    ...measured(analysis),
    status: 'rejected',
    reason,
    detail,
    attempts: [],
    ranking: [],
    chain: null,
    grounding: null,
    provenance: provenanceOf(analysis, reasoner, null),
  });
  if (source.label === null) {
    return reject('unknown-label', `"${source.humanLabel}" is none of the eight expressions.`, null);
  }
  let analysis: Analysis | null = null;
  try {
    analysis = await source.measure(signal);
    const result = await buildChain(analysis, source.label, { reasoner, attempts, signal });
    return {
      ...common,
      ...measured(analysis),
      status: result.status,
      reason: result.status === 'rejected' ? result.reason : null,
      detail: result.status === 'rejected' ? result.detail : null,
      attempts: result.attempts,
      ranking: rankingOf(result),
      chain: result.status === 'accepted' ? result.chain : null,
      grounding: result.status === 'accepted' ? result.grounding : null,
      provenance: provenanceOf(analysis, reasoner, result),
    };
  } catch (thrown) {
    const error = toWhyfaceError(thrown, 'eval');
    if (error.code === 'aborted' || signal?.aborted === true) {
      throw error;
    }
    return reject(error.code === 'nothing-to-read' ? 'no-face' : 'unreadable', error.message, analysis);
  }
};

const rankingOf = ({ explanation }: ChainResult): string[] =>
  explanation === null
    ? []
    : Object.entries(explanation.judgement.expression.scores)
        .sort(([, a], [, b]) => b - a)
        .map(([label]) => label);

const provenanceOf = (
  analysis: Analysis | null,
  reasoner: Reasoner,
  result: ChainResult | null,
): DatasetItem['provenance'] => {
  const reference = result?.explanation?.reasoner;
  return {
    analysisId: analysis?.id ?? null,
    reasoner: reasoner.id,
    model: reference?.model ?? null,
    promptSha256: reference?.promptSha256 ?? null,
    models: analysis?.models ?? [],
    version: VERSION,
  };
};

/** The description, and the intensities by side, of the first person. */
const measured = (analysis: Analysis | null): Pick<DatasetItem, 'observations' | 'units'> => {
  const subject = analysis?.subjects[0]?.id ?? null;
  const own = (analysis?.observations ?? []).filter((observation) => observation.subject === subject);
  const units = ACTION_UNIT_CODES.flatMap((code) => {
    const found = own.flatMap((observation) => (observation.kind === 'action-unit' && observation.au.code === code && observation.au.intensity !== null ? [observation.au] : [])); // biome-ignore format: one list
    const at = (side: 'left' | 'right'): number =>
      Math.max(0, ...found.filter((au) => au.side === side || au.side === 'both').map((au) => au.intensity ?? 0));
    return found.length === 0
      ? []
      : [{ code, left: at('left'), right: at('right'), both: Math.max(...found.map((au) => au.intensity ?? 0)) }];
  });
  return { observations: own.filter(({ text }) => text !== '').map(({ text }) => text), units };
};
