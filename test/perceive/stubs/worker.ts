/** A stand-in for the perception worker: the job's path says what becomes of it. */
import type { FromWorker, ToWorker } from '../../../src/perceive/protocol.ts';

const send = (message: FromWorker): void => {
  process.send?.(message);
};

const stream = (id: number): void => {
  send({
    type: 'done',
    id,
    result: {
      kind: 'stills',
      stills: [{ subject: String(process.pid), ms: 0, jpeg: new Uint8Array(), width: 1, height: 1, landmarks: [] }],
    },
  });
};

process.on('message', (message: ToWorker) => {
  if (message.type === 'start') {
    return;
  }
  const { id, job } = message;
  const path = 'path' in job ? job.path : '';
  if (path.includes('hang')) {
    // A native call that never returns.
    for (;;) {
      Math.random();
    }
  }
  if (path.includes('crash-once') && process.env.STUB_MARK !== undefined) {
    void import('node:fs').then(({ existsSync, writeFileSync }) => {
      const mark = process.env.STUB_MARK ?? '';
      if (existsSync(mark)) {
        stream(id);
      } else {
        writeFileSync(mark, '');
        process.abort();
      }
    });
    return;
  }
  if (path.includes('crash')) {
    process.abort();
  }
  if (path.includes('memory')) {
    const held: Buffer[] = [];
    setInterval(() => {
      held.push(Buffer.alloc(32 << 20, 1));
      send({ type: 'progress', id, frames: held.length, residentBytes: 0 });
    }, 10);
    return;
  }
  if (path.includes('slow')) {
    setInterval(() => send({ type: 'progress', id, frames: 1, residentBytes: 0 }), 20);
    return;
  }
  if (path.includes('refused')) {
    send({
      type: 'failed',
      id,
      error: { code: 'media-damaged', stage: 'media', message: 'x is damaged.', retryable: false, details: {} },
    });
    return;
  }
  stream(id);
});
process.on('disconnect', () => process.exit(0));
