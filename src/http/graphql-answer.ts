import type { ApolloServerPlugin } from '@apollo/server';
import { AppError, type ErrorCode, LimitExceededError, RateLimitedError } from '../errors/app-error.js';
import { extensionsOf } from '../errors/format-error.js';
import { messageFor, messageForCode } from '../errors/messages.js';
import type { RequestContext } from '../graph/context.js';

/** An answer to a request that never became a GraphQL operation, in the shape that GraphQL clients read. */
export interface RefusalAnswer {
  status: number;
  headers: Record<string, string>;
  body: { errors: { message: string; extensions: Record<string, unknown> }[] };
}

/** Turns an expected failure into such an answer. */
export function refusal(error: AppError, status = 200): RefusalAnswer {
  const retry = error instanceof RateLimitedError ? { 'retry-after': String(error.retryAfterS) } : {};
  return {
    status,
    headers: { 'cache-control': 'no-store', ...retry },
    body: { errors: [{ message: messageFor(error), extensions: extensionsOf(error) }] },
  };
}

/**
 * Turns whatever broke a request before GraphQL saw it into an answer: too large a body, too many requests, no JSON. Null when the
 * fault is ours.
 */
export function refusalOf(
  error: unknown,
  facts: { bodyLimit: number; contentLength: number | null },
): RefusalAnswer | null {
  if (error instanceof RateLimitedError) return refusal(error, 429);
  if (error instanceof LimitExceededError) return refusal(error, 413);
  if (error instanceof AppError) return refusal(error);
  const { code, statusCode = 500 } = error as { code?: string; statusCode?: number };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const actual = facts.contentLength ?? facts.bodyLimit + 1;
    return refusal(new LimitExceededError('bodyBytes', facts.bodyLimit, actual), 413);
  }
  return statusCode < 500 ? plainRefusal('BAD_USER_INPUT', statusCode) : null;
}

/** An answer that has nothing to tell but its code. */
export function plainRefusal(code: ErrorCode, status: number, extensions: Record<string, unknown> = {}): RefusalAnswer {
  return {
    status,
    headers: { 'cache-control': 'no-store' },
    body: { errors: [{ message: messageForCode(code), extensions: { code, ...extensions } }] },
  };
}

/** Statuses of answers without data, for callers that ask for `application/graphql-response+json`. */
const STATUS: Record<string, number> = {
  BAD_USER_INPUT: 400,
  LIMIT_EXCEEDED: 400,
  FORBIDDEN: 403,
};

/**
 * HTTP statuses as GraphQL over HTTP has them: `application/json` is 200 for every well-formed GraphQL answer, its errors are in the
 * body; `application/graphql-response+json` tells by its status, too, that there is no data.
 */
export const statusPlugin: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response }) {
        if (response.body.kind !== 'single' || response.http.status === 405) return;
        const accept = request.http?.headers.get('accept') ?? '';
        const modern = accept.includes('application/graphql-response+json') && !accept.includes('application/json');
        const { data, errors } = response.body.singleResult;
        response.http.headers.set(
          'content-type',
          `application/${modern ? 'graphql-response+json' : 'json'}; charset=utf-8`,
        );
        const refused = data === undefined && errors !== undefined;
        response.http.status = modern && refused ? (STATUS[String(errors[0]?.extensions?.code)] ?? 500) : 200;
      },
    };
  },
};
