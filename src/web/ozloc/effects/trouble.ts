import { RequestFailed } from '../../shared/graphql-client.js';
import type { Problem, Trouble } from '../state/state.js';

/** A request that failed, as the page tells it. */
export function troubleOf(error: unknown): Trouble {
  const code = error instanceof RequestFailed ? error.code : 'UNEXPECTED';
  return { code, reason: null, message: null, details: [] };
}

/** A refusal that came as data, as the page tells it. */
export function troubleOfProblem({ code, reason, message, details }: Problem): Trouble {
  return { code, reason, message, details };
}

/** True when a newer request took the place of this one: nothing to tell. */
export function isAborted(error: unknown): boolean {
  return error instanceof RequestFailed && error.code === 'ABORTED';
}
