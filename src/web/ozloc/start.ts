import { createGraphqlClient, createIdempotencyKeys } from '../shared/graphql-client.js';
import type { I18n } from '../shared/i18n/i18n.js';
import type { PageConfig } from '../shared/page-config.js';
import { createStore } from '../shared/store.js';
import { createEffects } from './effects/effects.js';
import { type LaunchParams, stateOf } from './launch-params.js';
import type { Page } from './panels/context.js';
import { type KeptSale, keptState, markOf, restoredState, type SaleTabs, takeFrom } from './sale-tab.js';
import { endSession, exchangeTicket } from './session.js';
import { formatCoordinates, type LatLng } from './state/geometry.js';
import { closed, reduce } from './state/reducer.js';
import { isOver, isUnderWay } from './state/selectors.js';
import { type Access, initialState } from './state/state.js';

/** A page that runs. */
export interface RunningPage {
  page: Page;
  /** Exchanges the ticket, if one came, goes on with the sale that the tab kept, or asks for what the address asked for. */
  open(): Promise<void>;
  /** Goes on by another ticket: with the same sale when it is for the same contract, else with a new one. */
  openBy(ticket: string): Promise<void>;
}

/** How the page was opened. */
export interface Opening {
  params: LaunchParams;
  /** `sale`: by a link for one sale, now or before the page was loaded anew. */
  entry: { sale: boolean; id: string };
  tabs: SaleTabs;
}

/** How long a sale by token stays in its tab's storage after the last step, and what was sold after the sale, as a link's bearer is good at most. */
const KEPT_MS = 90 * 60_000;

/** Puts the page together. A typed token lives in this function and nowhere else; a sale's bearer, and what is sold, also in the tab's storage. */
export function startPage(config: PageConfig, i18n: I18n, { params, entry, tabs }: Opening): RunningPage {
  const sessionUrl = new URL(config.sessionUrl, document.baseURI);
  const bySale = entry.sale;
  let byTicket = bySale;
  const tab = () => tabs[byTicket ? 'link' : 'token'];
  const { kept, alive } = takeFrom(tab());
  // Another entry's is left to it.
  const aside = !bySale && alive && kept.owner?.entryId === entry.id ? kept : null;
  let token: string | null = alive ? kept.token : null;
  let endsAt = kept?.endsAt ?? 0;
  let expiry: ReturnType<typeof setTimeout> | undefined;
  let latest = params.ticket;
  const keys = createIdempotencyKeys('ozloc');
  if (bySale && kept) keys.learn(kept.keys);
  const opening = bySale && kept ? restoredState(kept.state, true) : stateOf(params);
  const given = { ...opening, access: firstAccess(), aside: aside?.state ?? null };
  const store = createStore(reduce, initialState(given));
  const client = createGraphqlClient({
    url: new URL(config.graphqlUrl, document.baseURI).href,
    token: () => token,
    language: i18n.locale,
  });
  const effects = createEffects({
    store,
    client,
    keys,
    tokenRefused: () => {
      // A sale that was made answers nothing but how it was: what was sent is followed to its end first.
      if (!isUnderWay(store.get().submission.status)) lose(byTicket ? 'expired' : 'refused');
    },
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  if (token !== null) expireIn(endsAt - Date.now());
  store.subscribe((state) => {
    // Of a contract that is only looked at, the address says all.
    if (token === null || state.aside || state.view === 'contract') return;
    if (isOver(state) && byTicket) return queueMicrotask(close);
    if (isOver(state)) keys.clear();
    tab().keep(snapshot);
  });

  function firstAccess(): Access {
    if (params.ticket) return 'exchanging';
    if (!bySale) return aside ? 'asked' : 'needed';
    if (!kept) return 'gone';
    if (isOver(kept.state)) return 'ended';
    return alive ? 'granted' : 'expired';
  }

  function snapshot(): KeptSale {
    const state = store.get();
    const sale = { version: 1 as const, keys: keys.entries(), state: keptState(isOver(state) ? closed(state) : state) };
    if (byTicket) return { ...sale, token, endsAt };
    const owner = { mark: markOf(token ?? '', entry.id), entryId: entry.id };
    return { ...sale, token: null, owner, endsAt: Date.now() + KEPT_MS };
  }

  /** The sale is made: nothing of it stays but what the page shows, also after F5. */
  function close() {
    if (token === null) return;
    endSession(sessionUrl, token);
    forget();
    keys.clear();
    store.dispatch({ type: 'sale.closed' });
    endsAt = Date.now() + KEPT_MS;
    tab().keep(snapshot);
  }

  function forget() {
    token = null;
    clearTimeout(expiry);
    // A token that was mistyped takes nothing away.
    if (!store.get().aside) tab().erase();
  }

  function lose(access: 'expired' | 'refused') {
    forget();
    store.dispatch({ type: 'access.changed', access });
  }

  function begin(given: string, at: LatLng | null) {
    token = given;
    store.dispatch({ type: 'access.changed', access: 'granted' });
    const { mode, view, sent } = store.get();
    if (isOver({ view })) return;
    if (mode === 'relocate') void effects.loadExisting();
    if (view === 'draw') void effects.resumeDrawing();
    else if (!effects.resume()) askFor(at);
    if (sent) void effects.followUp();
  }

  /** The position as it stands, else the one that was handed to the page, else its address. */
  function askFor(at: LatLng | null) {
    const { position, search } = store.get();
    if (position) void effects.refresh();
    else if (at) void effects.search(formatCoordinates(at));
    else if (search.text.trim() !== '') void effects.search(search.text);
  }

  function expireIn(ms: number) {
    clearTimeout(expiry);
    expiry = setTimeout(expire, ms);
  }

  function expire() {
    const state = store.get();
    // What was sent is followed to its end, and what was sold stays on screen with its sketch.
    if (isUnderWay(state.submission.status)) expireIn(1000);
    else if (!isOver(state)) lose('expired');
  }

  async function giveTicket(ticket: string): Promise<boolean> {
    const session = await exchangeTicket(sessionUrl, ticket);
    if (!session) return false;
    // One sale at a time: the one before is over, or goes on by this bearer.
    if (byTicket && token !== null) endSession(sessionUrl, token);
    tabs.token.erase();
    byTicket = true;
    token = session.token;
    endsAt = Date.now() + session.lifetimeMs;
    expireIn(session.lifetimeMs);
    const { form } = store.get();
    store.dispatch({ type: 'session.opened', session });
    if (store.get().form !== form) effects.forget();
    begin(session.token, session.location);
    return true;
  }

  async function openBy(ticket: string) {
    // What was sent is reported first; the ticket stays good.
    if (token !== null && isUnderWay(store.get().submission.status)) return goOn();
    latest = ticket;
    store.dispatch({ type: 'access.changed', access: 'exchanging' });
    const opened = await giveTicket(ticket).catch(() => null);
    if (opened) return;
    const access = opened === null ? 'exchange-failed' : 'ticket-used';
    store.dispatch({ type: 'access.changed', access, canGoOn: byTicket && token !== null });
  }

  /** With the sale that this tab has. */
  function goOn() {
    if (token !== null && store.get().access !== 'granted') begin(token, null);
  }

  async function open() {
    if (latest) return openBy(latest);
    if (token !== null) return begin(token, null);
    if (bySale || aside) return;
    if (store.get().mode === 'relocate') void effects.loadExisting();
    askFor(params.location);
  }

  function giveToken(typed: string) {
    const own = store.get().aside && aside?.owner?.mark === markOf(typed, entry.id) ? aside : null;
    if (own) {
      effects.forget();
      keys.learn(own.keys);
      store.dispatch({ type: 'sale.resumed', part: restoredState(own.state, false) });
    }
    begin(typed, own ? null : params.location);
  }

  return { page: { store, effects, entry: { giveToken, giveTicket, goOn, retry: open }, i18n, config }, open, openBy };
}
