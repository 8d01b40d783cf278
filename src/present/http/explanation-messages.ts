import type { Explanation } from '../../contracts/index.ts';
import type { SseMessage } from './event-stream.ts';

const sentencesOf = (explanation: Explanation): string[] =>
  [...explanation.keyObservations, ...explanation.interpretation, explanation.conclusion].map(({ text }) => text);

/** Explanations as a stream: their verified sentences one by one, the judgement, then the whole. */
export async function* explanationMessages(explain: () => Promise<readonly Explanation[]>): AsyncGenerator<SseMessage> {
  for (const explanation of await explain()) {
    const { subject, range, judgement, grounding } = explanation;
    for (const text of sentencesOf(explanation)) {
      yield message('reasoning-delta', { subject, text });
    }
    yield message('judgement-available', { subject, range, judgement, groundingScore: grounding.score });
    yield message('explanation-available', { explanation });
  }
  yield message('job-end', { status: 'succeeded' });
}

const message = (type: string, facts: object): SseMessage => ({
  event: type,
  data: JSON.stringify({ type, ...facts }),
});
