/** Four tools and the analyses as resources, over any backend. No node imports. */
import { type CallToolResult, McpServer, ResourceTemplate, type ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { scoreItems } from '../../../eval/score-items.ts';
import { readAgentAnswer } from '../../chat/agent/read-answer.ts';
import type { Answerer } from '../../chat/answerer.ts';
import { checkSentence, groundingScore } from '../../chat/check-answer.ts';
import { ERROR_MEANINGS, toWhyfaceError, WhyfaceError } from '../../kit/error.ts';
import { VERSION } from '../../kit/version.ts';
import { withoutPaths } from '../http/api-error.ts';
import { answerMarkdown } from '../view/chat.ts';
import { confidenceText, headline } from '../view/words.ts';
import type { BackendContext, ClipArgument, McpBackend } from './backend.ts';
import {
  askFields,
  askOutput,
  clipFields,
  explainFields,
  explainOutput,
  observeOutput,
  scoreFields,
  scoreOutput,
} from './schemas.ts';

const INSTRUCTIONS =
  'whyface measures faces, voices and words of a clip and says how an expression reads, each sentence citing numbered observations. ' +
  'Start with observe_clip or explain_clip; later calls take the analysisId. It never says who somebody is, their age, sex or origin, whether they lie, or what they suffer from.';

const READ_ONLY = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false } as const;

/** A server with its tools and resources. */
export const createWhyfaceMcp = (backend: McpBackend, answerer: Answerer): McpServer => {
  const server = new McpServer({ name: 'whyface', version: VERSION, title: 'whyface' }, { instructions: INSTRUCTIONS });
  const clip = clipFields(backend.takesPaths);

  server.registerTool(
    'observe_clip',
    {
      title: 'Measure a clip',
      description:
        'Measures a photo, clip or recording: facial action units with intensity, side and timing, head, gaze, voice and words, as numbered observations. Names no emotion.',
      inputSchema: z.object(clip),
      outputSchema: observeOutput,
      annotations: READ_ONLY,
    },
    (args, context) =>
      answering(context, async (work) => {
        const { id, analysis } = await backend.analyse(oneOf(args), work);
        const output = {
          analysisId: id,
          clip: analysis.clip,
          people: analysis.subjects.map(({ id: person, firstMs, lastMs, speaks }) => ({
            id: person,
            firstMs,
            lastMs,
            speaks,
          })),
          observations: analysis.observations
            .filter(({ kind }) => kind !== 'expression' && kind !== 'affect')
            .map(({ id: number, kind, subject, range, confidence, text }) => ({
              id: number,
              kind,
              subject,
              ...range,
              confidence,
              text,
            })),
          notMeasured: analysis.notMeasured,
        };
        return {
          output,
          text: [`Analysis ${id}`, ...output.observations.map(({ id: number, text }) => `${number}: ${text}`)].join(
            '\n',
          ),
        };
      }),
  );

  server.registerTool(
    'explain_clip',
    {
      title: 'Explain a clip',
      description:
        'Says how the expression of each person reads and why: key observations, interpretation, conclusion; every claim checked against the measurements.',
      inputSchema: z.object({ ...clip, ...explainFields }),
      outputSchema: explainOutput,
      annotations: READ_ONLY,
    },
    ({ subject, fromSeconds, toSeconds, ...args }, context) =>
      answering(context, async (work) => {
        const { id } = await backend.analyse(oneOf(args), work);
        const range = { fromMs: msOf(fromSeconds), toMs: msOf(toSeconds) };
        const explanations = [...(await backend.explain(id, { subject, ...range }, work))];
        const text = explanations.map((each) =>
          [
            `${each.subject ?? 'The voice'}: ${headline(each.judgement)} (${confidenceText(each.judgement)})`,
            ...[...each.keyObservations, ...each.interpretation, each.conclusion].map(
              (sentence) => `${sentence.text} ${sentence.cites.map((cited) => `[${cited}]`).join('')}`,
            ),
            each.notice,
          ].join('\n'),
        );
        return { output: { analysisId: id, explanations }, text: [`Analysis ${id}`, ...text].join('\n\n') };
      }),
  );

  server.registerTool(
    'ask_clip',
    {
      title: 'Ask about a clip',
      description:
        'Answers a question about a clip: why, when, who, how strong, what changed, what if a movement were absent, what was said and how. Each sentence cites its evidence.',
      inputSchema: z.object({ ...clip, ...askFields }),
      outputSchema: askOutput,
      annotations: READ_ONLY,
    },
    ({ question, history, ...args }, context) =>
      answering(context, async (work) => {
        const { id } = await backend.analyse(oneOf(args), work);
        const conversation = await backend.converse(id, history ?? [], answerer);
        for await (const event of conversation.answer(question, { signal: work.signal })) {
          if (event.type === 'answer-end') {
            return { output: { analysisId: id, answer: event.answer }, text: answerMarkdown(event.answer) };
          }
          if (event.type === 'error') {
            throw new WhyfaceError({
              code: event.error.code === 'aborted' ? 'aborted' : 'usage',
              stage: 'reason',
              message: event.error.message,
            });
          }
        }
        throw new WhyfaceError({
          code: 'internal',
          stage: 'reason',
          message: 'The conversation ended without an answer.',
        });
      }),
  );

  server.registerTool(
    'score_explanation',
    {
      title: 'Check an explanation',
      description:
        'Reads somebody’s explanation of a clip back against its measurements, claim by claim; with a reference, also how far the two overlap.',
      inputSchema: z.object({ ...clip, ...scoreFields }),
      outputSchema: scoreOutput,
      annotations: READ_ONLY,
    },
    ({ text, reference, ...args }, context) =>
      answering(context, async (work) => {
        const { id, analysis } = await backend.analyse(oneOf(args), work);
        const drafts = readAgentAnswer(text);
        const scope = { subject: null, range: { startMs: 0, endMs: analysis.clip.durationMs } };
        const claims = drafts.flatMap((draft, index) =>
          checkSentence({ ...draft, subject: null }, index, analysis, scope),
        );
        const overlap =
          reference === undefined
            ? null
            : scoreItems({ kind: 'explanations', items: [{ clip: id, reference, prediction: text }] }).values;
        const output = {
          analysisId: id,
          score: groundingScore(claims),
          sentences: drafts.map(({ text: words, cites }) => ({ text: words, cites: [...cites] })),
          claims,
          overlap,
        };
        const lines = claims.map(({ text: words, verdict, detail }) => `${verdict}: ${words} (${detail})`);
        return {
          output,
          text: [`${Math.round(output.score * 100)} % of the claims that can be checked are supported.`, ...lines].join(
            '\n',
          ),
        };
      }),
  );

  server.registerResource(
    'analysis',
    new ResourceTemplate('whyface://analyses/{id}', {
      list: async () => ({
        resources: (await backend.list()).map(({ id, name }) => ({
          uri: `whyface://analyses/${id}`,
          name,
          mimeType: 'application/json',
        })),
      }),
    }),
    {
      title: 'Analyses',
      description: 'The observations of a clip with its explanations',
      mimeType: 'application/json',
    },
    async (uri, { id }) => {
      const found = await backend.read(Array.isArray(id) ? (id[0] ?? '') : (id ?? ''));
      return { contents: [{ uri: uri.href, mimeType: 'application/json', text: JSON.stringify(found) }] };
    },
  );
  return server;
};

const msOf = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : Math.round(seconds * 1000);

const clipArgument = z.object({
  analysisId: z.string().optional(),
  path: z.string().optional(),
  url: z.string().optional(),
  data: z.string().optional(),
});

/** Just one way of naming the clip. */
const oneOf = (args: object): ClipArgument => {
  const given = clipArgument.parse(args);
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  if (named.length !== 1) {
    const ways = named.length === 0 ? 'Name a clip' : `${named.length} clips are named; name one`;
    throw new WhyfaceError({
      code: 'usage',
      stage: 'input',
      message: `${ways}: by analysisId, url or data, or by path where the server runs on this machine.`,
    });
  }
  return given;
};

/** Runs a tool: progress as notifications; what fails in the domain is a result that says so, never a broken protocol. */
const answering = async <Output extends Record<string, unknown>>(
  { mcpReq }: ServerContext,

  work: (context: BackendContext) => Promise<{ output: Output; text: string }>,
): Promise<CallToolResult> => {
  const token = mcpReq._meta?.progressToken;
  let sent = 0;
  const onProgress: BackendContext['onProgress'] = ({ stage, done, total }) => {
    if (token === undefined) {
      return;
    }
    // Progress must rise with every notification, whatever the stages count.
    sent += 1;
    mcpReq
      .notify({
        method: 'notifications/progress',
        params: { progressToken: token, progress: sent, message: `${stage} ${done}/${total}` },
      })
      .catch(() => undefined);
  };
  try {
    const { output, text } = await work({ signal: mcpReq.signal, onProgress });
    return { content: [{ type: 'text', text }], structuredContent: output };
  } catch (thrown) {
    const error = toWhyfaceError(thrown, 'present');
    const message = error.code === 'internal' ? 'Something went wrong inside whyface.' : withoutPaths(error.message);
    return {
      content: [{ type: 'text', text: `${message} (${error.code})` }],
      isError: true,
      _meta: { code: error.code, status: ERROR_MEANINGS[error.code].http },
    };
  }
};
