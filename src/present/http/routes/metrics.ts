import type { Metrics } from '../metrics.ts';
import type { RouteGroup } from '../services.ts';

/** `/metrics`, in Prometheus' text format. Asks for a key wherever keys are asked for. */
export const metricsRoutes =
  (metrics: Metrics): RouteGroup =>
  (app) => {
    app.get('/metrics', async (context) => {
      const { contentType, body } = await metrics.text();
      return context.body(body, 200, { 'content-type': contentType });
    });
  };
