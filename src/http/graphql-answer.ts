import type { IncomingHttpHeaders } from 'node:http';
import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyReply } from 'fastify';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import { AppError, type ErrorCode, LimitExceededError, RateLimitedError } from '../errors/app-error.js';
import { extensionsOf } from '../errors/format-error.js';
import { messageFor, messageForCode } from '../errors/messages.js';
import type { RequestContext } from '../graph/context.js';
import { UnreadableBodyError } from './body.js';

/** An answer to a request that never became a GraphQL operation, in the shape that GraphQL clients read. */
export interface RefusalAnswer {
  status: number;
  headers: Record<string, string>;
  body: { errors: { message: string; extensions: Record<string, unknown> }[] };
}

/** What is answered is one caller's own. */
export const NO_STORE = { 'cache-control': 'private, no-store' };

/** Sends it. */
export function sendRefusal(reply: FastifyReply, { status, headers, body }: RefusalAnswer): FastifyReply {
  return reply.code(status).headers(headers).send(body);
}

/** Turns an expected failure into such an answer. */
export function refusal(error: AppError, status = 200): RefusalAnswer {
  const retry = error instanceof RateLimitedError ? { 'retry-after': String(error.retryAfterS) } : {};
  return {
    status,
    headers: { ...NO_STORE, ...retry },
    body: { errors: [{ message: messageFor(error), extensions: extensionsOf(error) }] },
  };
}

/**
 * Turns whatever broke a request before GraphQL saw it into an answer: too large a body, too many requests, no JSON. Null when the
 * fault is ours.
 */
export function refusalOf(
  error: unknown,
  bodyLimit: number,
  { 'content-length': length }: IncomingHttpHeaders,
): RefusalAnswer | null {
  if (error instanceof RateLimitedError) return refusal(error, 429);
  if (error instanceof LimitExceededError) return refusal(error, 413);
  if (error instanceof UnreadableBodyError) {
    const { status, headers, body } = refusal(error, error.status);
    return { status, headers: { ...headers, ...error.headers }, body };
  }
  if (error instanceof AppError) return refusal(error);
  const { code, statusCode = 500 } = error as { code?: string; statusCode?: number };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const actual = Number.isSafeInteger(Number(length)) ? Number(length) : bodyLimit + 1;
    return refusal(new LimitExceededError('bodyBytes', bodyLimit, actual), 413);
  }
  return statusCode < 500 ? plainRefusal('BAD_USER_INPUT', statusCode) : null;
}

/** An answer that has nothing to tell but its code. */
export function plainRefusal(code: ErrorCode, status: number, extensions: Record<string, unknown> = {}): RefusalAnswer {
  return {
    status,
    headers: NO_STORE,
    body: { errors: [{ message: messageForCode(code), extensions: { code, ...extensions } }] },
  };
}

/** Statuses of answers without data, for callers that ask for `application/graphql-response+json`. */
const STATUS: Record<string, number> = {
  BAD_USER_INPUT: 400,
  LIMIT_EXCEEDED: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  REQUEST_TIMEOUT: 504,
};

const JSON_TYPE = 'application/json';
const RESPONSE_TYPE = 'application/graphql-response+json';

/** The type that a caller likes best of what this endpoint can answer; null: none of them. */
export function preferredType(accept: string | undefined): string | null {
  return bestOf(accept, [JSON_TYPE, RESPONSE_TYPE, 'text/html']);
}

/** Whether a caller takes `application/json`, whatever it likes better. */
export function acceptsJson(accept: string | undefined): boolean {
  return bestOf(accept, [JSON_TYPE]) !== null;
}

/** Callers send one of few headers, and each is weighed several times for a request. */
const weighed = new LRUCache<string, { best: string | null }>({ max: 200 });
const WEIGHED_LENGTH = 200;

function bestOf(accept: string | undefined, types: readonly string[]): string | null {
  if (accept !== undefined && accept.length > WEIGHED_LENGTH) return weigh(accept, types);
  const key = `${types.join()} ${accept ?? '*/*'}`;
  const known = weighed.get(key) ?? { best: weigh(accept, types) };
  weighed.set(key, known);
  return known.best;
}

/** Some callers name the charset as well (`application/json; charset=utf-8`), and mean the same type. */
function weigh(accept: string | undefined, types: readonly string[]): string | null {
  const offered = types.flatMap((type) => [type, `${type}; charset=utf-8`]);
  return new Negotiator({ headers: { accept } }).mediaType(offered)?.split(';')[0] ?? null;
}

/**
 * HTTP statuses as GraphQL over HTTP has them: `application/json` is 200 for every well-formed GraphQL answer, its errors are in the
 * body; `application/graphql-response+json` tells by its status, too, that there is no data.
 */
export function answerFor(accept: string | undefined, { data, errors }: GraphqlBody) {
  const modern = preferredType(accept) === RESPONSE_TYPE;
  const refused = data === undefined && errors !== undefined;
  return {
    status: modern && refused ? (STATUS[String(errors[0]?.extensions?.code)] ?? 500) : 200,
    headers: { 'content-type': `${modern ? RESPONSE_TYPE : JSON_TYPE}; charset=utf-8` },
  };
}

interface GraphqlBody {
  data?: unknown;
  errors?: readonly { extensions?: { code?: unknown } }[] | undefined;
}

/** Gives each answer of Apollo its type and status. What brought no document keeps Apollo's status. */
export const statusPlugin: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, source, response }) {
        if (response.body.kind !== 'single') return;
        const accept = request.http?.headers.get('accept');
        // Apollo answers 406.
        if (preferredType(accept) === null) return;
        const { status, headers } = answerFor(accept, response.body.singleResult);
        response.http.headers.set('content-type', headers['content-type']);
        if (source !== undefined && response.http.status !== 405) response.http.status = status;
      },
    };
  },
};
