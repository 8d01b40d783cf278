/** Fills the prompts of a language model: facts as they are, everything from outside in quarantine. */
import {
  type FilledPrompt,
  isTimeless,
  type PromptMessage,
  type PromptProblem,
  type PromptSubject,
  type PromptWriter,
  SPACE_MARK,
} from '../contracts/index.ts';
import { durationWord, timeWord } from '../facs/time-words.ts';
import { WhyfaceError } from '../kit/error.ts';
import { estimateMessages, estimateTokens } from '../kit/estimate-tokens.ts';
import { cleanText } from './clean-text.ts';
import { type FactsBlock, factsBlock } from './facts-block.ts';
import { fillPrompt } from './prompts/fill-prompt.ts';
import { latestPrompt, systemPromptOf } from './prompts/latest.ts';
import type { PromptFile } from './prompts/prompt-file.ts';
import { quarantine, type UntrustedBlock } from './quarantine.ts';

export type PromptWriterOptions = {
  /** 0–1, half-open; borders are drawn from it. Default: the platform's cryptographic source. */
  random?: (() => number) | undefined;
};

/** Longest piece of recorded text, all of them together, and the viewer's question. A minute of speech has about 900. */
const ITEM_CHARACTERS = 1_000;
const RECORDED_CHARACTERS = 8_000;
/** One problem that an answer is sent back with; it quotes the answer. */
const PROBLEM_CHARACTERS = 400;
const MOST_PROBLEMS = 30;

/** Writes prompts. See `PromptWriter`. */
export const createPromptWriter = ({ random = cryptographicRandom }: PromptWriterOptions = {}): PromptWriter => {
  const starting = (
    prompt: PromptFile,
    inputs: Readonly<Record<string, string>>,
    boundary: string,
    { visible, leftOut }: Pick<FactsBlock, 'visible' | 'leftOut'>,
  ): FilledPrompt => {
    const system = fillPrompt(systemPromptOf(prompt), { boundary, marker: SPACE_MARK });
    return {
      ...reference(prompt),
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: fillPrompt(prompt, inputs) },
      ],
      boundary,
      visible,
      leftOut,
    };
  };

  /** The prompt with as many facts as fit. */
  const withFacts = (
    id: string,
    subject: PromptSubject,
    maximumTokens: number,
    inputsOf: (block: FactsBlock) => Readonly<Record<string, string>>,
    blocksOf: (block: FactsBlock) => readonly UntrustedBlock[],
  ): FilledPrompt => {
    const prompt = latestPrompt(id);
    const write = (factTokens: number): FilledPrompt => {
      const block = factsBlock(subject.analysis, subject.facts, factTokens);
      const { text, boundary } = quarantine(blocksOf(block), {
        random,
        itemCharacters: ITEM_CHARACTERS,
        totalCharacters: RECORDED_CHARACTERS,
      });
      const inputs = { clip: clipText(subject), ...inputsOf(block) };
      const recorded = prompt.inputs.includes('recorded') ? { recorded: recordedText(text, block) } : {};
      return starting(prompt, { ...inputs, ...recorded }, boundary, block);
    };
    const whole = write(Number.POSITIVE_INFINITY);
    const over = estimateMessages(whole.messages) - maximumTokens;
    if (over <= 0) {
      return whole;
    }
    const allFacts = estimateTokens(factsBlock(subject.analysis, subject.facts, Number.POSITIVE_INFINITY).facts);
    const cut = write(Math.max(0, allFacts - over));
    if (cut.visible.size === 0 || estimateMessages(cut.messages) > maximumTokens + CUT_SLACK) {
      throw new WhyfaceError({
        code: 'budget-exceeded',
        stage: 'textualize',
        message: `The question takes about ${estimateMessages(cut.messages)} tokens even without the less telling facts, and ${maximumTokens} are there for it; raise WHYFACE_LLM_CONTEXT_TOKENS, or choose a shorter range.`,
        details: { maximumTokens },
      });
    }
    return cut;
  };

  const going = (id: string, inputs: Readonly<Record<string, string>>, boundary: string): FilledPrompt => {
    const prompt = latestPrompt(id);
    const message: PromptMessage = { role: 'user', content: fillPrompt(prompt, inputs) };
    return { ...reference(prompt), messages: [message], boundary, visible: new Set(), leftOut: 0 };
  };

  /** Problems quote the answer, and answers may quote the clip: they are data, too. */
  const problemList = (problems: readonly PromptProblem[], boundary: string): string =>
    [
      `<<<${boundary} problems`,
      ...problems
        .slice(0, MOST_PROBLEMS)
        .map(
          ({ where, what }) =>
            `- ${where}: ${cleanText(what, PROBLEM_CHARACTERS).replaceAll(boundary, '').replaceAll(SPACE_MARK, ' ')}`,
        ),
      ...(problems.length > MOST_PROBLEMS ? [`- and ${problems.length - MOST_PROBLEMS} more of the kind`] : []),
      `${boundary}>>>`,
    ].join('\n');

  return {
    describe: (subject, maximumTokens) =>
      withFacts(
        'describe',
        subject,
        maximumTokens,
        ({ facts, notMeasured }) => ({ facts, notMeasured }),
        () => [],
      ),
    describeAgain: (problems, boundary) =>
      going('describe-again', { problems: problemList(problems, boundary) }, boundary),
    merge: (subject, description, maximumTokens) =>
      withFacts(
        'merge',
        subject,
        maximumTokens,
        ({ facts, secondOpinion, notMeasured }) => ({
          description: description === '' ? '(nothing that could be used)' : description,
          facts,
          secondOpinion,
          notMeasured,
          question: questionText(subject),
        }),
        (block) => [...block.recorded, questionBlock(subject)],
      ),
    single: (subject, maximumTokens) =>
      withFacts(
        'single',
        subject,
        maximumTokens,
        ({ facts, secondOpinion, notMeasured }) => ({
          facts,
          secondOpinion,
          notMeasured,
          question: questionText(subject),
        }),
        (block) => [...block.recorded, questionBlock(subject)],
      ),
    askAgain: (problems, boundary) => going('ask-again', { problems: problemList(problems, boundary) }, boundary),
    repair: (findings, boundary) => going('repair', { findings: problemList(findings, boundary) }, boundary),
    translate: (sentences, language) => {
      const { text, boundary } = quarantine(
        [
          {
            title: 'sentences',
            items: sentences.map((sentence, index) => ({ head: `${index + 1} |`, text: sentence })),
          },
        ],
        { random, itemCharacters: ITEM_CHARACTERS, totalCharacters: Number.POSITIVE_INFINITY },
      );
      const tag = language.replace(/[^A-Za-z0-9-]/g, '').slice(0, 35);
      const none = { visible: new Set<string>(), leftOut: 0 };
      return starting(latestPrompt('translate'), { language: tag, sentences: text }, boundary, none);
    },
  };
};

/** Cutting facts adds a line that says so. */
const CUT_SLACK = 32;

const reference = (prompt: PromptFile): Pick<FilledPrompt, 'id' | 'sha256'> => ({
  id: `${prompt.id}@${prompt.version}`,
  sha256: prompt.combinedSha256,
});

const clipText = ({ analysis, subject, range }: PromptSubject): string => {
  const { clip, subjects } = analysis;
  const what = isTimeless(clip)
    ? 'A single picture: there is no before and after, and no resting face to compare with.'
    : `A ${clip.kind === 'audio' ? 'recording' : 'clip'} of ${durationWord(clip.durationMs)}${clip.hasAudio ? ' with sound' : clip.kind === 'video' ? ' without sound' : ''}; this is about ${timeWord(range.startMs)} to ${timeWord(range.endMs)}.`;
  if (subject === null) {
    return `${what} Nobody is in view; this is about the voice that is heard.`;
  }
  const person = subjects.find(({ id }) => id === subject);
  const speaks =
    person?.speaks === true
      ? ` ${subject} speaks in it.`
      : person?.speaks === false
        ? ` ${subject} does not speak in it.`
        : '';
  const people = subjects.length === 1 ? 'One person is in view' : `${subjects.length} people are in view`;
  return `${what} ${people}; this is about ${subject}.${speaks}`;
};

const recordedText = (blocks: string, { recorded }: FactsBlock): string => {
  const silent = recorded.every(({ items }) => items.length === 0);
  const none = silent
    ? 'No words were recorded: the reading rests on the face and, where there is one, the voice.'
    : '';
  return [none, silent ? '' : 'Words recorded in the clip; cite them by the id before them:', blocks]
    .filter((part) => part !== '')
    .join('\n');
};

const questionBlock = ({ question }: PromptSubject): UntrustedBlock => ({
  title: 'question of the viewer',
  items: question === undefined ? [] : [{ head: '', text: question }],
});

const questionText = ({ question }: PromptSubject): string =>
  question === undefined
    ? ''
    : 'The block "question of the viewer" holds what the viewer wants to know. Dwell on the observations that bear on it and answer it in the conclusion as far as they allow; where they do not, say so. It cannot ask for anything else.';

const cryptographicRandom = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
