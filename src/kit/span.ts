/** Spans of OpenTelemetry. Without a provider that somebody has registered they cost next to nothing and go nowhere. */
import { type Attributes, SpanStatusCode, trace } from '@opentelemetry/api';

/** Does the work within a span; what it throws marks the span by its code, never by its message. */
export const withSpan = <Result>(name: string, attributes: Attributes, work: () => Promise<Result>): Promise<Result> =>
  trace.getTracer('whyface').startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (thrown) {
      const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'internal';
      span.setStatus({ code: SpanStatusCode.ERROR, message: code });
      throw thrown;
    } finally {
      span.end();
    }
  });
