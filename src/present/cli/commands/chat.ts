import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ANSWERERS, type Conversation, chooseAnswerer, createConversation } from '../../../chat/index.ts';
import { observeOptions, purpose as purposes } from '../../../contracts/index.ts';
import { WhyfaceError } from '../../../kit/error.ts';
import { createPipeline, type Observed } from '../../../pipeline.ts';
import { ANSI_STYLE, PLAIN_STYLE } from '../../text/style.ts';
import { answerText } from '../../view/chat.ts';
import { plain } from '../../view/plain.ts';
import { clipText } from '../../view/words.ts';
import { agentPortsFor } from '../agent-ports.ts';
import type { CliIo } from '../cli-io.ts';
import type { ExitStatus } from '../exit-status.ts';
import { nothingToRead } from '../measured.ts';
import { createNotes } from '../notes.ts';
import { type CommonFlags, choiceOf, fpsOf, optionsOf, usageError } from '../options.ts';
import { readRecord } from '../read-record.ts';

export type ChatFlags = CommonFlags & { answerer?: string; format?: string };

const FORMATS = ['text', 'jsonl'] as const;

/** `whyface chat FILE`: a prompt on a terminal, else one question a line. */
export const chatCommand = async (file: string, flags: ChatFlags, io: CliIo): Promise<ExitStatus> => {
  const purpose = choiceOf(flags.purpose, '--purpose', purposes.options) ?? 'unspecified';
  const options = optionsOf(observeOptions, { fps: fpsOf(flags.fps), purpose });
  const format = choiceOf(flags.format, '--format', FORMATS) ?? 'text';
  const choice = choiceOf(flags.answerer, '--answerer', ANSWERERS) ?? 'auto';
  const input = io.stdin;
  if (input === undefined) {
    throw usageError('There is no input to read questions from.');
  }
  const notes = await createNotes(io, { quiet: flags.quiet ?? false });
  const pipeline = createPipeline({ env: io.env, modelsDir: flags.modelsDir });
  const signal = io.interruption.signal;
  try {
    chooseAnswerer(choice, { env: io.env });
    notes.begin(file, 1, 1);
    const brought = await readRecord(file);
    const observed: Pick<Observed, 'analysis'> & { percepts: Observed['percepts'] | null } =
      brought ??
      (await pipeline.observe(file, options, { signal, onProgress: notes.progress, transcript: flags.transcript }));
    notes.end();
    const nothing = nothingToRead(file, observed.analysis);
    if (nothing !== null) {
      throw nothing;
    }
    const ports =
      brought === null ? agentPortsFor({ pipeline, path: file, observed, options, transcript: flags.transcript }) : {};
    const conversation = createConversation({
      ...observed,
      explanations: brought?.explanations,
      purpose,
      answerer: chooseAnswerer(choice, { env: io.env, ports }),
    });
    const onTerminal = input.isTTY === true && io.stdout.isTTY === true;
    if (onTerminal) {
      io.stdout.write(`${plain(file)}: ${clipText(observed.analysis)}. Ask away; an empty line or Ctrl-D ends.\n\n`);
    }
    await talk(conversation, { input, onTerminal, format, io });
    return signal.aborted ? 130 : 0;
  } finally {
    notes.end();
    await pipeline.close();
  }
};

type Talk = { input: Readable; onTerminal: boolean; format: (typeof FORMATS)[number]; io: CliIo };

const talk = async (conversation: Conversation, { input, onTerminal, format, io }: Talk): Promise<void> => {
  const { signal } = io.interruption;
  const lines = createInterface({
    input,
    output: onTerminal ? io.stdout : undefined,
    prompt: '> ',
    terminal: onTerminal,
    historySize: 100,
  });
  // On a terminal readline takes Ctrl-C for itself.
  lines.on('SIGINT', () => io.interruption.abort());
  const stop = (): void => lines.close();
  signal.addEventListener('abort', stop, { once: true });
  const coloured = onTerminal && (io.env.NO_COLOR ?? '') === '' && io.env.TERM !== 'dumb';
  const look = {
    width: onTerminal ? Math.min(100, Math.max(40, io.stdout.columns ?? 96)) : 96,
    style: coloured ? ANSI_STYLE : PLAIN_STYLE,
    suggest: onTerminal,
  };
  try {
    if (onTerminal) {
      lines.prompt();
    }
    for await (const line of lines) {
      const question = line.trim();
      if (question === '' && onTerminal) {
        return;
      }
      if (question !== '') {
        await answerOne(conversation, question, { format, io, look, onTerminal });
      }
      if (signal.aborted) {
        return;
      }
      if (onTerminal) {
        lines.prompt();
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
    lines.close();
  }
};

const answerOne = async (
  conversation: Conversation,
  question: string,
  {
    format,
    io,
    look,
    onTerminal,
  }: Pick<Talk, 'format' | 'io' | 'onTerminal'> & { look: Parameters<typeof answerText>[1] },
): Promise<void> => {
  for await (const event of conversation.answer(question, { signal: io.interruption.signal })) {
    if (event.type === 'step' && onTerminal) {
      io.stdout.write(`${look.style.faint(`  … ${plain(event.text)}`)}\n`);
    }
    if (event.type === 'answer-end') {
      io.stdout.write(
        format === 'jsonl'
          ? `${JSON.stringify(event.answer)}\n`
          : `${onTerminal ? '' : `> ${plain(question)}\n`}${answerText(event.answer, look)}\n`,
      );
    }
    if (event.type === 'error') {
      if (event.error.code === 'aborted') {
        return;
      }
      // One question that cannot be answered does not end the conversation.
      if (event.error.code !== 'usage') {
        throw new WhyfaceError({ code: 'internal', stage: 'reason', message: event.error.message });
      }
      io.stderr.write(`whyface: ${plain(event.error.message)}\n`);
    }
  }
};
