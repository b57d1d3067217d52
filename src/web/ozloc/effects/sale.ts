import { isUnderWay, saleIssues } from '../state/selectors.js';
import type { SaleRequest } from '../state/state.js';
import type { EffectContext } from './context.js';
import { outcomeNow, saleRequest, send } from './sale-requests.js';
import { settle } from './settle.js';

export interface SaleEffects {
  /** Reserves the port, or moves the client: once, however often it is pressed. */
  submit(): Promise<void>;
  /** Brings a command to its end that was sent before the page was loaded anew. */
  carryOut(request: SaleRequest): Promise<void>;
}

export function createSaleEffects(context: EffectContext, refreshOffers: () => Promise<void>): SaleEffects {
  const { store, client, keys } = context;

  async function carryOut(request: SaleRequest) {
    const end = await settle(context, {
      key: request.key,
      sent: { command: 'sale', request },
      send: () => send(client, request),
      standing: () => outcomeNow(client, request),
    });
    if ('done' in end) store.dispatch({ type: 'sale.done', outcome: end.done });
    else if (end.code !== 'UNAUTHENTICATED') void refreshOffers();
  }

  return {
    async submit() {
      const state = store.get();
      if (isUnderWay(state.submission.status) || saleIssues(state).length > 0) return;
      const request = saleRequest(state, keys);
      if (request) await carryOut(request);
    },
    carryOut,
  };
}
