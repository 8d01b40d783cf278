import { WhyfaceError } from '../../../kit/error.ts';
import type { WorkerCall, WorkerCalls, WorkerReply } from './protocol.ts';

/** Calls into the page's worker. */
export type WorkerClient = {
  call<Call extends WorkerCall>(
    call: Call,
    ask: WorkerCalls[Call]['ask'],
    transfer?: Transferable[],
  ): Promise<WorkerCalls[Call]['answer']>;
};

/** What of a `Worker` is needed. */
export type Port = {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<WorkerReply>) => void): void;
  addEventListener(type: 'error', listener: () => void): void;
};

// Methods, not functions: the reply to a call has the type the protocol gives it, and both ends are this program.
type Waiting = { settle(answer: unknown): void; refuse(error: WhyfaceError): void };

/** @param start called once, at the first call: the worker's code is large. */
export const createWorkerClient = (start: () => Port): WorkerClient => {
  const waiting = new Map<number, Waiting>();
  let port: Port | null = null;
  let last = 0;
  const open = (): Port => {
    const opened = start();
    opened.addEventListener('message', ({ data }) => {
      const call = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.ok) {
        call?.settle(data.answer);
      } else {
        call?.refuse(new WhyfaceError({ code: data.code, stage: 'present', message: data.message }));
      }
    });
    opened.addEventListener('error', () => {
      const message = 'Part of the page failed to load. Reload it, please.';
      for (const { refuse } of waiting.values()) {
        refuse(new WhyfaceError({ code: 'internal', stage: 'present', message }));
      }
      waiting.clear();
    });
    return opened;
  };
  return {
    call: (call, ask, transfer = []) =>
      new Promise((resolve, reject) => {
        port ??= open();
        last += 1;
        waiting.set(last, { settle: resolve, refuse: reject });
        port.postMessage({ id: last, call, ask }, transfer);
      }),
  };
};
