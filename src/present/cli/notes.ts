import type { ProgressEvent } from '../../kit/progress.ts';
import { plain } from '../view/plain.ts';
import type { CliIo } from './cli-io.ts';

/** Progress and notes: stderr alone, silent when asked, a bar only on a terminal. */
export type Notes = {
  /** One line for the person. */
  note(text: string): void;
  /** One line for the person that `--quiet` does not silence. */
  error(text: string): void;
  begin(input: string, position: number, count: number): void;
  progress(event: { stage: keyof typeof STAGES; done: number; total: number }): void;
  /** Takes the bar away, so that what follows is not written over it. */
  end(): void;
};

const STAGES = {
  probe: 'looking at the file',
  perceive: 'measuring',
  observe: 'finding movements',
  reason: 'explaining',
  verify: 'checking',
  download: 'downloading',
  import: 'preparing',
} as const satisfies Record<ProgressEvent['stage'] | 'download' | 'import', string>;

type Bar = {
  start(total: number, done: number, words: object): void;
  update(done: number, words: object): void;
  stop(): void;
};

export const createNotes = async (io: CliIo, { quiet }: { quiet: boolean }): Promise<Notes> => {
  // A reader of stderr that has gone must not end the work.
  io.stderr.on('error', () => undefined);
  const line = (text: string): void => {
    io.stderr.write(`whyface: ${plain(text)}\n`);
  };
  const bar = !quiet && io.stderr.isTTY === true ? await createBar(io) : null;
  let running = false;
  let name = '';
  const end = (): void => {
    if (running) {
      bar?.stop();
      running = false;
    }
  };
  return {
    note: (text) => {
      end();
      if (!quiet) {
        line(text);
      }
    },
    error: (text) => {
      end();
      line(text);
    },
    begin: (input, position, count) => {
      end();
      name = count > 1 ? `${position}/${count} ${shortened(plain(input))}` : shortened(plain(input));
      if (bar !== null) {
        bar.start(1, 0, { name, stage: STAGES.probe });
        running = true;
      } else if (!quiet && count > 1) {
        line(`${position}/${count} ${input}`);
      }
    },
    progress: ({ stage, done, total }) => {
      if (running) {
        // A stage of unknown length keeps the bar empty rather than wrong.
        bar?.update(total > 0 ? done / total : 0, { name, stage: STAGES[stage] });
      }
    },
    end,
  };
};

const createBar = async (io: CliIo): Promise<Bar> => {
  const { SingleBar } = await import('cli-progress');
  return new SingleBar({
    stream: io.stderr,
    format: '{name}  {bar} {percentage} %  {stage}',
    barCompleteChar: '━',
    barIncompleteChar: '─',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    fps: 10,
  });
};

const NAME_COLUMNS = 36;

const shortened = (name: string): string =>
  name.length <= NAME_COLUMNS ? name : `…${name.slice(name.length - NAME_COLUMNS + 1)}`;
