import { PassThrough } from 'node:stream';
import { createLog } from '../../src/kit/log.ts';
import { type NodeService, type NodeServiceOptions, openNodeService } from '../../src/present/http/node-service.ts';
import { readServeSettings } from '../../src/present/http/serve-settings.ts';
import { createFakeSteps, type FakeSteps } from './fake-steps.ts';

export type TestService = NodeService & {
  steps: FakeSteps;
  /** What was logged. */
  logged: () => string;
  request: (path: string, init?: RequestInit) => Promise<Response>;
};

/** The service over fake steps, in a folder. Stop it when done. */
export const openTestService = async (
  dataDir: string,
  {
    settings = {},
    ...rest
  }: { settings?: Record<string, unknown> } & Partial<Omit<NodeServiceOptions, 'settings'>> = {},
): Promise<TestService> => {
  const stream = new PassThrough();
  const lines: string[] = [];
  stream.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  const steps = createFakeSteps();
  const service = await openNodeService({
    settings: readServeSettings({ dataDir, ...settings }),
    env: {},
    log: createLog(stream, 'debug'),
    steps,
    ...rest,
  });
  return {
    ...service,
    steps,
    logged: () => lines.join(''),
    request: async (path, init = {}) => {
      const headers = new Headers(init.headers);
      if (!headers.has('host')) {
        headers.set('host', '127.0.0.1:8787');
      }
      return service.app.request(new Request(`http://127.0.0.1:8787${path}`, { ...init, headers }));
    },
  };
};
