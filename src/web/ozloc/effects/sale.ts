import { isUnderWay, saleIssues } from '../state/selectors.js';
import type { EffectContext } from './context.js';
import { createIdempotencyKeys } from './idempotency-keys.js';
import { outcomeNow, saleRequest, send } from './sale-requests.js';
import { settle } from './settle.js';

export interface SaleEffects {
  /** Reserves the port, or moves the client: once, however often it is pressed. */
  submit(): Promise<void>;
}

export function createSaleEffects(context: EffectContext, refreshOffers: () => Promise<void>): SaleEffects {
  const { store, client } = context;
  const keys = createIdempotencyKeys();

  return {
    async submit() {
      const state = store.get();
      if (isUnderWay(state.submission.status) || saleIssues(state).length > 0) return;
      const request = saleRequest(state, keys);
      if (!request) return;
      const end = await settle(context, keys, {
        key: request.key,
        send: () => send(client, request),
        standing: () => outcomeNow(client, request),
      });
      if ('done' in end) store.dispatch({ type: 'sale.done', outcome: end.done });
      else if (end.code !== 'UNAUTHENTICATED') void refreshOffers();
    },
  };
}
