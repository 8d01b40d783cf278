import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { toWhyfaceError } from '../../../kit/error.ts';
import { packageRoot } from '../../../kit/package-root.ts';
import { VERSION } from '../../../kit/version.ts';
import { isOffline, modelsFolder, openModelStore } from '../../../perceive/models/index.ts';
import { chooseSpeechModel } from '../../../perceive/speech/choose-speech-model.ts';
import { openRecogniser } from '../../../perceive/speech/open-recogniser.ts';
import { pictureModelsOf } from '../../../pipeline/picture-models.ts';
import { reasonerFor } from '../../../pipeline/reasoners.ts';
import { plain } from '../../view/plain.ts';
import type { CliIo } from '../cli-io.ts';
import type { ExitStatus } from '../exit-status.ts';
import { openOutput } from '../output.ts';

type Finding = {
  /** `fails`: whyface cannot do its main work. `notice`: it can, but not all of it, or not as well. */
  state: 'works' | 'notice' | 'fails';
  what: string;
  /** What to do about it; `null` where there is nothing to do. */
  remedy: string | null;
};

type DoctorFlags = { modelsDir?: string; json?: boolean };

const works = (what: string): Finding => ({ state: 'works', what, remedy: null });
const notice = (what: string, remedy: string | null): Finding => ({ state: 'notice', what, remedy });
const fails = (what: string, remedy: string): Finding => ({ state: 'fails', what, remedy });

/** `whyface doctor`: 0 when whyface can do its main work here, 69 when not. */
export const doctorCommand = async (flags: DoctorFlags, io: CliIo): Promise<ExitStatus> => {
  const groups = await Promise.all([
    [nodeVersion(), machine()],
    nativeParts(io),
    models(flags, io),
    ffmpegOverride(io),
    speechModel(flags, io),
    reasoners(flags, io),
  ]);
  const findings = groups.flat();
  const output = await openOutput(undefined, io);
  await output.write(flags.json === true ? `${JSON.stringify(findings, null, 2)}\n` : report(findings));
  return findings.some(({ state }) => state === 'fails') ? 69 : 0;
};

const MARKS = { works: '✓', notice: '!', fails: '✗' } as const;

const report = (findings: readonly Finding[]): string => {
  const lines = findings.map(({ state, what, remedy }) => {
    const advice = remedy === null ? '' : `\n    → ${plain(remedy)}`;
    return `${MARKS[state]} ${plain(what)}${advice}`;
  });
  const failed = findings.filter(({ state }) => state === 'fails').length;
  const verdict =
    failed === 0
      ? 'whyface explain works here.'
      : `whyface explain does not work here yet: see the ${failed === 1 ? 'line' : `${failed} lines`} marked ✗.`;
  return `whyface ${VERSION}\n\n${lines.join('\n')}\n\n${verdict}\n`;
};

const nodeVersion = (): Finding => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const what = `Node ${process.versions.node} on ${process.platform} ${process.arch}`;
  if (major < 20 || (major === 20 && minor < 19)) {
    return fails(what, 'Install Node 20.19 or newer.');
  }
  return process.platform === 'linux' && process.arch === 'x64'
    ? works(what)
    : notice(`${what}; only Linux x64 is tested`, null);
};

const GIBIBYTE = 1024 ** 3;

const machine = (): Finding => {
  const cores = availableParallelism();
  const free = freemem() / GIBIBYTE;
  const what = `${cores} core${cores === 1 ? '' : 's'}, ${free.toFixed(1)} of ${(totalmem() / GIBIBYTE).toFixed(1)} GiB memory free`;
  return free < 0.75
    ? notice(what, 'A long or large clip may run short of memory; close other programs.')
    : works(what);
};

/** Loaded in processes of their own: a library that does not fit this machine may take its process down. */
const nativeParts = (io: CliIo): Promise<Finding[]> =>
  Promise.all(
    [
      { module: 'onnxruntime-node', what: 'onnxruntime, which runs the models' },
      { module: 'sharp', what: 'sharp, which reads pictures' },
      { module: 'node-av', what: 'node-av, which reads video and sound' },
    ].map(async ({ module, what }) => {
      const failure = await runs(process.execPath, ['--input-type=module', '-e', `await import('${module}')`], io);
      return failure === null
        ? works(`${what}: loads`)
        : fails(
            `${what}: does not load (${failure})`,
            'Run "npm ci" again without --omit=optional; the package must hold the binaries of this platform.',
          );
    }),
  );

const RUN_DEADLINE_MS = 20_000;

/** `null` when the command ends well, else why not, in a few words. */
const runs = (command: string, args: readonly string[], io: CliIo): Promise<string | null> =>
  new Promise((resolve) => {
    const options = {
      cwd: packageRoot(),
      env: { ...io.env },
      timeout: RUN_DEADLINE_MS,
      signal: io.interruption.signal,
      windowsHide: true,
    };
    execFile(command, [...args], options, (failure, _stdout, stderr) => {
      const line = stderr.split('\n').find((candidate) => /error/i.test(candidate));
      resolve(failure === null ? null : (line ?? failure.message).trim().slice(0, 160));
    });
  });

/** Who can reason here. Nothing is loaded and no server is asked. */
const reasoners = async (flags: DoctorFlags, io: CliIo): Promise<Finding[]> => {
  const pictureModels = pictureModelsOf({ env: io.env, modelsDir: flags.modelsDir });
  const stateOf = async (id: 'llm' | 'clip' | 'vlm'): Promise<{ id: string; why: string | null }> => {
    try {
      await reasonerFor(id, { env: io.env, pictureModels }).ready?.();
      return { id, why: null };
    } catch (thrown) {
      return { id, why: toWhyfaceError(thrown, 'config').message };
    }
  };
  const states = await Promise.all([stateOf('llm'), stateOf('clip'), stateOf('vlm')]);
  const here = states.filter(({ why }) => why === null).map(({ id }) => id);
  const missing = states.flatMap(({ id, why }) =>
    why === null ? [] : [notice(`--reasoner ${id} cannot be used yet`, why)],
  );
  const names = ['facs', ...here, ...(here.length > 0 ? ['ensemble'] : [])];
  return [works(`reasoners that can be used: ${names.join(', ')}`), ...missing];
};

/** Whether words can be had without a file of them. Nothing is loaded and nobody is asked: a service may cost money. */
const speechModel = async (flags: DoctorFlags, io: CliIo): Promise<Finding[]> => {
  try {
    const folder = modelsFolder(io.env, flags.modelsDir);
    const recogniser = openRecogniser(await chooseSpeechModel(io.env, folder), folder);
    if (recogniser === null) {
      return [
        notice(
          'words come from subtitle files and text tracks only: no speech model is here or named',
          'Run "whyface models pull whisper-base", or set WHYFACE_ASR_BASE_URL to a service with /v1/audio/transcriptions.',
        ),
      ];
    }
    const where =
      recogniser.host === null ? 'on this machine, through transformers.js' : `by the service at ${recogniser.host}`;
    return [works(`words that no file holds are recognised ${where} (${recogniser.id})`)];
  } catch (thrown) {
    return [notice(toWhyfaceError(thrown, 'config').message, 'Correct or unset WHYFACE_ASR_BASE_URL.')];
  }
};

const models = async (flags: DoctorFlags, io: CliIo): Promise<Finding[]> => {
  try {
    const store = await openModelStore({
      environment: io.env,
      ...(flags.modelsDir === undefined ? {} : { modelsDir: flags.modelsDir }),
    });
    const list = await store.list();
    const needed = list.filter(({ optional }) => !optional).map(({ id }) => id);
    const verified = await store.verify(needed);
    const bad = verified.filter(({ state }) => state !== 'good');
    const absent = list.filter(({ optional, state }) => optional && state === 'absent').map(({ id }) => id);
    const damaged = list.filter(({ optional, state }) => optional && state === 'damaged').map(({ id }) => id);
    return [
      ...(bad.length === 0 ? [works(`the ${needed.length} models it needs are here and whole`)] : []),
      ...bad.map(({ id, message }) => fails(`the model ${id}: ${message}`, 'Run "npm ci" again.')),
      ...(damaged.length === 0
        ? []
        : [notice(`damaged models: ${damaged.join(', ')}`, `Run "whyface models pull ${damaged.join(' ')}".`)]),
      ...(absent.length === 0
        ? []
        : [notice(`optional models not here: ${absent.join(', ')}`, pullAdvice(absent, io))]),
      ...(await mirror(io)),
      await cacheFolder(store.folder),
    ];
  } catch (thrown) {
    return [fails(toWhyfaceError(thrown, 'models').message, 'Run "npm ci" again.')];
  }
};

const pullAdvice = (ids: readonly string[], io: CliIo): string =>
  isOffline(io.env)
    ? 'WHYFACE_OFFLINE is set: unset it, or name a folder with them in WHYFACE_MODEL_MIRROR, then run "whyface models pull".'
    : `Run "whyface models pull ${ids.join(' ')}".`;

const mirror = async (io: CliIo): Promise<Finding[]> => {
  const place = io.env.WHYFACE_MODEL_MIRROR ?? '';
  if (place === '') {
    return isOffline(io.env) ? [notice('offline: WHYFACE_OFFLINE is set, nothing is downloaded', null)] : [];
  }
  if (/^https?:\/\//.test(place)) {
    return [works(`model mirror ${place} (asked first, not tried now)`)];
  }
  const facts = await stat(place).catch(() => null);
  return facts?.isDirectory() === true
    ? [works(`model mirror ${place}`)]
    : [notice(`the model mirror ${place} is not a folder`, 'Set WHYFACE_MODEL_MIRROR to a folder or a base URL.')];
};

const cacheFolder = async (folder: string): Promise<Finding> => {
  const probe = join(folder, `.doctor.${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(probe, 'x', { flag: 'wx' });
    return works(`the model folder ${folder} can be written`);
  } catch {
    return notice(
      `the model folder ${folder} cannot be written`,
      'Models are then prepared anew at each start; name another folder in WHYFACE_MODELS.',
    );
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
};

const ffmpegOverride = async (io: CliIo): Promise<Finding[]> => {
  const command = io.env.WHYFACE_FFMPEG ?? '';
  if (command === '') {
    return [];
  }
  const failure = await runs(command, ['-hide_banner', '-version'], io);
  return failure === null
    ? [works(`WHYFACE_FFMPEG: ${command} runs and is used instead of node-av`)]
    : [
        fails(
          `WHYFACE_FFMPEG: ${command} does not run (${failure})`,
          'Correct the path in WHYFACE_FFMPEG, or unset it.',
        ),
      ];
};
