import { AppError, ConflictError, IdempotencyMismatchError, OutcomeUnknownError } from '../../errors/app-error.js';
import type { Recorded } from '../journal.js';
import { problemOf, StoredProblemError } from '../problem.js';
import type { NewOperation, OperationRow } from '../sql/open.js';

/** What a command is told that does not run because of an operation that is already there. */
export function answer<T>(
  opened: { kind: 'sameKey' | 'open' | 'queued'; operation: OperationRow },
  asked: NewOperation,
): Recorded<T> {
  const { kind, operation } = opened;
  const same = isSameCommand(operation, asked);
  if (kind === 'sameKey' && !same) throw mismatch();
  const { id, state, outcome, problem } = operation;
  if (!same) throw inProgress(id);
  switch (state) {
    case 'APPLIED':
      return { state, outcome: outcome as T | null, operationId: id };
    case 'QUEUED':
      return { state, outcome: null, operationId: id };
    case 'PENDING':
      throw inProgress(id);
    case 'UNKNOWN':
      throw named(new OutcomeUnknownError('the outcome of this command is being found out'), id);
    case 'REFUSED':
    case 'FAILED':
      throw new StoredProblemError(problem ?? problemOf(null), id);
  }
}

/** The key was used for another command. */
export function mismatch(): IdempotencyMismatchError {
  return new IdempotencyMismatchError('this idempotency key came with another input');
}

/** Another command is at work: this one. */
export function inProgress(operationId: string): ConflictError {
  return named(new ConflictError('IN_PROGRESS', 'another command on this contract is not finished'), operationId);
}

function named<E extends AppError>(error: E, operationId: string): E {
  error.operationId = operationId;
  return error;
}

/** By the hash of its input; of an input that is gone, action and contract have to do. */
function isSameCommand(
  { input_hash, action, contract_code }: OperationRow,
  { inputHash, request }: NewOperation,
): boolean {
  if (input_hash !== null) return input_hash === inputHash;
  return action === request.action && contract_code === request.contractCode;
}

/** Names the operation in every expected failure that leaves it: the caller asks for it later. */
export async function nameOperation<T>(operationId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) error.operationId = operationId;
    throw error;
  }
}
