/** Runs one job and says which process did it; nothing but an idle worker is left then. */
import { createWorkerPool } from '../../../src/perceive/pool.ts';
import { startWorkerProcess } from '../../../src/perceive/worker-process.ts';

const program = new URL('./worker.ts', import.meta.url);
const pool = createWorkerPool({ size: 1, start: () => startWorkerProcess(program, process.env) });
const result = await pool.run({ kind: 'open', path: 'a' }, { name: 'a' });
console.log(result.kind === 'stills' ? result.stills[0]?.subject : '');
