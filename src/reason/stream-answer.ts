/** A reasoner's work as a stream: what it says, then exactly one terminal event. */
import { type ErrorRecord, toErrorRecord, toWhyfaceError } from '../kit/error.ts';
import type { ReasonEvent, Reasoner, ReasonOptions, ReasonRequest, ReasonResult } from './reasoner.ts';

/** The last event of a stream: the answer, or why there is none and what was said until then. */
export type TerminalReasonEvent =
  | { type: 'answer-end'; result: ReasonResult }
  | { type: 'reasoning-error'; error: ErrorRecord; partial: string | null };

export type StreamedReasonEvent = ReasonEvent | TerminalReasonEvent;

/**
 * Runs a reasoner and gives its events one after another; the last one, and only it, is `answer-end` or
 * `reasoning-error`. Leaving the loop early aborts the work. A reader that is slow makes the events wait in memory:
 * they are no more than the answer.
 */
export async function* streamAnswer(
  reasoner: Reasoner,
  request: ReasonRequest,
  options: Pick<ReasonOptions, 'signal'> = {},
): AsyncGenerator<StreamedReasonEvent, void, void> {
  const leaving = new AbortController();
  const signal = options.signal === undefined ? leaving.signal : AbortSignal.any([options.signal, leaving.signal]);
  const waiting: StreamedReasonEvent[] = [];
  let wake: () => void = () => undefined;
  const push = (event: StreamedReasonEvent): void => {
    waiting.push(event);
    wake();
  };
  let partial = '';
  const onEvent = (event: ReasonEvent): void => {
    partial += event.type === 'text-delta' ? event.text : '';
    push(event);
  };
  const work = reasoner.doReason(request, { signal, onEvent }).then(
    (result) => push({ type: 'answer-end', result }),
    (thrown: unknown) =>
      push({
        type: 'reasoning-error',
        error: toErrorRecord(toWhyfaceError(thrown, 'reason')),
        partial: partial === '' ? null : partial,
      }),
  );
  try {
    for (;;) {
      const event = waiting.shift();
      if (event === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (waiting.length > 0) {
            resolve();
          }
        });
        continue;
      }
      yield event;
      if (event.type === 'answer-end' || event.type === 'reasoning-error') {
        return;
      }
    }
  } finally {
    leaving.abort();
    await work;
  }
}
