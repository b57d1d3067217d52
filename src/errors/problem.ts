import { AppError, CONFLICT_REASONS, type ConflictReason, type ErrorCode, type ErrorDetail } from './app-error.js';
import { messageFor } from './messages.js';

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
    details: error.details.map(detailOf),
  };
}

function detailOf(detail: ErrorDetail): ProblemData['details'][number] {
  return {
    field: detail.field ?? null,
    value: detail.value ?? null,
    limit: detail.limit ?? null,
    actual: detail.actual ?? null,
  };
}
