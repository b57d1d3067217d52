import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Outgoing } from './http.js';

const tracer = trace.getTracer('ozmap-cnt-subgraph');

/** One request to OZmap, in the trace of whoever caused it. */
export interface OzmapSpan {
  /** `traceparent` and what goes with it; none where nothing is traced. */
  headers: Readonly<Record<string, string>>;
  /** `status`: null when no answer came. */
  end(status: number | null): void;
}

/** Begins the span of one request. It knows the route, and no id, filter, token or body. */
export function startOzmapSpan({ method, path }: Pick<Outgoing, 'method' | 'path'>): OzmapSpan {
  const template = templateOf(path);
  const attributes = { 'http.request.method': method, 'url.template': template };
  const span = tracer.startSpan(`${method} ${template}`, { kind: SpanKind.CLIENT, attributes });
  const headers: Record<string, string> = {};
  propagation.inject(trace.setSpan(context.active(), span), headers);
  return {
    headers,
    end(status) {
      if (status !== null) span.setAttribute('http.response.status_code', status);
      if (status === null || status >= 400) {
        span.setAttribute('error.type', status === null ? 'no answer' : String(status));
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    },
  };
}

/** OZmap's own words behind the name of a collection; whatever else stands there is an id or a contract's code. */
const WORDS: ReadonlySet<string> = new Set(['radius', 'poles', 'client', 'fibers', 'connect', 'disconnect', 'loss']);

/** `properties/client/123?filter=…` is `/api/v2/properties/client/{id}`. */
function templateOf(path: string): string {
  const [collection = '', ...rest] = path.replace(/\?.*$/s, '').split('/');
  return ['/api/v2', collection, ...rest.map((segment) => (WORDS.has(segment) ? segment : '{id}'))].join('/');
}
