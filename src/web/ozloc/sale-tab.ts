import type { OzlocState } from './state/state.js';

/** The part of the state that a sale goes on from; the rest is asked anew. */
const KEPT = [
  'mode',
  'tags',
  'search',
  'position',
  'previousPosition',
  'view',
  'choice',
  'drawing',
  'drawFrom',
  'form',
  'filledAddress',
  'sent',
  'caller',
] as const satisfies readonly (keyof OzlocState)[];
export type KeptState = Pick<OzlocState, (typeof KEPT)[number]>;

/** A sale by link, as its tab keeps it. The ticket is no part of it. */
export interface KeptSale {
  version: 1;
  /** The sale's bearer. */
  token: string;
  /** When the bearer is over, by this device's clock, ms. */
  endsAt: number;
  /** Commands that were asked for, with their idempotency keys. */
  keys: [asked: string, key: string][];
  state: KeptState;
}

/**
 * Keeps a sale in the tab's session storage: it survives F5 and a tab that was put away, and ends with the tab. Where the browser refuses
 * storage nothing is kept, and the sale ends with the page.
 */
export interface SaleTab {
  /** Null: nothing is kept, or nothing that this page understands. */
  read(): KeptSale | null;
  /** Soon, and before the page goes. */
  keep(make: () => KeptSale): void;
  erase(): void;
}

const NAME = 'ozloc.sale';
/** Not at every key and every step of a dragged marker. */
const SOON_MS = 200;

export function openSaleTab(page: Window): SaleTab {
  let pending: (() => KeptSale) | null = null;
  let soon: ReturnType<typeof setTimeout> | undefined;

  function write() {
    clearTimeout(soon);
    const make = pending;
    pending = null;
    if (!make) return;
    const stored = attempt(() => page.sessionStorage.setItem(NAME, JSON.stringify(make())));
    // What was kept before would bring back an older sale.
    if (!stored) attempt(() => page.sessionStorage.removeItem(NAME));
  }

  page.addEventListener('pagehide', write);
  page.document.addEventListener('visibilitychange', () => {
    if (page.document.visibilityState === 'hidden') write();
  });
  return {
    read() {
      let text: string | null = null;
      attempt(() => {
        text = page.sessionStorage.getItem(NAME);
      });
      return text === null ? null : parse(text);
    },
    keep(make) {
      if (!pending) soon = setTimeout(write, SOON_MS);
      pending = make;
    },
    erase() {
      clearTimeout(soon);
      pending = null;
      attempt(() => page.sessionStorage.removeItem(NAME));
    },
  };
}

/** What is kept of a state. */
export function keptState(state: OzlocState): KeptState {
  return Object.fromEntries(KEPT.map((name) => [name, state[name]])) as KeptState;
}

/** What a kept state begins with: nothing is under way but what was sent. */
export function restoredState(kept: KeptState): Partial<OzlocState> {
  const submission = { status: kept.sent ? ('waiting' as const) : ('idle' as const), trouble: null };
  return { ...kept, contractFixed: true, search: { text: kept.search.text, status: 'idle' }, submission };
}

/** Only this page writes there; what another version of it wrote is left alone. */
function parse(text: string): KeptSale | null {
  try {
    const kept = JSON.parse(text) as KeptSale | null;
    return kept?.version === 1 ? kept : null;
  } catch {
    return null;
  }
}

/** False: the browser refuses storage (blocked site data, a sandboxed frame), or it is full. */
function attempt(use: () => void): boolean {
  try {
    use();
    return true;
  } catch {
    return false;
  }
}
