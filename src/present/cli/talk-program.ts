import { type Command, Option } from 'commander';
import type { CliIo } from './cli-io.ts';
import type { ExitStatus } from './exit-status.ts';

const collect = (value: string, before: string[] = []): string[] => [...before, value];

const measuring = (command: Command): Command =>
  command
    .addOption(new Option('--fps <n|all>', 'frames a second to measure; all: every frame up to 30').default('all'))
    .option('--purpose <purpose>', 'why it is done; workplace and education refuse readings of emotion')
    .option('--models-dir <folder>', 'where the models lie')
    .option('-q, --quiet', 'no progress and no notes');

/** `chat`, `compare`, `batch` and `mcp` as tables of options. */
export const addTalk = (program: Command, io: CliIo, done: (status: ExitStatus) => void): void => {
  measuring(
    program
      .command('chat')
      .summary('talk about one clip')
      .description(
        'Answers questions about one clip, each sentence citing its evidence. On a terminal it asks; piped, it takes one question a line.',
      )
      .argument('<file>', 'a picture, clip, recording, table of measurements, or a saved JSON record'),
  )
    .option('--transcript <file>', 'the words: SRT, WebVTT, JSON of Whisper, text')
    .option('--answerer <name>', 'auto, offline (rules), or agent (a language model with tools) (default: auto)')
    .option('--format <format>', 'text or jsonl (default: text)')
    .action(async (file: string, flags: object) => {
      done(await (await import('./commands/chat.ts')).chatCommand(file, flags, io));
    });

  measuring(
    program
      .command('compare')
      .summary('what differs between two clips, with evidence')
      .description(
        'Compares the person longest in view of two clips (or saved JSON records): readings, movements, voice, words.',
      )
      .argument('<a>', 'the first picture, clip or recording')
      .argument('<b>', 'the second one'),
  )
    .option('--subject <P1>', 'whom to compare; twice: first in A, then in B', collect)
    .option('--format <format>', 'text, json or markdown (default: text)')
    .option('-o, --output <file>', 'write to a file, whole or not at all; its extension chooses the format')
    .action(async (a: string, b: string, flags: object) => {
      done(await (await import('./commands/compare.ts')).compareCommand(a, b, flags, io));
    });

  measuring(
    program
      .command('batch')
      .summary('many clips into one folder of records and two tables')
      .description(
        'Explains many clips: DIR/records/*.json, DIR/measurements.csv (a row a face a frame), DIR/summary.csv (a row a clip and person).',
      )
      .argument(
        '<glob...>',
        'pictures, clips, folders of them, tables of measurements, or patterns such as "clips/**/*.mp4"',
      ),
  )
    .requiredOption('--out <folder>', 'where everything goes')
    .option('--resume', 'go on with an earlier batch: what is done and has not changed is kept')
    .addOption(new Option('--reasoner <name>', 'who reasons').default('facs'))
    .option('--subject <P1|all>', 'one person, or everybody (default: all)')
    .action(async (patterns: string[], flags: { out: string }) => {
      done(await (await import('./commands/batch.ts')).batchCommand(patterns, flags, io));
    });

  program
    .command('mcp')
    .summary('MCP over stdin and stdout')
    .description(
      'Serves the tools observe_clip, explain_clip, ask_clip and score_explanation to an MCP client that starts this command.',
    )
    .option('--purpose <purpose>', 'why it is done; workplace and education refuse readings of emotion')
    .option('--answerer <name>', 'who answers questions: auto, offline or agent (default: auto)')
    .option('--models-dir <folder>', 'where the models lie')
    .action(async (flags: object) => {
      done(await (await import('./commands/mcp.ts')).mcpCommand(flags, io));
    });
};
