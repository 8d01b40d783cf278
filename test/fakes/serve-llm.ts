/** Runs the stand-in server by hand: `npx tsx test/fakes/serve-llm.ts`, then explain with the settings it prints. */
import { factualModel } from './factual-model.ts';
import { startFakeLlm } from './llm-server.ts';

const server = await startFakeLlm({ brain: factualModel });
server.play([{ delay: 100 }, { answer: factualModel, size: 12 }]);
process.stdout.write(`WHYFACE_LLM_BASE_URL=${server.baseUrl} WHYFACE_LLM_MODEL=fake-model\n`);
