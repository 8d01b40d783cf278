/** What is downloaded of an analysis: table, report, pictures. Node only. */
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Explanation } from '../../../contracts/index.ts';
import { csvHeader, csvRows } from '../../csv/rows.ts';
import { createHtmlRenderer } from '../../html/report.ts';
import type { RouteGroup } from '../services.ts';
import { failures } from './describe.ts';

const id = z.string().max(64);
const file = (type: string, description: string) => ({
  200: { description, content: { [type]: { schema: z.string() } } },
  ...failures,
});

const table = createRoute({
  method: 'get',
  path: '/v1/analyses/{id}/observations.csv',
  tags: ['analyses'],
  summary: 'One row a face a frame, in the columns that OpenFace users know.',
  request: { params: z.object({ id }) },
  responses: file('text/csv', 'The table of `whyface observe --format csv`'),
});

const report = createRoute({
  method: 'get',
  path: '/v1/analyses/{id}/report.html',
  tags: ['analyses'],
  summary: 'The explanation with its evidence as one page that needs nothing else.',
  request: { params: z.object({ id }) },
  responses: file('text/html', 'The report of `whyface explain --format html`'),
});

const still = createRoute({
  method: 'get',
  path: '/v1/analyses/{id}/stills/{subject}/{file}',
  tags: ['analyses'],
  summary: 'The face at an apex (`stills/P1/1200.jpg`); only where the analysis was asked for with `stills=true`.',
  request: {
    params: z.object({ id, subject: z.string().regex(/^P\d+$/), file: z.string().regex(/^\d+\.jpg$/) }),
  },
  responses: file('image/jpeg', 'A JPEG'),
});

/** A file name for a download: whyface's own, never the sender's. */
const attachment = (name: string): string => `attachment; filename="${name}"`;

export const fileRoutes: RouteGroup = (app, { analyses }) => {
  app.openapi(table, async (context) => {
    const client = context.get('client');
    const { id: asked } = context.req.valid('param');
    const resource = await analyses.get(client, asked);
    const percepts = await analyses.percepts(client, asked);
    const rows = csvRows(resource.input ?? resource.id, percepts);
    const encoder = new TextEncoder();
    let begun = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (!begun) {
          begun = true;
          controller.enqueue(encoder.encode(csvHeader()));
          return;
        }
        const { value, done } = rows.next();
        if (done === true) {
          controller.close();
        } else {
          controller.enqueue(encoder.encode(value));
        }
      },
    });
    return new Response(body, {
      headers: {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': attachment(`${resource.id}.csv`),
      },
    });
  });

  app.openapi(report, async (context) => {
    const client = context.get('client');
    const { id: asked } = context.req.valid('param');
    const analysis = await analyses.analysis(client, asked);
    const resource = await analyses.get(client, asked);
    const percepts = await analyses.percepts(client, asked).catch(() => null);
    const explanations: Explanation[] = resource.explanations;
    const renderer = createHtmlRenderer();
    const pieces = [
      renderer.begin(),
      ...renderer.add({
        record: { input: resource.input ?? resource.id, analysis, explanations, error: null },
        percepts,
        stills: await analyses.stills(client, asked),
      }),
      renderer.end(),
    ];
    const html = pieces.join('');
    // The page states its own policy, with the digest of its script; a second one here would forbid it.
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? "default-src 'none'";
    return new Response(html, {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `${policy}; frame-ancestors 'none'; sandbox allow-scripts`,
      },
    });
  });

  app.openapi(still, async (context) => {
    const { id: asked, subject, file: name } = context.req.valid('param');
    const jpeg = await analyses.still(context.get('client'), asked, subject, Number.parseInt(name, 10));
    return new Response(new Uint8Array(jpeg), { headers: { 'content-type': 'image/jpeg' } });
  });
};
