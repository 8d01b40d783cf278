import { Command, Option } from 'commander';
import { VERSION } from '../../kit/version.ts';
import type { CliIo } from './cli-io.ts';
import { addDataset, addEval } from './eval-program.ts';
import type { ExitStatus } from './exit-status.ts';
import { addKeys, addServe, addWorker } from './serve-program.ts';
import { addTalk } from './talk-program.ts';

/**
 * The command line as a table. Commands are imported only when they run: `--help` must not wait for the models'
 * runtime.
 */
export const createProgram = (io: CliIo, done: (status: ExitStatus) => void): Command => {
  const program = new Command('whyface')
    .description('Says why a face reads as an emotion, with evidence that can be checked.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'whyface: ')),
      getOutHelpWidth: () => Math.min(100, io.stdout.columns ?? 96),
    })
    .addHelpText(
      'after',
      `
Examples:
  whyface explain photo.jpg
  whyface explain interview.mp4 --from 0:12 --to 0:18 --format html -o report.html
  whyface observe clips/ --format csv -o measurements.csv
  whyface explain measurements.csv openface.csv pyfeat.csv

Exit status: 0 fine, 2 wrong usage, 65 input cannot be used, 66 not found or not readable,
69 model or service not available, 70 our fault, 78 configuration or refused purpose, 130 interrupted.`,
    );

  const media = (command: Command): Command =>
    command
      .argument('<file...>', 'pictures, clips, folders of them, or tables of measurements')
      .addOption(new Option('--fps <n|all>', 'frames a second to measure; all: every frame up to 30').default('all'))
      .option(
        '--transcript <file>',
        'the words: SRT, WebVTT, JSON of Whisper, text (default: clip.vtt beside clip.mp4)',
      )
      .option('--purpose <purpose>', 'why it is done; workplace and education refuse readings of emotion')
      .option('--models-dir <folder>', 'where the models lie')
      .option('-o, --output <file>', 'write to a file, whole or not at all; its extension chooses the format')
      .option('-q, --quiet', 'no progress and no notes');

  media(
    program
      .command('explain')
      .summary('say why a face reads as it does')
      .description('Measures the faces and explains how their expressions read, each sentence citing its evidence.'),
  )
    .addOption(new Option('--reasoner <name>', 'who reasons: facs, llm, clip, vlm or ensemble').default('facs'))
    .option('--subject <P1|all>', 'one person, or everybody (default: all)')
    .option('--from <time>', 'start of the range: seconds, or minutes:seconds')
    .option('--to <time>', 'end of the range')
    .option('--explain-model', 'add which parts of the face the expression model looks at (json, jsonl, html)')
    .option('--counterfactual', 'take each piece of evidence away and reason again: what the reading hangs on')
    .option('--counterfactual-calls <n>', 'most times a language model is asked again for it (default: 8)')
    .option('--format <format>', 'text, json, jsonl, markdown or html (default: text)')
    .option('--question <text>', 'what you want to know; a language model dwells on it')
    .option('--samples <n>', 'answers a language model gives, to be compared (default: 1)')
    .option('--strategy <name>', 'how a language model is asked: two-stage (describe, then merge) or single')
    .option('--language <code>', 'of the answer, translated by the language model (default: en)')
    .option('--no-fallback', 'fail rather than let the FACS reasoner stand in, labelled, for one that is not available')
    .option('--allow-remote-frames', 'let stills of the face go to a picture model on another machine (--reasoner vlm)')
    .action(async (files: string[], flags: object) => {
      done(await (await import('./commands/explain.ts')).explainCommand(files, flags, io));
    });

  media(
    program
      .command('observe')
      .summary('measurements only, no readings')
      .description('Measures faces: action units with intensity, side and timing, head and gaze. Names no emotion.'),
  )
    .option('--format <format>', 'json, jsonl or csv (default: json)')
    .action(async (files: string[], flags: object) => {
      done(await (await import('./commands/observe.ts')).observeCommand(files, flags, io));
    });

  addTalk(program, io, done);
  addModels(program, io, done);
  addEval(program, io, done);
  addDataset(program, io, done);

  program
    .command('doctor')
    .summary('what works here, and what to do about the rest')
    .description('Looks at this machine and says what works here and what to do about the rest.')
    .option('--models-dir <folder>', 'where the models lie')
    .option('--json', 'the findings as JSON')
    .action(async (flags: object) => {
      done(await (await import('./commands/doctor.ts')).doctorCommand(flags, io));
    });

  addServe(program, io, done);
  addWorker(program, io, done);
  addKeys(program, io, done);

  return program;
};

const addModels = (program: Command, io: CliIo, done: (status: ExitStatus) => void): void => {
  const models = program
    .command('models')
    .summary('the models: list, pull, verify, path')
    .description('The models that whyface measures with. Those it needs come with the package; more can be pulled.');
  const subcommand = (name: string, description: string): Command =>
    models.command(name).description(description).option('--models-dir <folder>', 'where the models lie');

  subcommand('list', 'every model: what it measures, where it comes from, whether it is here')
    .option('--json', 'as JSON')
    .action(async (flags: object) => {
      done(await (await import('./commands/models.ts')).listModels(flags, io));
    });
  subcommand('pull [id...]', 'bring models here')
    .option('--all', 'every model of the list but those of the hub, which come by name')
    .option('-q, --quiet', 'no progress and no notes')
    .action(async (ids: string[], flags: object) => {
      done(await (await import('./commands/models.ts')).pullModels(ids, flags, io));
    });
  subcommand('verify', 'compare every model that is here with its digest').action(async (flags: object) => {
    done(await (await import('./commands/models.ts')).verifyModels(flags, io));
  });
  subcommand('path', 'print the folder of the models').action(async (flags: object) => {
    done(await (await import('./commands/models.ts')).printModelsPath(flags, io));
  });
};
