import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import fetch, { type RequestInit } from 'node-fetch';

/** One HTTP request. `path` is relative to the API root and holds the query, already encoded. */
export interface Outgoing {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  /** Absent: asked without authentication. */
  token?: string;
  /** The trace that the request belongs to, as headers. */
  trace?: Readonly<Record<string, string>>;
  body?: unknown;
  timeoutMs: number;
  /** False: the status and headers are enough, the body is left unread. */
  wantsBody?: boolean;
  /** The caller no longer waits for the answer. */
  signal?: AbortSignal;
  /** Writes only: asked right before the first byte leaves. */
  canStillSend?: (() => boolean) | undefined;
}

/** What came back, whatever its status. */
export interface Incoming {
  status: number;
  contentType: string;
  retryAfter: string | null;
  text: string;
}

/** Why there is no answer. `sent`: the request may have reached OZmap. Never holds the URL, the token or the body. */
export class TransportFailure extends Error {
  constructor(
    readonly kind: 'connect' | 'network' | 'timeout' | 'stopped' | 'late' | 'paused',
    readonly sent: boolean,
    readonly detail: string,
  ) {
    super(`${kind} (${detail})`);
    this.name = 'TransportFailure';
  }
}

/** Sends one request, once; `close` ends what is under way. Errors: TransportFailure, nothing else. */
export type Send = (outgoing: Outgoing) => Promise<Incoming>;

/** More than this in one answer is a mistake somewhere, and not worth our memory. */
const MAX_BODY_BYTES = 128 * 1024 * 1024;
/** Header values are visible ASCII; anything else would make Node's HTTP throw an error that we do not control. */
const HEADER_VALUE = /^[\x21-\x7e]+$/;

/** True when the token can be sent in a header; one that cannot belongs to no user. */
export function isSendableToken(token: string): boolean {
  return HEADER_VALUE.test(token);
}

/** `https://x:9994/` and `https://x:9994/api/v2` both become `https://x:9994/api/v2/`. */
export function apiRoot(url: string): string {
  const base = url.replace(/\/+$/, '');
  return /\/api\/v2$/.test(base) ? `${base}/` : `${base}/api/v2/`;
}

/**
 * The road to one OZmap: kept-alive connections for reads, a fresh one for each write.
 *
 * A write on a kept connection can die with a reset because OZmap closed the idle connection a moment ago, which cannot be told from a
 * write that was applied. On a fresh connection, what fails before it is open was certainly not sent.
 */
export function createHttp(url: string, sockets: number): { send: Send; close(): void } {
  const root = apiRoot(url);
  const secure = root.startsWith('https:');
  const options = { keepAlive: true, maxSockets: sockets, maxFreeSockets: sockets };
  const agent = secure ? new HttpsAgent(options) : new HttpAgent(options);

  const underWay = new Set<AbortController>();
  let closed = false;

  const send: Send = async (outgoing) => {
    const { wantsBody = true } = outgoing;
    const connection = outgoing.method === 'GET' ? null : freshConnection(secure, outgoing.canStillSend);
    // One signal for whatever ends it: signals that are combined cost more than the rest of a request.
    const ending = new AbortController();
    const end = (): void => ending.abort();
    let isTimedOut = false;
    const timer = setTimeout(() => {
      isTimedOut = true;
      end();
    }, outgoing.timeoutMs);
    underWay.add(ending);
    if (outgoing.signal?.aborted) end();
    outgoing.signal?.addEventListener('abort', end, { once: true });
    try {
      // node-fetch lets an error go that nobody catches where it is given a body and a signal that is over.
      ending.signal.throwIfAborted();
      const response = await fetch(root + outgoing.path, {
        ...requestOf(outgoing),
        agent: connection?.agent ?? agent,
        signal: ending.signal,
      });
      const { status, headers } = response;
      return {
        status,
        contentType: headers.get('content-type') ?? '',
        retryAfter: headers.get('retry-after'),
        text: wantsBody || status >= 300 ? await response.text() : '',
      };
    } catch (error) {
      throw failureOf(error, outgoing, { connection, isTimedOut, closed });
    } finally {
      clearTimeout(timer);
      underWay.delete(ending);
      outgoing.signal?.removeEventListener('abort', end);
      connection?.close();
    }
  };
  return {
    send,
    close: () => {
      closed = true;
      for (const ending of underWay) ending.abort();
      agent.destroy();
    },
  };
}

function requestOf({ method, token, trace, body }: Outgoing): RequestInit {
  return {
    method,
    headers: {
      ...trace,
      accept: 'application/json',
      // Bare, without a scheme: the official form.
      ...(token !== undefined && { authorization: token }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    // A redirect could carry the token to another host.
    redirect: 'manual',
    size: MAX_BODY_BYTES,
  };
}

type FreshConnection = ReturnType<typeof freshConnection>;

/** The request gets its own connection once that is open and `canStillSend` agrees: until then no byte of it can leave. */
function freshConnection(secure: boolean, canStillSend: () => boolean = () => true) {
  let state: 'opening' | 'open' | 'late' = 'opening';
  let opening: Duplex | null | undefined;
  const agent = secure ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, handOver) => {
    const socket = connect(options);
    opening = socket;
    const fail = (error: Error) => handOver?.(error, socket as Duplex);
    socket?.once('error', fail);
    socket?.once(secure ? 'secureConnect' : 'connect', () => {
      socket.off('error', fail);
      state = canStillSend() ? 'open' : 'late';
      if (state === 'open') return handOver?.(null, socket);
      socket.destroy();
      fail(new Error('late'));
    });
    return undefined;
  };
  return {
    agent,
    /** It was open (with TLS: its handshake done) and handed to the request. */
    isOpen: () => state === 'open',
    /** It was open, but too late for the request. */
    isLate: () => state === 'late',
    close: () => {
      // The agent does not know a connection that it was never given.
      opening?.destroy();
      agent.destroy();
    },
  };
}

/** No way to it, or a certificate that is not to be trusted: nothing was sent. */
const CONNECT_CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
]);

/** `connection`: null for a read, which may have gone out on a kept one. */
function failureOf(
  error: unknown,
  { signal, timeoutMs }: Outgoing,
  { connection, isTimedOut, closed }: { connection: FreshConnection | null; isTimedOut: boolean; closed: boolean },
): TransportFailure {
  const sent = connection?.isOpen() ?? true;
  if (connection?.isLate()) return new TransportFailure('late', false, 'not sent in time');
  if (closed || signal?.aborted) return new TransportFailure('stopped', sent, 'the client is stopping');
  if (isTimedOut) return new TransportFailure('timeout', sent, `${timeoutMs} ms`);
  // Only the code: node-fetch's messages quote the URL, and with it contract codes.
  const code = errorCode(error);
  const refused = CONNECT_CODES.has(code);
  return new TransportFailure(refused ? 'connect' : 'network', sent && !refused, code);
}

function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
