import { z } from 'zod';
import { AppError, CONFLICT_REASONS, type ConflictReason, ERROR_CODES, type ErrorCode } from '../errors/app-error.js';
import type { StoredProblem } from '../store/tables.js';

export type { StoredProblem } from '../store/tables.js';

/** A stored problem, read back. */
export const STORED_PROBLEM: z.ZodType<StoredProblem> = z.object({
  code: z.string(),
  reason: z.string().nullable(),
  message: z.string(),
  details: z.array(
    z.object({
      field: z.string().exactOptional(),
      value: z.string().exactOptional(),
      limit: z.number().exactOptional(),
      actual: z.number().exactOptional(),
    }),
  ),
});

/** A refusal that was stored with its operation and is answered again: the same code, reason and details as the first time. */
export class StoredProblemError extends AppError {
  readonly code: ErrorCode;
  override readonly reason: ConflictReason | undefined;

  constructor(problem: StoredProblem, operationId: string) {
    super(problem.message, problem.details);
    this.code = ERROR_CODES.find((code) => code === problem.code) ?? 'INTERNAL_SERVER_ERROR';
    this.reason = CONFLICT_REASONS.find((reason) => reason === problem.reason);
    this.operationId = operationId;
  }
}

/** What is kept of a failure. Of an unexpected one only that it was: its text may hold anything. */
export function problemOf(error: unknown): StoredProblem {
  if (error instanceof AppError)
    return {
      code: error.code,
      reason: error.reason ?? null,
      message: error.message,
      details: error.details.map((detail) => ({ ...detail })),
    };
  return { code: 'INTERNAL_SERVER_ERROR', reason: null, message: 'unexpected failure', details: [] };
}
