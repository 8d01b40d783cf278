/**
 * A stand-in for a model that does as it is told: it reads the facts of its prompt and writes them down, in the form it
 * is asked for. What it says is right, so that whatever a test then finds wrong is the test's doing.
 */
import type { Brain, ChatRequest } from './llm-server.ts';

export type Fact = { id: string; text: string };

/** The numbered facts of a prompt, as it shows them. */
export const factsOf = ({ messages }: ChatRequest): Fact[] => {
  const prompt = messages.find(({ role }) => role === 'user')?.content ?? '';
  const start = prompt.search(/bservations.*the most telling first:\n/);
  const lines = prompt.slice(start).split('\n');
  return lines.flatMap((line) => {
    const match = /^\[(o\d+)\] (.*?) \([^()]*confidence \d\.\d\d\)$/.exec(line);
    return match?.[1] === undefined || match[2] === undefined ? [] : [{ id: match[1], text: match[2] }];
  });
};

/** Which kind of question it is, by what it asks for. */
export const stageOf = ({ messages }: ChatRequest): 'describe' | 'answer' | 'translate' => {
  const last = messages.findLast(({ role }) => role === 'user')?.content ?? '';
  if (/Translate these sentences/.test(last)) {
    return 'translate';
  }
  return /one sentence on a line|one on a line/.test(last) ? 'describe' : 'answer';
};

/** Evidence a person would name first: what is there, before what is not. */
const telling = (facts: readonly Fact[]): Fact[] => facts.filter(({ text }) => /\(AU\d+, .*of 5\)/.test(text));

/** What the appearance model of the prompt scores highest: the stand-in has no opinion of its own. */
const opinionOf = ({ messages }: ChatRequest): { label: string; scores: Record<string, number> } => {
  const prompt = messages.find(({ role }) => role === 'user')?.content ?? '';
  const said = /scores this face: (.*?)\.\n/.exec(prompt)?.[1] ?? 'neutral 1.00';
  const scores: Record<string, number> = {
    anger: 0, contempt: 0, disgust: 0, fear: 0, happiness: 0, neutral: 0, sadness: 0, surprise: 0,
  }; // biome-ignore format: one table
  for (const [, label, value] of said.matchAll(/(\w+) (\d\.\d+)/g)) {
    scores[label ?? ''] = Number(value);
  }
  const [label = 'neutral'] = Object.entries(scores).sort(([, a], [, b]) => b - a)[0] ?? [];
  return { label, scores };
};

/** The parts of an answer, to be changed by a test before it is written. */
export const factualAnswer = (request: ChatRequest): Record<string, unknown> => {
  const facts = factsOf(request);
  const shown = telling(facts);
  const key = (shown.length > 0 ? shown : facts).slice(0, 4);
  const { label, scores } = opinionOf(request);
  const cites = key.map(({ id }) => id);
  return {
    keyObservations: key.map(({ id, text }) => ({ text, cites: [id] })),
    interpretation: key.slice(0, 2).map(({ id, text }) => ({ text: `What weighs most: ${text}`, cites: [id] })),
    conflicts: [],
    alternatives: [],
    wouldChange: ['If the brows were lowered and drawn together, the reading would be another.'],
    conclusion: { text: `The expression reads as ${label}.`, cites },
    expression: label,
    scores,
    compound: null,
    labels: [label],
    valence: 0.2,
    arousal: 0.1,
    confidence: 0.6,
    abstained: false,
    reason: 'It rests on the movements that were measured.',
  };
};

const translations = (request: ChatRequest): string => {
  const prompt = request.messages.findLast(({ role }) => role === 'user')?.content ?? '';
  const lines = [...prompt.matchAll(/^(\d+) \|: (.*)$/gm)];
  return JSON.stringify({
    translations: lines.map(([, line, text]) => ({
      line: Number(line),
      text: `[de] ${(text ?? '').replaceAll('ˆ', ' ')}`,
    })),
  });
};

/** Describes, answers and translates from the facts in its prompt. */
export const factualModel: Brain = (request) => {
  switch (stageOf(request)) {
    case 'describe':
      return factsOf(request)
        .slice(0, 6)
        .map(({ id, text }) => `${text} [${id}]`)
        .join('\n');
    case 'translate':
      return translations(request);
    case 'answer':
      return JSON.stringify(factualAnswer(request), null, 1);
  }
};
