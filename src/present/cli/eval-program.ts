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

  subcommand(
    'explanations <predictions> [reference]',
    'free explanations: labels, cues, words, and grounding in measurements',
  )
    .option('--analyses <file>', 'records of "whyface observe" of the same clips, to ground the texts in')
    .option('--column <name>', 'column of the explanation, where its name does not say')
    .option('--reference-column <name>', 'column of the reference')
    .option('--seed <n>', 'seed of the intervals')
    .option('--judge <url>', 'also ask a language model (OpenAI-compatible URL) as EMER v1 did')
    .option('--judge-model <name>', 'its name')
    .option('--judge-replies <file>', 'where its raw replies are kept; replayed without the model')
    .option('--judge-scale <n>', 'lowest score of the scale, 0 or 1 (default: 1, as the prompt of EMER v1 says)')
    .option('--judge-repeats <n>', 'how often each question is asked (default: 1)')
    .option('--judge-temperature <t>', 'temperature (default: 0)')
    .action((predictions: string, reference: string | undefined, flags: Flags) =>
      run((commands) => commands.explanations(predictions, reference, flags, io)),
    );

  for (const [name, what] of [
    ['faces', 'classes of faces: accuracy, WAR, UAR, F1, calibration, affect, action units; C-EXPR-DB folds'],
    ['speech', 'classes of speech: accuracy, WAR, UAR, F1, calibration, affect'],
  ] as const) {
    subcommand(`${name} <predictions> <truth>`, what)
      .option('--group <column>', 'also by this column of the truth, with intervals')
      .option('--seed <n>', 'seed of the intervals')
      .action((predictions: string, truth: string, flags: Flags) =>
        run((commands) => commands.classes(name, predictions, truth, flags, io)),
      );
  }

  subcommand('verify <records>', 'the verifier itself: falsified sentences of "whyface explain" records')
    .option('--seed <n>', 'seed of the changes')
    .action((records: string, flags: Flags) => run((commands) => commands.verify(records, flags, io)));

  subcommand('compare <a> <b> <reference>', 'whether B is better than A on the same clips: paired tests')
    .option('--kind <kind>', 'what the files hold: explanations, labels or classes (default: explanations)')
    .option('--seed <n>', 'seed of the resampling')
    .option('--resamples <n>', 'how many resamples (default: 1000)')
    .action((a: string, b: string, reference: string, flags: Flags) =>
      run((commands) => commands.compare(a, b, reference, flags, io)),
    );

  subcommand('fetch <folder>', 'the published files, from their public repositories at pinned commits (research use)')
    .option('--base <url>', 'another place that serves <repository>/<commit>/<path>')
    .action((folder: string, flags: Flags) => run((commands) => commands.fetchFiles(folder, flags, io)));

  subcommand('transcripts <folder>', 'what words alone give: the text side on the transcripts of MER2023 and MELD')
    .option('--wheels <path>', 'the emotion wheels (folder, wheel_mapping.npz or .json)')
    .option('--language <name>', 'of the transcripts: english or chinese (default: english)')
    .option('--reasoner <name>', 'who reads (default: facs)')
    .action((folder: string, flags: Flags) => run((commands) => commands.transcripts(folder, flags, io)));

  subcommand(
    'bias <input>',
    'records: do names and group words in what is said move an answer? pictures: do light, crop and size?',
  )
    .option('--reasoner <name>', 'who reads (default: facs)')
    .option('--faces <n>', 'most faces to audit (default: 20)')
    .action((input: string, flags: Flags) => run((commands) => commands.bias(input, flags, io)));
};

/** `whyface dataset …`: instruction data from labelled faces. */
export const addDataset = (program: Command, io: CliIo, done: (status: ExitStatus) => void): void => {
  program
    .command('dataset')
    .summary('instruction data from labelled faces')
    .description('Chains of thought from labelled faces: measured, described, read, checked against the human label.')
    .command('build <input>')
    .description('a folder with --labels, or a JSON list of 24 FEAFA values and labels')
    .option('--labels <file>', 'table with a label for each file: columns file, label, and identity if known')
    .option('--out <folder>', 'where the set is made; a run that was stopped goes on there')
    .option('--reasoner <name>', 'who reads the description: facs (default), llm …')
    .option('--attempts <n>', 'tries to reach the human label (default: 3)')
    .option('--models-dir <folder>', 'where the models lie')
    .option('--format <format>', 'of the statistics: text, json or html (default: text)')
    .option('-o, --output <file>', 'write the statistics to a file')
    .option('-q, --quiet', 'no progress and no notes')
    .action(async (input: string, flags: Flags) => {
      done(await (await import('./commands/dataset.ts')).buildCommand(input, flags, io));
    });
};
