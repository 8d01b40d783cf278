import type { ChatEvent, ChatMessage } from '../../../contracts/chat.ts';
import type { Access } from '../api/access.ts';
import { failureOf } from '../api/failure.ts';
import type { Talk, Turn } from '../state/talk.ts';
import { askService } from './ask.ts';

export type AskNeeds = { talk: Talk; access: Access; base: URL; resourceId: string };

const EMPTY_TURN: Omit<Turn, 'question'> = { sentences: [], step: null, answer: null, failure: null };

/** Asks a question in the conversation; the answer grows in the store. */
export const askQuestion = async (question: string, { talk, access, base, resourceId }: AskNeeds): Promise<void> => {
  const earlier = talk.get().turns;
  const stopping = new AbortController();
  const change = (make: (turn: Turn) => Turn): void => {
    const { clip, turns } = talk.get();
    const last = turns.at(-1);
    // Of another clip, or cleared: it is too late for this answer.
    if (clip === resourceId && last !== undefined && turns.length === earlier.length + 1) {
      talk.set({ turns: [...turns.slice(0, -1), make(last)] });
    }
  };
  talk.set({
    busy: true,
    turns: [...earlier, { ...EMPTY_TURN, question }],
    stop: () => stopping.abort(),
  });
  try {
    await askService({
      base,
      resourceId,
      headers: access.headers(),
      messages: [...earlier.flatMap(messagesOf), { role: 'user', content: question }],
      signal: stopping.signal,
      onEvent: (event) => change((turn) => grown(turn, event)),
    });
  } catch (thrown) {
    change((turn) => ({ ...turn, step: null, failure: failureOf(thrown) }));
  }
  if (talk.get().clip === resourceId) {
    talk.set({ busy: false, stop: null });
  }
};

const messagesOf = ({ question, answer }: Turn): ChatMessage[] =>
  answer === null
    ? []
    : [
        { role: 'user', content: question },
        { role: 'assistant', content: answer.sentences.map(({ text }) => text).join(' ') },
      ];

const grown = (turn: Turn, event: ChatEvent): Turn => {
  const at = (index: number, sentence: Turn['sentences'][number]): Turn => ({
    ...turn,
    step: null,
    sentences: Object.assign([...turn.sentences], { [index]: sentence }),
  });
  switch (event.type) {
    case 'step':
      return { ...turn, step: event.text };
    case 'text-delta':
      return at(event.index, {
        text: `${turn.sentences[event.index]?.text ?? ''}${event.delta}`,
        cites: [],
        claims: null,
      });
    case 'sentence':
      return at(event.index, { ...event.sentence, claims: event.claims });
    case 'answer-end': {
      const { answer } = event;
      const sentences = answer.sentences.map((sentence, index) => ({
        ...sentence,
        claims: answer.grounding.claims.filter((claim) => claim.sentence === index),
      }));
      return { ...turn, step: null, sentences, answer };
    }
    case 'error':
      return turn;
  }
};
