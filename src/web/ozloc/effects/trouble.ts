import { RequestFailed } from '../../shared/graphql-client.js';
import type { Problem, Trouble } from '../state/state.js';

/** Why a command did not do what was asked, and the operation that the journal has of it. */
export type Refusal = Trouble & { operationId: string | null };

/** A request that failed, as the page tells it. */
export function troubleOf(error: unknown): Trouble {
  const { code, reason } = error instanceof RequestFailed ? error : { code: 'UNEXPECTED', reason: null };
  return { code, reason, message: null, details: [] };
}

/** A refusal that came as data, as the page tells it. */
export function troubleOfProblem({ code, reason, message, details }: Problem): Trouble {
  return { code, reason, message, details };
}

/** A command that came back without what it was to make; an answer without a problem is none that the service gives. */
export function refusalOf(problem: Problem | null | undefined, operationId: string | undefined): Refusal {
  if (!problem) return { code: 'HTTP', reason: null, message: null, details: [], operationId: operationId ?? null };
  return { ...troubleOfProblem(problem), operationId: problem.operationId ?? operationId ?? null };
}

/** True when a newer request took the place of this one: nothing to tell. */
export function isAborted(error: unknown): boolean {
  return error instanceof RequestFailed && error.code === 'ABORTED';
}
