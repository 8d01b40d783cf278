import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen, type RunningServer } from '../../../src/present/http/node-server.ts';
import { talkGroups } from '../../../src/present/http/talk-groups.ts';
import { askOutput, explainOutput, observeOutput, scoreOutput } from '../../../src/present/mcp/schemas.ts';
import { COMMAND } from '../../support/cli.ts';
import { fakeClip } from '../../support/fake-steps.ts';
import { openTestService, type TestService } from '../../support/service.ts';
import { ROOT } from '../../support/shared.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const TOOLS = ['ask_clip', 'explain_clip', 'observe_clip', 'score_explanation'];

const textOf = ({ content }: { content: unknown }): string => JSON.stringify(content);

describe('MCP over HTTP', () => {
  let service: TestService;
  let server: RunningServer;
  let client: Client;
  beforeAll(async () => {
    service = await openTestService(temporaryFolder('mcp'), { groups: talkGroups({}) });
    server = await listen(service.app, { host: '127.0.0.1', port: 0 });
    client = new Client({ name: 'test', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${server.port}/mcp`)));
  });
  afterAll(async () => {
    await client.close();
    await server.stop(0);
    await service.stop(0);
  });
  const data = (marker: string, more: object = {}): string =>
    Buffer.from(fakeClip({ marker, ...more })).toString('base64');
  const call = (name: string, args: Record<string, unknown>, options: Parameters<Client['callTool']>[1] = {}) =>
    client.callTool({ name, arguments: args }, options);

  it('lists four tools with what they take and give, and no paths', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual(TOOLS);
    for (const { inputSchema, outputSchema } of tools) {
      expect(outputSchema).toMatchObject({ type: 'object' });
      expect(JSON.stringify(inputSchema)).not.toContain('"path"');
    }
  });

  it('measures, explains, answers and checks, with progress, and measures once', async () => {
    const progress: number[] = [];
    const observed = observeOutput.parse(
      (
        await call(
          'observe_clip',
          { data: data('one', { milliseconds: 300 }) },
          { onprogress: ({ progress: at }) => progress.push(at) },
        )
      ).structuredContent,
    );
    expect(progress.length).toBeGreaterThan(0);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(observed.observations.filter(({ kind }) => kind === 'expression' || kind === 'affect')).toEqual([]);
    const { analysisId } = observed;
    const explained = await call('explain_clip', { analysisId });
    expect(explainOutput.parse(explained.structuredContent).explanations.length).toBeGreaterThan(0);
    expect(textOf(explained)).toContain('[o');
    const asked = await call('ask_clip', { analysisId, question: 'What do you see?' });
    expect(askOutput.parse(asked.structuredContent).answer.sentences.length).toBeGreaterThan(0);
    const [first] = observed.observations;
    const scored = scoreOutput.parse(
      (
        await call('score_explanation', {
          analysisId,
          text: `${first?.text.replace(/\.$/, '')} [${first?.id}]. The nose is extremely wrinkled (AU9, E) [${first?.id}].`,
          reference: 'The person smiles.',
        })
      ).structuredContent,
    );
    expect(scored.score).toBeGreaterThan(0);
    expect(scored.score).toBeLessThan(1);
    expect(scored.overlap).not.toBeNull();
    expect(service.steps.measured.get('one')).toBe(1);
  });

  it('offers the analyses as resources', async () => {
    const observed = observeOutput.parse((await call('observe_clip', { data: data('two') })).structuredContent);
    const { resources } = await client.listResources();
    const uri = `whyface://analyses/${observed.analysisId}`;
    expect(resources.map((each) => each.uri)).toContain(uri);
    const { contents } = await client.readResource({ uri });
    expect(JSON.stringify(contents)).toContain('observations');
  });

  it('tells what fails in the domain as a result, with its code', async () => {
    const failing = async (args: Record<string, unknown>, name = 'observe_clip') => {
      const result = await call(name, args);
      expect(result.isError).toBe(true);
      return textOf(result);
    };
    expect(await failing({ data: data('broken', { fails: 'media-damaged' }) })).toContain('media-damaged');
    expect(await failing({ analysisId: 'an_000000000000000000000000' })).toContain('not-found');
    expect(await failing({})).toContain('usage');
    expect(await failing({ data: '###' })).toContain('base64');
    expect(await failing({ url: 'http://169.254.169.254/latest/meta-data' })).toContain('url-refused');
    expect(await failing({ url: 'https://example.com/a.mp4', data: data('x') })).toContain('usage');
  });

  it('reads no file of the server, whatever is asked', async () => {
    const result = await call('observe_clip', { path: '/etc/passwd' }).catch((thrown: unknown) => ({
      isError: true,
      content: String(thrown),
    }));
    expect(result.isError).toBe(true);
    expect(textOf(result)).not.toContain('root:');
  });
});

describe('MCP over stdio', () => {
  it('measures and explains a file of this machine, and writes nothing else to stdout', async () => {
    const errors: Error[] = [];
    const client = new Client({ name: 'test', version: '1' });
    client.onerror = (error) => errors.push(error);
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [...COMMAND, 'mcp'],
      cwd: ROOT,
      stderr: 'pipe',
    });
    await client.connect(transport);
    try {
      expect((await client.listTools()).tools.map(({ name }) => name).sort()).toEqual(TOOLS);
      const path = join(ROOT, 'examples', 'astronaut.png');
      const explained = explainOutput.parse(
        (await client.callTool({ name: 'explain_clip', arguments: { path } }, { timeout: 60_000 })).structuredContent,
      );
      expect(explained.explanations[0]?.judgement.expression.label).toBe('happiness');
      const asked = await client.callTool({
        name: 'ask_clip',
        arguments: { analysisId: explained.analysisId, question: 'how strong is the smile?' },
      });
      expect(textOf(asked)).toContain('AU12');
      const missing = await client.callTool({ name: 'observe_clip', arguments: { path: '/nowhere/clip.mp4' } });
      expect(missing.isError).toBe(true);
      expect(textOf(missing)).toContain('input-not-found');
      // A byte on stdout that is no message would be an error of the transport.
      expect(errors).toEqual([]);
    } finally {
      await client.close();
    }
  }, 90_000);
});
