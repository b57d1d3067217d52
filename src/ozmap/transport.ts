import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { type Allowance, createAllowance, type DrawRequests, UNLIMITED } from '../budget/allowance.js';
import { createFairQueue, type Lane } from '../budget/fair-queue.js';
import { createInFlight } from '../budget/in-flight.js';
import { createLanes } from '../budget/lanes.js';
import { type Budget, COMMAND } from '../budget/request-budget.js';
import { LONG_URL_BYTES } from './filters.js';
import { apiRoot, createHttp, type Incoming, type Outgoing, TransportFailure } from './http.js';
import { retryAfterMs, withRetries } from './retry.js';

/** One request as metrics and logs may know it: no query, no token. */
export interface ObservedRequest {
  method: string;
  /** Without the query, which holds contract codes. */
  path: string;
  /** The collection: the first part of the path, for metric labels. */
  route: string;
  /** Null: no answer. */
  status: number | null;
  durationMs: number;
}

export interface TransportOptions {
  /** `https://customer.example:9994`, with or without `/api/v2`. */
  url: string;
  /** For headers and body together, each attempt; 20 s. */
  timeoutMs?: number;
  /** Requests under way at once, over all tokens; 8, because the machine OZmap runs on may be small. */
  concurrency?: number;
  /** Requests in any minute, over all processes that count together; 0, no limit. */
  perMinute?: number;
  now?: () => Date;
  /** Called on every attempt, for metrics and logs; sees neither query nor token. */
  onRequest?: (request: ObservedRequest) => void;
}

/** Reads and writes towards one OZmap, bounded together. Errors: TransportFailure. */
export interface Transport {
  /** Length of the URL up to and including `/api/v2/`. */
  readonly rootBytes: number;
  /** How long a URL may be. Whoever finds that OZmap, or what stands before it, takes no long ones sets it for all. */
  urlBytes: number;
  /**
   * Retried by the table, shared with identical reads of the same token and lane that are under way. The read is paid from the budget,
   * and ends with it, wherever it is: further errors are LIMIT_EXCEEDED and what the request ended with.
   */
  read(token: string, path: string, budget?: Budget): Promise<Incoming>;
  /** Sent once, if at all. Of the budget only the lane and the patience count: a write ends by itself. */
  write(
    token: string,
    outgoing: Pick<Outgoing, 'method' | 'path' | 'body' | 'wantsBody' | 'canStillSend'>,
    budget?: Budget,
  ): Promise<Incoming>;
  /** One GET outside the queue, without retry. */
  knock(token: string, path: string, timeoutMs: number): Promise<Incoming>;
  /** Ends whatever is under way and closes the connections. */
  stop(): void;
  /** Requests that may be under way now, and those that wait for their turn. */
  traffic(): { places: number; waiting: Record<Lane, number> };
  /** From now on requests are counted where all processes count them; until then this one counts for itself. */
  countIn(draw: DrawRequests): void;
}

/** Answers by which OZmap says that it has too much to do. */
const TOO_MUCH: ReadonlySet<number | null> = new Set([429, 503]);

export function createTransport({
  url,
  timeoutMs = 20_000,
  concurrency = 8,
  perMinute = 0,
  now = () => new Date(),
  onRequest,
}: TransportOptions): Transport {
  const http = createHttp(url, concurrency);
  const allowance: Allowance = perMinute > 0 ? createAllowance(perMinute) : UNLIMITED;
  const lanes = createLanes(concurrency, allowance);
  const queue = createFairQueue(lanes);
  const inFlight = createInFlight<Incoming>();
  const stopping = new AbortController();

  const observe = (outgoing: Outgoing, status: number | null, durationMs: number): void => {
    const path = outgoing.path.split('?', 1)[0] ?? '';
    const route = path.split('/', 1)[0] ?? '';
    onRequest?.({ method: outgoing.method, path, route, status, durationMs });
  };

  const once = async (outgoing: Outgoing, lane: Lane = 'sellers'): Promise<Incoming> => {
    // Nothing leaves once we are stopping; a write that waited in the queue was surely not sent.
    if (stopping.signal.aborted) throw new TransportFailure('stopped', false, 'the client is stopping');
    const startedAt = performance.now();
    const span = startOzmapSpan(outgoing);
    let status: number | null = null;
    let refused = false;
    let pauseMs: number | null = null;
    try {
      const answer = await http.send({ ...outgoing, trace: span.headers });
      status = answer.status;
      refused = TOO_MUCH.has(status);
      pauseMs = refused ? retryAfterMs(answer.retryAfter, now()) : null;
      return answer;
    } catch (error) {
      refused = error instanceof TransportFailure && error.kind === 'timeout';
      throw error;
    } finally {
      span.end(status);
      const durationMs = performance.now() - startedAt;
      // Bounds of a list are part of what it takes.
      lanes.heard({ lane, route: outgoing.path.split('?', 1)[0] ?? '', startedAt, durationMs, refused, pauseMs });
      observe(outgoing, status, durationMs);
    }
  };

  /** In its lane, unless that is to stand still for longer than whoever asks can wait. */
  const inTurn = (outgoing: Outgoing, { lane, patienceMs }: Pick<Budget, 'lane' | 'patienceMs'>): Promise<Incoming> => {
    const pauseMs = lanes.pausedMs(lane);
    if (pauseMs > 0 && pauseMs >= patienceMs())
      return Promise.reject(new TransportFailure('paused', false, `OZmap asked for ${Math.ceil(pauseMs / 1_000)} s`));
    const { token, signal } = outgoing;
    return queue.run(token, () => once(outgoing, lane), signal ? { signal, lane } : { lane });
  };

  return {
    rootBytes: apiRoot(url).length,
    urlBytes: LONG_URL_BYTES,
    read: (token, path, budget = COMMAND) => {
      const { lane } = budget;
      const owner = `${lane} ${token}`;
      // Before it is shared: no other request may be refused because this one has spent its budget.
      if (!inFlight.isUnderWay(owner, path)) budget.spend('ozmap');
      const patienceMs = () => budget.patienceMs();
      const ask = (signal: AbortSignal) => {
        const outgoing = { method: 'GET', path, token, timeoutMs, signal } as const;
        const signals = [signal, stopping.signal];
        return withRetries(() => inTurn(outgoing, { lane, patienceMs }), { signals, patienceMs, now });
      };
      return inFlight.share(owner, path, ask, budget.signal);
    },
    write: (token, outgoing, budget = COMMAND) =>
      inTurn({ ...outgoing, token, timeoutMs }, budget)
        // Also when it failed: whether it happened is found out by reading, and those reads must be new ones.
        .finally(() => inFlight.cut()),
    knock: (token, path, withinMs) => {
      allowance.note();
      return once({ method: 'GET', path, token, timeoutMs: withinMs });
    },
    stop: () => {
      stopping.abort();
      http.close();
    },
    traffic: () => ({
      places: lanes.width,
      waiting: { sellers: queue.length('sellers'), background: queue.length('background'), bulk: queue.length('bulk') },
    }),
    countIn: allowance.countIn,
  };
}

const tracer = trace.getTracer('ozmap-cnt-subgraph');

/** Begins the span of one request, in the trace of whoever caused it. It knows the route, and no id, filter, token or body. */
function startOzmapSpan({ method, path }: Outgoing) {
  const template = templateOf(path);
  const attributes = { 'http.request.method': method, 'url.template': template };
  const span = tracer.startSpan(`${method} ${template}`, { kind: SpanKind.CLIENT, attributes });
  const headers: Record<string, string> = {};
  propagation.inject(trace.setSpan(context.active(), span), headers);
  return {
    /** `traceparent` and what goes with it; none where nothing is traced. */
    headers,
    /** `status`: null when no answer came. */
    end(status: number | null): void {
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
