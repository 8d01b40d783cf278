import { afterAll } from 'vitest';
import { createFacsReasoner } from '../../src/reason/facs/index.ts';
import { factualModel } from '../fakes/factual-model.ts';
import { startFakeLlm } from '../fakes/llm-server.ts';
import { reasonerContract } from './contract.ts';
import { clientOf, reasonerOf } from './llm/support.ts';

const started = startFakeLlm({ brain: factualModel });
afterAll(async () => (await started).close());

reasonerContract({ name: 'facs', make: createFacsReasoner });
reasonerContract({ name: 'llm', make: async () => reasonerOf(clientOf(await started).client) });
