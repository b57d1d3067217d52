import { createGraphqlClient } from '../shared/graphql-client.js';
import type { I18n } from '../shared/i18n/i18n.js';
import type { PageConfig } from '../shared/page-config.js';
import { createStore } from '../shared/store.js';
import { createEffects } from './effects/effects.js';
import type { LaunchParams } from './launch-params.js';
import type { Page } from './panels/context.js';
import { exchangeTicket } from './session.js';
import { formatCoordinates, type LatLng } from './state/geometry.js';
import { reduce } from './state/reducer.js';
import { isUnderWay } from './state/selectors.js';
import { EMPTY_FORM, initialState } from './state/state.js';

/** A page that runs. */
export interface RunningPage {
  page: Page;
  /** Exchanges the ticket, if one came, and asks for what the address asked for. */
  open(): Promise<void>;
  /** Goes on by another ticket: with the same sale when it is for the same contract, else with a new one. */
  openBy(ticket: string): Promise<void>;
}

/** Puts the page together. The token lives in this function and nowhere else. */
export function startPage(config: PageConfig, i18n: I18n, params: LaunchParams): RunningPage {
  let token: string | null = null;
  let expiry: ReturnType<typeof setTimeout> | undefined;
  let byTicket = false;
  let latest = params.ticket;
  const contractCode = params.relocateCode ?? params.contractCode ?? '';
  const store = createStore(
    reduce,
    initialState({
      access: params.ticket ? 'exchanging' : 'needed',
      keyRefused: params.keyInQuery,
      mode: params.relocateCode ? 'relocate' : 'sell',
      tags: params.tags,
      search: { text: params.address ?? '', status: 'idle' },
      form: { ...EMPTY_FORM, contractCode, name: params.clientName ?? '', address: params.address ?? '' },
    }),
  );
  const client = createGraphqlClient({
    url: new URL(config.graphqlUrl, document.baseURI).href,
    token: () => token,
    language: i18n.locale,
  });
  const effects = createEffects({
    store,
    client,
    tokenRefused: () => lose(byTicket ? 'expired' : 'refused'),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });

  function lose(access: 'expired' | 'refused') {
    token = null;
    clearTimeout(expiry);
    store.dispatch({ type: 'access.changed', access });
  }

  function begin(given: string, at: LatLng | null) {
    token = given;
    store.dispatch({ type: 'access.changed', access: 'granted' });
    if (store.get().mode === 'relocate') void effects.loadExisting();
    if (!effects.resume()) askFor(at);
  }

  /** The position as it stands, else the one that was handed to the page, else its address. */
  function askFor(at: LatLng | null) {
    const { position, search } = store.get();
    if (position) void effects.refresh();
    else if (at) void effects.search(formatCoordinates(at));
    else if (search.text.trim() !== '') void effects.search(search.text);
  }

  function expire() {
    const { view, submission } = store.get();
    // What was sent is followed to its end, and what was sold stays on screen with its sketch.
    if (isUnderWay(submission.status)) expiry = setTimeout(expire, 1000);
    else if (view !== 'done' && view !== 'prospect-done') lose('expired');
  }

  async function giveTicket(ticket: string): Promise<boolean> {
    const session = await exchangeTicket(new URL(config.sessionUrl, document.baseURI), ticket);
    if (!session) return false;
    byTicket = true;
    clearTimeout(expiry);
    expiry = setTimeout(expire, session.lifetimeMs);
    store.dispatch({ type: 'session.opened', session });
    begin(session.token, session.location);
    return true;
  }

  async function openBy(ticket: string) {
    // What was sent is told first; the ticket stays good.
    if (isUnderWay(store.get().submission.status)) return;
    latest = ticket;
    store.dispatch({ type: 'access.changed', access: 'exchanging' });
    const opened = await giveTicket(ticket).catch(() => null);
    if (opened) return;
    token = null;
    store.dispatch({ type: 'access.changed', access: opened === null ? 'exchange-failed' : 'ticket-used' });
  }

  async function open() {
    if (latest) return openBy(latest);
    if (store.get().mode === 'relocate') void effects.loadExisting();
    askFor(params.location);
  }

  const giveToken = (given: string) => begin(given, params.location);
  return { page: { store, effects, entry: { giveToken, giveTicket, retry: open }, i18n, config }, open, openBy };
}
