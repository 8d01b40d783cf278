import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { JobQueue } from '../../jobs/ports.ts';
import type { RequestMeter } from './services.ts';

export type Metrics = {
  request: RequestMeter;
  stage(facts: { stage: string; seconds: number }): void;
  started(facts: { waitedMs: number }): void;
  ended(facts: { outcome: string; ranMs: number }): void;
  text(): Promise<{ contentType: string; body: string }>;
};

const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const WORK_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600];

/** Counts of one service, in a registry of its own. Waiting and working are told apart. */
export const createMetrics = (depth: () => ReturnType<JobQueue['depth']>): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'whyface_' });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets: number[],
  ) => new Histogram({ name, help, labelNames, buckets, registers: [registry] });

  const requests = histogram(
    'whyface_http_request_seconds',
    'Time to the head of the answer',
    ['method', 'route', 'status'],
    REQUEST_BUCKETS,
  );
  const waited = histogram('whyface_job_queue_seconds', 'Time a job waited before its first start', [], WORK_BUCKETS);
  const ran = histogram('whyface_job_compute_seconds', 'Time a job took once started', ['outcome'], WORK_BUCKETS);
  const stages = histogram('whyface_stage_seconds', 'Time of each stage of an analysis', ['stage'], WORK_BUCKETS);
  new Gauge({
    name: 'whyface_jobs',
    help: 'Jobs by state',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const { queued, running } = await depth();
      this.set({ state: 'queued' }, queued);
      this.set({ state: 'running' }, running);
    },
  });

  return {
    request: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    stage: ({ stage, seconds }) => stages.observe({ stage }, seconds),
    started: ({ waitedMs }) => waited.observe(waitedMs / 1000),
    ended: ({ outcome, ranMs }) => ran.observe({ outcome }, ranMs / 1000),
    text: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
};
