import { createFairQueue } from '../budget/fair-queue.js';
import { createInFlight } from '../budget/in-flight.js';
import type { Budget } from '../budget/request-budget.js';
import { apiRoot, createHttp, type Incoming, type Outgoing, TransportFailure } from './http.js';
import { withRetries } from './retry.js';
import { startOzmapSpan } from './span.js';

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
  url: string;
  /** For the headers and the body together, each attempt. */
  timeoutMs: number;
  /** Requests under way at once, over all tokens. */
  concurrency: number;
  now?: () => Date;
  onRequest?: (request: ObservedRequest) => void;
}

/** Reads and writes towards one OZmap, bounded together. Errors: TransportFailure. */
export interface Transport {
  /** Length of the URL up to and including `/api/v2/`. */
  readonly rootBytes: number;
  /**
   * Retried by the table, shared with identical reads of the same token that are under way. With a budget, the read is paid from it,
   * and ends with it, wherever it is: further errors are LIMIT_EXCEEDED and what the request ended with.
   */
  read(token: string, path: string, budget?: Budget): Promise<Incoming>;
  /** Sent once, if at all. */
  write(
    token: string,
    outgoing: Pick<Outgoing, 'method' | 'path' | 'body' | 'wantsBody' | 'canStillSend'>,
  ): Promise<Incoming>;
  /** One GET outside the queue, without retry. */
  knock(token: string, path: string, timeoutMs: number): Promise<Incoming>;
  /** Ends whatever is under way. */
  stop(): void;
}

export function createTransport(options: TransportOptions): Transport {
  const http = createHttp(options.url, options.concurrency);
  const queue = createFairQueue(options.concurrency);
  const inFlight = createInFlight<Incoming>();
  const stopping = new AbortController();

  const endingWith = (signal: AbortSignal | undefined): AbortSignal =>
    signal ? AbortSignal.any([stopping.signal, signal]) : stopping.signal;

  const once = async (outgoing: Outgoing): Promise<Incoming> => {
    // Nothing leaves once we are stopping; a write that waited in the queue was surely not sent.
    if (stopping.signal.aborted) throw new TransportFailure('stopped', false, 'the client is stopping');
    const startedAt = performance.now();
    const span = startOzmapSpan(outgoing);
    let status: number | null = null;
    try {
      const answer = await http.send({ ...outgoing, trace: span.headers, signal: endingWith(outgoing.signal) });
      status = answer.status;
      return answer;
    } finally {
      span.end(status);
      const path = outgoing.path.split('?', 1)[0] ?? '';
      options.onRequest?.({
        method: outgoing.method,
        path,
        route: path.split('/', 1)[0] ?? '',
        status,
        durationMs: performance.now() - startedAt,
      });
    }
  };

  return {
    rootBytes: apiRoot(options.url).length,
    read: (token, path, budget) => {
      // Before it is shared: no other request may be refused because this one has spent its budget.
      if (!inFlight.isUnderWay(token, path)) budget?.spend('ozmap');
      const ask = async (signal: AbortSignal) => {
        const outgoing = { method: 'GET', path, token, timeoutMs: options.timeoutMs, signal } as const;
        return withRetries('GET', () => queue.run(token, () => once(outgoing), signal), {
          signal: endingWith(signal),
          ...(options.now ? { now: options.now } : {}),
        });
      };
      return inFlight.share(token, path, ask, budget?.signal);
    },
    write: (token, outgoing) =>
      queue
        .run(token, () => once({ ...outgoing, token, timeoutMs: options.timeoutMs }))
        // Also when it failed: whether it happened is found out by reading, and those reads must be new ones.
        .finally(() => inFlight.cut()),
    knock: (token, path, timeoutMs) => once({ method: 'GET', path, token, timeoutMs }),
    stop: () => {
      stopping.abort();
      http.close();
    },
  };
}
