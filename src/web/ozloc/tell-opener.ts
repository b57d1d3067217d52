import type { Store } from '../shared/store.js';
import type { Action } from './state/actions.js';
import type { OzlocState } from './state/state.js';

/**
 * Tells the page that embeds or opened this one how the sale ended, so that CNT need not ask: `{ type: 'ozloc:reserved' | 'ozloc:relocated',
 * contractCode, boxId }`. Only to the origin that this page was opened from, and only where that is known.
 */
export function tellOpener(store: Store<OzlocState, Action>): void {
  const listener: Window | null = window.parent === window ? window.opener : window.parent;
  if (!listener || !document.referrer) return;
  const origin = new URL(document.referrer).origin;
  store.subscribe((state, before) => {
    if (!state.outcome || state.outcome === before.outcome) return;
    const { kind, reservation } = state.outcome;
    const message = {
      type: `ozloc:${kind}`,
      contractCode: reservation.contractCode,
      boxId: reservation.box?.id ?? null,
    };
    listener.postMessage(message, origin);
  });
}
