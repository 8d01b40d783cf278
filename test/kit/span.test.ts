import { type Span, type SpanOptions, type Tracer, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, it } from 'vitest';
import { WhyfaceError } from '../../src/kit/error.ts';
import { withSpan } from '../../src/kit/span.ts';

afterEach(() => trace.disable());

describe('spans', () => {
  it('cost nothing and change nothing without a provider', async () => {
    expect(await withSpan('whyface.observe', {}, async () => 7)).toBe(7);
  });

  it('go to the provider that is registered, with codes and without messages', async () => {
    const told: unknown[] = [];
    const idle = trace.getTracer('idle').startSpan('idle');
    const startActiveSpan = (name: string, options: SpanOptions, work: (span: Span) => unknown): unknown => {
      const span: Span = Object.assign(Object.create(idle), {
        setStatus: (status: unknown) => told.push([name, options.attributes, status]),
        end: () => told.push([name, 'end']),
      });
      return work(span);
    };
    const tracer: Tracer = Object.assign(Object.create(null), { startActiveSpan });
    trace.setGlobalTracerProvider({ getTracer: () => tracer });
    const failing = withSpan('whyface.perceive', { 'whyface.job.attempt': 1 }, async () => {
      throw new WhyfaceError({ code: 'media-damaged', stage: 'media', message: 'SECRET.mp4 is damaged.' });
    });
    await expect(failing).rejects.toMatchObject({ code: 'media-damaged' });
    expect(told).toEqual([
      ['whyface.perceive', { 'whyface.job.attempt': 1 }, expect.objectContaining({ message: 'media-damaged' })],
      ['whyface.perceive', 'end'],
    ]);
    expect(JSON.stringify(told)).not.toContain('SECRET');
  });
});
