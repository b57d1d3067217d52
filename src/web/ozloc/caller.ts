import type { OzlocMessage } from '../kit/ozloc-kit.js';
import type { Store } from '../shared/store.js';
import type { Action } from './state/actions.js';
import type { OzlocState } from './state/state.js';

type Type = OzlocMessage['type'];

/** How the seller gets back to CNT: by closing this page, whose opener was told; by going to the link's address; null: by himself. */
export function wayBack({ caller }: OzlocState): 'close' | 'return' | null {
  if (listenerOf(caller)) return 'close';
  return caller?.returnUrl === undefined ? null : 'return';
}

/** Goes that way. A frame stays until its page takes it away. */
export function goBack(state: OzlocState): void {
  const way = wayBack(state);
  if (way === 'return') location.assign(returnAddress(state));
  if (way !== 'close') return;
  tell('closed', state);
  if (!isFramed()) window.close();
}

/** Tells the page that opened or embeds this one what becomes of the sale. Nothing is ever taken from there. */
export function tellCaller(store: Store<OzlocState, Action>): void {
  for (const type of happened(store.get(), null)) tell(type, store.get());
  store.subscribe((state, before) => {
    for (const type of happened(state, before)) tell(type, state);
  });
  addEventListener('pagehide', () => tell('closed', store.get()));
  if (isFramed()) tellHeight(store);
}

/** The origin that the link named; without one only a page of our own: who else may be there is not guessed. */
function listenerOf(caller: OzlocState['caller']): { page: Window; origin: string } | null {
  const page: Window | null = isFramed() ? window.parent : window.opener;
  // Of a page of ours, a function that it calls `closed` stands in that place.
  if (!page || page.closed === true) return null;
  const origin = caller?.openerOrigin ?? (isOfOurs(page) ? location.origin : null);
  return origin === null ? null : { page, origin };
}

function isFramed(): boolean {
  return window.parent !== window;
}

function isOfOurs(page: Window): boolean {
  try {
    return page.location.origin === location.origin;
  } catch {
    return false;
  }
}

function tell(type: Type, state: OzlocState, more: Partial<OzlocMessage> = {}): void {
  const listener = listenerOf(state.caller);
  listener?.page.postMessage({ ...messageOf(type, state), ...more }, listener.origin);
}

function messageOf(type: Type, { caller, form, outcome, lead, submission }: OzlocState): OzlocMessage {
  const sold = outcome?.reservation;
  const refused = type === 'failed' ? submission.trouble?.operationId : null;
  return {
    source: 'ozloc',
    v: 1,
    type,
    state: caller?.state ?? null,
    contractCode: sold?.contractCode ?? (form.contractCode.trim() || null),
    operationId: refused ?? outcome?.operationId ?? lead?.operationId ?? null,
    boxId: sold?.box?.id ?? null,
    boxName: sold?.box?.name ?? null,
    port: sold?.connection?.port ?? null,
    prospectId: lead?.prospectId ?? null,
  };
}

/** What the page's opener is told of a change; null before: of how the page begins. */
function happened(state: OzlocState, before: OzlocState | null): Type[] {
  const types: Type[] = [];
  const turned = (access: OzlocState['access']) => state.access === access && before?.access !== access;
  // After a sale there is no other by this link.
  if (turned('granted')) types.push('ready');
  if (turned('expired')) types.push('expired');
  // What was sold before the page was loaded anew, or its token given again, was told then.
  const isNew = before !== null && !before.aside;
  if (isNew && state.outcome && state.outcome !== before.outcome) types.push(state.outcome.kind);
  if (isNew && state.lead && state.lead !== before.lead) types.push('prospect-created');
  const { submission } = state;
  if (submission.status === 'refused' && submission !== before?.submission) types.push('failed');
  return types;
}

/** Type, state, contract and operation only: an address is written into histories and logs. */
function returnAddress(state: OzlocState): string {
  const { outcome, lead, access, caller } = state;
  const type = outcome?.kind ?? (lead ? 'prospect-created' : access === 'expired' ? 'expired' : 'closed');
  const { state: given, contractCode, operationId } = messageOf(type, state);
  const address = new URL(caller?.returnUrl ?? '');
  for (const [name, value] of Object.entries({ type, state: given, contractCode, operationId }))
    if (value !== null) address.searchParams.set(name, value);
  return address.href;
}

/** How high a frame would have to be for nothing in it to be scrolled. */
function tellHeight(store: Store<OzlocState, Action>): void {
  let told = 0;
  const measure = () => {
    const [panel, map] = ['.panel', '.map'].map((name) => document.querySelector<HTMLElement>(name));
    if (!panel || !map) return;
    const stacked = panel.offsetTop >= map.offsetTop + map.offsetHeight;
    const heightPx = panel.scrollHeight + (stacked ? map.offsetHeight : 0);
    if (Math.abs(heightPx - told) < 2) return;
    told = heightPx;
    tell('resized', store.get(), { heightPx });
  };
  store.subscribe(() => requestAnimationFrame(measure));
  addEventListener('resize', measure);
}
