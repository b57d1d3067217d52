import { AsyncLocalStorage } from 'node:async_hooks';
import { AppError, CONFLICT_REASONS, type ConflictReason, type ErrorCode } from './app-error.js';
import { type Language, sentenceFor } from './sentences/sentence-for.js';

const current = new AsyncLocalStorage<Language>();

/** Does `work`, whose refusals are worded in this language. */
export function inLanguage<T>(language: Language, work: () => T): T {
  return current.run(language, work);
}

/** The language of the current request; Portuguese outside of requests. */
export function requestLanguage(): Language {
  return current.getStore() ?? 'pt';
}

/** The sentence that people read for an expected failure, in the language of the current request. */
export function messageFor(error: Pick<AppError, 'code' | 'reason' | 'details'>): string {
  // Never null: the types of the catalogues know every code and reason.
  return sentenceFor(error, requestLanguage()) ?? error.code;
}

/** The sentence of a code for which there is no error object. */
export function messageForCode(code: ErrorCode): string {
  return messageFor({ code, reason: undefined, details: [] });
}

/** A refusal as data: what a payload's `problem` shows. */
export interface ProblemData {
  code: ErrorCode;
  /** Of a CONFLICT. */
  reason: ConflictReason | null;
  /** For people, in the language of the request. */
  message: string;
  operationId: string | null;
  details: { field: string | null; value: string | null; limit: number | null; actual: number | null }[];
}

/** Codes that a caller can act on. The rest (no rights, over a limit, our own faults) are top-level errors. */
const PROBLEM_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'NOT_FOUND',
  'CONFLICT',
  'IDEMPOTENCY_MISMATCH',
  'UPSTREAM_REFUSED',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_OUTCOME_UNKNOWN',
  'UPSTREAM_UNEXPECTED_EFFECT',
  'GEOCODER_UNAVAILABLE',
  'GEOCODER_REFUSED',
  'GEOCODER_QUOTA',
  'JOURNAL_UNAVAILABLE',
  'BAD_USER_INPUT',
]);

/** An expected refusal as data. Errors: what is none, as it came. */
export function toProblem(error: unknown): ProblemData {
  if (error instanceof AppError && PROBLEM_CODES.has(error.code)) return problemOf(error);
  throw error;
}

/** Any expected failure as data, as the journal reports it later. */
export function problemOf(error: AppError): ProblemData {
  return {
    code: error.code,
    reason: CONFLICT_REASONS.find((reason) => reason === error.reason) ?? null,
    message: messageFor(error),
    operationId: error.operationId ?? null,
    details: error.details.map((detail) => ({ ...NO_DETAIL, ...detail })),
  };
}

const NO_DETAIL = { field: null, value: null, limit: null, actual: null };
