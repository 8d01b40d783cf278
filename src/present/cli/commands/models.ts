import {
  type ModelStatus,
  type ModelStore,
  openModelStore,
  type PullProgress,
} from '../../../perceive/models/index.ts';
import { plain } from '../../view/plain.ts';
import type { CliIo } from '../cli-io.ts';
import type { ExitStatus } from '../exit-status.ts';
import { createNotes } from '../notes.ts';
import { usageError } from '../options.ts';
import { openOutput } from '../output.ts';

type ModelsFlags = { modelsDir?: string; json?: boolean; all?: boolean; quiet?: boolean };

const open = (flags: ModelsFlags, io: CliIo): Promise<ModelStore> =>
  openModelStore({
    environment: io.env,
    ...(flags.modelsDir === undefined ? {} : { modelsDir: flags.modelsDir }),
  });

const print = async (text: string, io: CliIo): Promise<void> => {
  const output = await openOutput(undefined, io);
  await output.write(text);
};

const STATES = {
  'built-in': 'here, comes with the package',
  present: 'here',
  absent: 'not here',
  damaged: 'damaged',
} as const satisfies Record<ModelStatus['state'], string>;

/** `whyface models list` */
export const listModels = async (flags: ModelsFlags, io: CliIo): Promise<ExitStatus> => {
  const models = await (await open(flags, io)).list();
  if (flags.json === true) {
    await print(`${JSON.stringify(models, null, 2)}\n`, io);
    return 0;
  }
  const blocks = models.map(({ id, state, bytes, licence, optional, about, source }) => {
    const size = bytes === null ? '' : `, ${sizeText(bytes)}`;
    const need = optional ? 'optional' : 'needed';
    const remedy = state === 'absent' || state === 'damaged' ? `\n  get it: whyface models pull ${id}` : '';
    return `${id}  (${STATES[state]}${size}; ${need}; ${licence})\n  ${plain(about)}\n  from ${plain(source)}${remedy}\n`;
  });
  await print(blocks.join('\n'), io);
  return 0;
};

const sizeText = (bytes: number): string =>
  bytes >= 1_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.ceil(bytes / 1000)} kB`;

/** `whyface models pull [ID…|--all]` */
export const pullModels = async (ids: readonly string[], flags: ModelsFlags, io: CliIo): Promise<ExitStatus> => {
  if (ids.length === 0 && flags.all !== true) {
    throw usageError('Name the models to pull, or say --all; "whyface models list" shows them.');
  }
  const notes = await createNotes(io, { quiet: flags.quiet ?? false });
  const store = await open(flags, io);
  let current = '';
  const onProgress = ({ model, file, phase, done, total }: PullProgress): void => {
    if (phase === 'done') {
      return;
    }
    if (current !== `${model} ${file}`) {
      current = `${model} ${file}`;
      notes.begin(file, 1, 1);
    }
    notes.progress({ stage: phase, done, total: total ?? 0 });
  };
  try {
    const results = await store.pull(flags.all === true ? 'all' : ids, {
      onProgress,
      signal: io.interruption.signal,
    });
    notes.end();
    for (const { id, state, path } of results) {
      notes.note(`${id}: ${state === 'pulled' ? 'pulled' : 'already here'}${path === null ? '' : `, ${path}`}`);
    }
    return 0;
  } finally {
    notes.end();
  }
};

/** `whyface models verify`: 0 when everything that is here is whole, 69 when something is damaged or needed and missing. */
export const verifyModels = async (flags: ModelsFlags, io: CliIo): Promise<ExitStatus> => {
  const store = await open(flags, io);
  const [results, list] = await Promise.all([store.verify(), store.list()]);
  const optional = new Set(list.filter((model) => model.optional).map(({ id }) => id));
  const lines = results.map(({ id, state, message }) => {
    const mark = { good: '✓', absent: '–', bad: '✗' }[state];
    return `${mark} ${id}: ${state === 'absent' && optional.has(id) ? 'not here (optional)' : plain(message)}\n`;
  });
  await print(lines.join(''), io);
  const failed = results.some(({ id, state }) => state === 'bad' || (state === 'absent' && !optional.has(id)));
  return failed ? 69 : 0;
};

/** `whyface models path` */
export const printModelsPath = async (flags: ModelsFlags, io: CliIo): Promise<ExitStatus> => {
  await print(`${(await open(flags, io)).folder}\n`, io);
  return 0;
};
