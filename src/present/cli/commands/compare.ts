import { type ClipComparison, compareAnalyses } from '../../../chat/index.ts';
import { explainOptions, observeOptions, purpose as purposes } from '../../../contracts/index.ts';
import { assertInferenceAllowed } from '../../../pipeline/purpose.ts';
import { createPipeline } from '../../../pipeline.ts';
import { wrapped } from '../../text/wrap.ts';
import { plain } from '../../view/plain.ts';
import { sharedName } from '../../view/words.ts';
import type { CliIo } from '../cli-io.ts';
import type { ExitStatus } from '../exit-status.ts';
import { nothingToRead } from '../measured.ts';
import { createNotes } from '../notes.ts';
import { type CommonFlags, choiceOf, fpsOf, optionsOf, usageError } from '../options.ts';
import { formatFor, openOutput } from '../output.ts';
import { readRecord } from '../read-record.ts';

export type CompareFlags = CommonFlags & { subject?: string[]; format?: string };

const FORMATS = ['text', 'json', 'markdown'] as const;

/** `whyface compare A B` */
export const compareCommand = async (
  one: string,
  other: string,
  flags: CompareFlags,
  io: CliIo,
): Promise<ExitStatus> => {
  const purpose = choiceOf(flags.purpose, '--purpose', purposes.options) ?? 'unspecified';
  assertInferenceAllowed(purpose);
  const options = {
    ...optionsOf(explainOptions, { purpose }),
    ...optionsOf(observeOptions, { fps: fpsOf(flags.fps), purpose }),
  };
  const format = formatFor(choiceOf(flags.format, '--format', FORMATS), flags.output, FORMATS, 'text');
  const subjects = flags.subject ?? [];
  if (subjects.length > 2 || subjects.some((subject) => !/^P\d+$/.test(subject))) {
    throw usageError('--subject is P1, P2 …; give it once for both, or twice, first for A and then for B.');
  }
  if (flags.transcript !== undefined) {
    throw usageError(
      '--transcript is for one input; lay the words beside the clips instead (clip.vtt beside clip.mp4).',
    );
  }
  const output = await openOutput(flags.output, io);
  const notes = await createNotes(io, { quiet: flags.quiet ?? false });
  const pipeline = createPipeline({ env: io.env, modelsDir: flags.modelsDir });
  const { signal } = io.interruption;
  try {
    const clips = [];
    for (const [index, input] of [one, other].entries()) {
      notes.begin(input, index + 1, 2);
      const measured =
        (await readRecord(input)) ?? (await pipeline.explain(input, options, { signal, onProgress: notes.progress }));
      notes.end();
      const nothing = nothingToRead(input, measured.analysis);
      if (nothing !== null) {
        throw nothing;
      }
      const subject = subjects[index] ?? subjects[0];
      if (subject !== undefined && !measured.analysis.subjects.some(({ id }) => id === subject)) {
        throw usageError(
          `There is no ${subject} in ${plain(input)}; it shows ${measured.analysis.subjects.map(({ id }) => id).join(', ') || 'nobody'}.`,
        );
      }
      clips.push({ input, analysis: measured.analysis, explanations: measured.explanations, subject });
    }
    const [a, b] = clips;
    if (a !== undefined && b !== undefined) {
      const comparison = await compareAnalyses(a, b, purpose);
      await output.write(RENDER[format](comparison));
    }
    await output.finish();
    return 0;
  } catch (thrown) {
    await output.discard();
    throw thrown;
  } finally {
    notes.end();
    await pipeline.close();
  }
};

const NAMES = ['A', 'B'] as const;

const headline = ({ sides }: ClipComparison): string[] =>
  sides.map(
    ({ input, subject }, index) =>
      `${NAMES[index] ?? ''}: ${plain(sharedName(input))}${subject === null ? '' : `, ${subject}`}`,
  );

const commonText = ({ common }: ClipComparison): string =>
  common.length === 0 ? '' : `Much the same in both: ${common.join(', ')}.`;

const marked = (verdict: string): string =>
  verdict === 'contradicted' || verdict === 'unsupported' ? ` (${verdict} by the measurements)` : '';

const asText = (comparison: ClipComparison): string => {
  const differences = comparison.differences.flatMap(({ text, evidence }) => [
    ...wrapped(plain(text), { width: 96, first: '• ', rest: '  ' }),
    ...evidence.flatMap((side, index) =>
      side === null
        ? []
        : wrapped(`${plain(side.text)} ${side.cites.map((id) => `[${id}]`).join('')}${marked(side.verdict)}`, {
            width: 96,
            first: `    ${NAMES[index] ?? ''}  `,
            rest: '       ',
          }),
    ),
  ]);
  const none = comparison.differences.length === 0 ? ['Nothing that is measured differs enough to be told.'] : [];
  return [...headline(comparison), '', ...differences, ...none, '', commonText(comparison), '']
    .join('\n')
    .replace(/\n{3,}$/, '\n');
};

const escaped = (text: string): string => plain(text).replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');

const asMarkdown = (comparison: ClipComparison): string => {
  const differences = comparison.differences.flatMap(({ text, evidence }) => [
    `- ${escaped(text)}`,
    ...evidence.flatMap((side, index) =>
      side === null
        ? []
        : [
            `  - ${NAMES[index] ?? ''}: ${escaped(side.text)} ${side.cites.map((id) => `\`${id}\``).join(' ')}${marked(side.verdict)}`,
          ],
    ),
  ]);
  return [
    '# What differs',
    '',
    ...headline(comparison).map((line) => `- ${escaped(line)}`),
    '',
    ...differences,
    '',
    escaped(commonText(comparison)),
    '',
  ].join('\n');
};

const RENDER: Record<(typeof FORMATS)[number], (comparison: ClipComparison) => string> = {
  text: asText,
  markdown: asMarkdown,
  json: (comparison) => `${JSON.stringify(comparison, null, 2)}\n`,
};
