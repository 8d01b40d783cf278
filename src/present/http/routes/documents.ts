import type { App, Services } from '../services.ts';
import { docsPage } from './docs-page.ts';

/** `/openapi.json` and the page that shows it. Mounted last: it tells of all routes there are. */
export const documentRoutes = (app: App, services: Services): void => {
  let made: ReturnType<App['getOpenAPI31Document']> | null = null;
  const document = (): ReturnType<App['getOpenAPI31Document']> => {
    made ??= app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'whyface',
        version: services.version,
        description:
          'Why does this face, this voice, this moment read as that emotion? A clip, photo or recording goes in; observations with ids and a verified explanation that cites them come out.',
      },
      security: [{ key: [] }],
    });
    return made;
  };
  app.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key; none is asked for on loopback',
  });
  app.get('/openapi.json', (context) => context.json(document()));
  app.get('/docs', (context) => {
    context.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    );
    return context.html(docsPage(document()));
  });
};
