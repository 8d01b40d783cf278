import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import type { ExitStatus } from './exit-status.ts';

type Flags = Record<string, unknown>;
type Commands = typeof import('./commands/eval.ts');

/** `whyface eval …`: scores that anybody can reproduce. The scorer is imported only when one of them runs. */
export const addEval = (program: Command, io: CliIo, done: (status: ExitStatus) => void): void => {
  const evaluation = program
    .command('eval')
    .summary('score explanations, labels and predictions')
    .description('Scores that anybody can reproduce: explanations, label lists and predictions against references.');

  const subcommand = (usage: string, description: string): Command =>
    evaluation
      .command(usage)
      .description(description)
      .option('--format <format>', 'text, json or html (default: text, or what the name of the output says)')
      .option('-o, --output <file>', 'write to a file, whole or not at all')
      .option('-q, --quiet', 'no progress and no notes');

  const run = async (call: (commands: Commands) => Promise<ExitStatus>): Promise<void> => {
    done(await call(await import('./commands/eval.ts')));
  };

  subcommand(
    'unibench [folder]',
    'MER-UniBench: hit rate, sentiment weighted F1, fine-grained F; per checkpoint, best and mean',
  )
    .option('--predictions <path>', 'predictions of one set: a file, or a folder of checkpoints')
    .option('--labels <file>', 'labels of that set')
    .option('--data-set <name>', 'which set it is, where the names do not say')
    .option('--wheels <path>', 'the emotion wheels (folder, wheel_mapping.npz or .json)')
    .action((folder: string | undefined, flags: Flags) => run((commands) => commands.unibench(folder, flags, io)));

  subcommand('labels <predictions> <reference>', 'open-vocabulary labels: wheel metrics, set level, families')
    .option('--wheels <path>', 'the emotion wheels (folder, wheel_mapping.npz or .json)')
    .option('--suite <name>', 'ov-mer (12 metrics), mer2025 (10) or five-wheels (5)')
    .option('--synonyms <path>', 'synonym groups by clip, for the set-level metrics')
    .action((predictions: string, reference: string, flags: Flags) =>
      run((commands) => commands.labels(predictions, reference, flags, io)),
    );

  subcommand('reproduce <folder>', 'every published table whose files are there: ours beside theirs')
    .option('--wheels <path>', 'the emotion wheels (folder, wheel_mapping.npz or .json)')
    .action((folder: string, flags: Flags) => run((commands) => commands.reproduce(folder, flags, io)));
};
