import { type GraphqlClient, type IdempotencyKeys, RequestFailed } from '../../shared/graphql-client.js';
import type { Store } from '../../shared/store.js';
import type { Action } from '../state/actions.js';
import type { OzlocState, Problem, Trouble } from '../state/state.js';

/** Why a command did not do what was asked, and the operation that the journal has of it. */
export type Refusal = Trouble & { operationId: string | null };

/** A failed request, as the page shows it. */
export function troubleOf(error: unknown): Trouble {
  const { code, reason } = error instanceof RequestFailed ? error : { code: 'UNEXPECTED', reason: null };
  return { code, reason, message: null, details: [] };
}

/** A refusal that came as data, as the page shows it. */
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

/** What effects work with: the state, the subgraph, the keys of commands, and time. */
export interface EffectContext {
  store: Store<OzlocState, Action>;
  client: GraphqlClient;
  keys: IdempotencyKeys;
  /** A request was answered UNAUTHENTICATED or FORBIDDEN: the token is of no more use. */
  tokenRefused(): void;
  wait(ms: number): Promise<void>;
}

/** True when the error means that the token is unusable; the access state is then updated. */
export function tookAwayAccess(context: EffectContext, code: string): boolean {
  if (code !== 'UNAUTHENTICATED') return false;
  context.tokenRefused();
  return true;
}

/** True while nothing can be asked for want of a token; a page that has none yet asks for it now. */
export function needsToken({ store }: EffectContext): boolean {
  const { access } = store.get();
  if (access === 'needed') store.dispatch({ type: 'access.changed', access: 'asked' });
  return access !== 'granted';
}
