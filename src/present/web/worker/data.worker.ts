/// <reference lib="webworker" />
import { toWhyfaceError } from '../../../kit/error.ts';
import { createAnswerer } from './answer.ts';
import type { WorkerReply, WorkerRequest } from './protocol.ts';

const answer = createAnswerer();

self.addEventListener('message', (event: MessageEvent<WorkerRequest>) => {
  const { id } = event.data;
  const reply = (message: WorkerReply): void => self.postMessage(message);
  answer(event.data).then(
    (result) => reply({ id, ok: true, answer: result }),
    (thrown) => {
      const { code, message } = toWhyfaceError(thrown, 'present');
      reply({ id, ok: false, code, message });
    },
  );
});
