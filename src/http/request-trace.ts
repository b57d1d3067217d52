import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Of this service's spans; without an SDK (src/app/telemetry.ts) they are nothing, and cost next to nothing. */
const tracer = trace.getTracer('ozmap-cnt-subgraph');

/** Does a request's work in a span of its own, below the one that its `traceparent` names. */
export function inRequestSpan<T>(request: FastifyRequest, reply: FastifyReply, work: () => Promise<T>): Promise<T> {
  const above = propagation.extract(context.active(), request.headers);
  const attributes = {
    'http.request.method': request.method,
    'http.route': request.routeOptions.url ?? '',
    'url.scheme': request.protocol,
  };
  return tracer.startActiveSpan('graphql', { kind: SpanKind.SERVER, attributes }, above, async (span) => {
    // Also where the caller is gone before there is an answer.
    reply.raw.once('close', () => {
      span.setAttribute('http.response.status_code', reply.raw.statusCode);
      span.end();
    });
    return work();
  });
}

/** Names the span of the current request by what was asked; no variables, no answers. */
export function nameRequestSpan(facts: {
  type: string;
  field: string;
  operation: string | null;
  outcome: string;
}): void {
  const span = trace.getActiveSpan();
  if (!span?.isRecording()) return;
  const { type, field, operation, outcome } = facts;
  span.updateName(`${type} ${field}`);
  span.setAttributes({ 'graphql.operation.type': type, ...(operation && { 'graphql.operation.name': operation }) });
  if (outcome === 'ok') return;
  span.setAttribute('error.type', outcome);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** The trace that is being written; undefined: none is. */
export function currentTraceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}
