import { isOver } from './state/selectors.js';
import { KEPT, type KeptState, type OzlocState } from './state/state.js';

/** A sale, as its tab keeps it. Neither the ticket nor a typed token is part of it. */
export interface KeptSale {
  version: 1;
  /** The bearer of a sale by link; null: it was sold by a typed token. */
  token: string | null;
  /** Of a sale by token: whose it is, and in which entry of the tab's history. */
  owner?: { mark: number; entryId: string };
  /** When the bearer is over, or what was typed is let go of, by this device's clock, ms. */
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

/** A sale by link, and one by token, do not write over each other: Back may lead from the one to the other. */
export type SaleTabs = Record<'link' | 'token', SaleTab>;

export function openSaleTabs(page: Window): SaleTabs {
  return { link: openSaleTab(page, 'ozloc.sale'), token: openSaleTab(page, 'ozloc.token-sale') };
}

/** Not at every key and every step of a dragged marker. */
const SOON_MS = 200;

function openSaleTab(page: Window, name: string): SaleTab {
  let pending: (() => KeptSale) | null = null;
  let soon: ReturnType<typeof setTimeout> | undefined;

  function write() {
    clearTimeout(soon);
    const make = pending;
    pending = null;
    if (!make) return;
    const stored = attempt(() => page.sessionStorage.setItem(name, JSON.stringify(make())));
    // What was kept before would bring back an older sale.
    if (!stored) attempt(() => page.sessionStorage.removeItem(name));
  }

  page.addEventListener('pagehide', write);
  page.document.addEventListener('visibilitychange', () => {
    if (page.document.visibilityState === 'hidden') write();
  });
  return {
    read() {
      let text: string | null = null;
      attempt(() => {
        text = page.sessionStorage.getItem(name);
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
      attempt(() => page.sessionStorage.removeItem(name));
    },
  };
}

/** Past its time it leaves the storage; what was typed by link waits in memory for another link, a receipt for nothing. */
export function takeFrom(tab: SaleTab): { kept: KeptSale; alive: true } | { kept: KeptSale | null; alive: false } {
  const kept = tab.read();
  if (!kept || kept.endsAt > Date.now()) return kept ? { kept, alive: true } : { kept, alive: false };
  tab.erase();
  return { kept: isOver(kept.state) ? null : kept, alive: false };
}

/** What is kept of a state. */
export function keptState(state: OzlocState): KeptState {
  return Object.fromEntries(KEPT.map((name) => [name, state[name]])) as KeptState;
}

/** What a kept state begins with: nothing is under way but what was sent. `contractFixed`: it is a sale by link. */
export function restoredState(kept: KeptState, contractFixed: boolean): Partial<OzlocState> {
  const submission = { status: kept.sent ? ('waiting' as const) : ('idle' as const), trouble: null };
  return { ...kept, aside: null, contractFixed, search: { text: kept.search.text, status: 'idle' }, submission };
}

/** Tells one typed token from another, and nothing of it: 32 bits, another for each entry of a history. A platform's token that was renewed is the same. */
export function markOf(token: string, entryId: string): number {
  let mark = 0x811c9dc5;
  for (const char of entryId + lastingPart(token)) mark = Math.imul(mark ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return mark;
}

/** Claims that every token of a platform has anew. */
const OF_ONE_TOKEN = new Set(['exp', 'iat', 'nbf', 'jti', 'auth_time']);

/** What a platform says of whom it signed in, and for what; whatever is no JWT of somebody is taken as it stands. */
function lastingPart(token: string): string {
  try {
    const payload = token.split('.')[1] ?? '';
    const claims: Record<string, unknown> = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    const lasting = Object.entries(claims).filter(([name]) => !OF_ONE_TOKEN.has(name));
    return claims.iss && claims.sub ? JSON.stringify(lasting.sort()) : token;
  } catch {
    return token;
  }
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
