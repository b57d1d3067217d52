import { createGraphqlClient } from '../shared/graphql-client.js';
import { createI18n, type I18n, pickLanguage } from '../shared/i18n/i18n.js';
import type { PageConfig } from '../shared/page-config.js';
import { createStore } from '../shared/store.js';
import { createEffects } from './effects/effects.js';
import type { LaunchParams } from './launch-params.js';
import type { Page } from './panels/context.js';
import { exchangeTicket, type TicketSession } from './session.js';
import { formatCoordinates, type LatLng } from './state/geometry.js';
import { reduce } from './state/reducer.js';
import { EMPTY_FORM, initialState } from './state/state.js';

/** A page that runs, and the way to hand it a token that somebody typed. */
export interface RunningPage {
  page: Page;
  giveToken(token: string): void;
  /** Exchanges the ticket, if one came, and asks for what the address asked for. Again after a failure that left the ticket whole. */
  open(): Promise<void>;
}

/** The language that the page's address or the browser asks for. */
export function languageOf(config: PageConfig | null): I18n {
  const asked = new URLSearchParams(location.search).get('lang');
  return createI18n(pickLanguage(asked, [...navigator.languages, config?.language ?? 'pt']));
}

/** Puts the page together. The token lives in this function and nowhere else. */
export function startPage(config: PageConfig, i18n: I18n, params: LaunchParams): RunningPage {
  let token: string | null = null;
  let expiry: ReturnType<typeof setTimeout> | undefined;
  let byTicket = false;
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
    tokenRefused() {
      token = null;
      clearTimeout(expiry);
      store.dispatch({ type: 'access.changed', access: byTicket ? 'expired' : 'refused' });
    },
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });

  function begin(given: string, at: LatLng | null = params.location) {
    token = given;
    store.dispatch({ type: 'access.changed', access: 'granted' });
    const { position, search, mode } = store.get();
    if (mode === 'relocate') void effects.loadExisting();
    if (position) void effects.refresh();
    else if (at) void effects.search(formatCoordinates(at));
    else if (search.text.trim() !== '') void effects.search(search.text);
  }

  function beginTicket(session: TicketSession) {
    byTicket = true;
    store.dispatch({ type: 'session.opened', session });
    expiry = setTimeout(expire, Date.parse(session.expiresAt) - Date.now());
    begin(session.token, session.location);
  }

  function expire() {
    token = null;
    const { view, submission } = store.get();
    // What was sold stays on screen, with its sketch.
    if (view === 'done' || submission.status === 'sending' || submission.status === 'waiting') return;
    store.dispatch({ type: 'access.changed', access: 'expired' });
  }

  return {
    page: { store, effects, i18n, config },
    giveToken: (given) => begin(given),
    async open() {
      if (!params.ticket) return;
      const url = new URL(config.sessionUrl, document.baseURI);
      store.dispatch({ type: 'access.changed', access: 'exchanging' });
      try {
        const session = await exchangeTicket(url, params.ticket);
        if (session) beginTicket(session);
        else store.dispatch({ type: 'access.changed', access: 'ticket-used' });
      } catch {
        store.dispatch({ type: 'access.changed', access: 'exchange-failed' });
      }
    },
  };
}
