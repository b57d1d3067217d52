import { type GraphqlClient, RequestFailed } from '../../shared/graphql-client.js';
import type { Store } from '../../shared/store.js';
import type { Action } from '../state/actions.js';
import type { OzlocState, Problem, Trouble } from '../state/state.js';

/** One key per thing asked: pressing again with the same input repeats the same command instead of making a second one. */
export interface IdempotencyKeys {
  keyFor(input: object): string;
  forget(key: string): void;
  clear(): void;
  /** All that are known, to begin with when the page is loaded anew. */
  entries(): [asked: string, key: string][];
}

export function createIdempotencyKeys(
  known: readonly [asked: string, key: string][] = [],
  random: () => string = randomKey,
): IdempotencyKeys {
  const keys = new Map<string, string>(known);
  return {
    keyFor(input) {
      const asked = JSON.stringify(input);
      const key = keys.get(asked) ?? random();
      keys.set(asked, key);
      return key;
    },
    forget(key) {
      for (const [asked, known] of keys) if (known === key) keys.delete(asked);
    },
    clear: () => keys.clear(),
    entries: () => [...keys],
  };
}

// Not crypto.randomUUID: a page served without TLS, as inside a provider's network, does not have it.
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `ozloc-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

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

/** What effects work with: the state, the subgraph, the keys of commands, and time. */
export interface EffectContext {
  store: Store<OzlocState, Action>;
  client: GraphqlClient;
  keys: IdempotencyKeys;
  /** A request was answered UNAUTHENTICATED or FORBIDDEN: the token is of no more use. */
  tokenRefused(): void;
  wait(ms: number): Promise<void>;
}

/** True when the error means that the token is of no use; the access state has been told then. */
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
