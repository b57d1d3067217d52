import { STATUS_CODES } from 'node:http';
import type { ErrorCode } from '../../errors/app-error.js';
import { messageForCode } from '../../errors/messages.js';

/** A refusal by RFC 9457, as `application/problem+json`. */
export interface Problem {
  type: 'about:blank';
  title: string;
  status: number;
  code: string;
  reason: string | null;
  /** A sentence for people. */
  detail: string;
  operationId: string | null;
  [fact: string]: unknown;
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Where a caller that is told to come back is not told when. */
const RETRY_AFTER_S = '30';

/** By code, and so whatever GraphQL says it as: a payload's problem or a top-level error. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  BAD_USER_INPUT: 400,
  LIMIT_EXCEEDED: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  IDEMPOTENCY_MISMATCH: 422,
  UPSTREAM_REFUSED: 422,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
  UPSTREAM_UNEXPECTED_EFFECT: 502,
  UPSTREAM_UNEXPECTED_SHAPE: 502,
  UPSTREAM_UNAVAILABLE: 503,
  UPSTREAM_OUTCOME_UNKNOWN: 503,
  GEOCODER_UNAVAILABLE: 503,
  GEOCODER_REFUSED: 503,
  GEOCODER_QUOTA: 503,
  JOURNAL_UNAVAILABLE: 503,
  REQUEST_TIMEOUT: 503,
};

/** What is said of a refusal: its code, and whatever facts go with it. */
interface Refused {
  code: string;
  message: string;
  reason?: string | null | undefined;
  operationId?: string | null | undefined;
  facts?: Readonly<Record<string, unknown>>;
}

/** `status` where the code alone does not say it. */
export function problemOf({ code, message, reason, operationId, facts }: Refused, status = statusOf(code)): Problem {
  return {
    ...facts,
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    reason: reason ?? null,
    detail: message,
    operationId: operationId ?? null,
  };
}

/** The same of an error as GraphQL's answers have them. */
export function problemOfError(
  error: { message: string; extensions?: Readonly<Record<string, unknown>> | undefined },
  status?: number,
): Problem {
  const { code, reason, ...facts } = error.extensions ?? {};
  return problemOf({ code: String(code), message: error.message, reason: reason as string | undefined, facts }, status);
}

export function notFound(): Problem {
  return problemOf({ code: 'NOT_FOUND', message: messageForCode('NOT_FOUND') });
}

/** The headers that go with a refusal. */
export function headersOf(problem: Problem, retryAfter: string | undefined): Record<string, string> {
  const comesBack = problem.status === 503 || problem.status === 429;
  return {
    'content-type': PROBLEM_TYPE,
    ...(comesBack && { 'retry-after': retryAfter ?? RETRY_AFTER_S }),
    ...(problem.status === 401 && { 'www-authenticate': 'Bearer' }),
  };
}

function statusOf(code: string): number {
  return STATUS[code as ErrorCode] ?? 500;
}
