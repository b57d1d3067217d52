import type { GraphqlClient } from '../../shared/graphql-client.js';
import type { Store } from '../../shared/store.js';
import type { Action } from '../state/actions.js';
import type { OzlocState } from '../state/state.js';
import type { IdempotencyKeys } from './idempotency-keys.js';

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
