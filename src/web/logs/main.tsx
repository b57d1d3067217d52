import { render } from 'preact';
import { createGraphqlClient } from '../shared/graphql-client.js';
import { askedLanguage } from '../shared/i18n/i18n.js';
import { loadPageConfig, type PageConfig } from '../shared/page-config.js';
import { createStore } from '../shared/store.js';
import { createEffects } from './effects/effects.js';
import { App } from './panels/app.js';
import { type Page, PageProvider } from './panels/context.js';
import { type Filters, NO_FILTERS, queryOf, readFilters } from './state/filters.js';
import { initialState, reduce } from './state/state.js';
import { loadWords, type Words } from './words/words.js';

const TICK_MS = 500;

/** Puts the page together. The token lives in this function and nowhere else. */
export function startPage(config: PageConfig, words: Words): Page {
  let token: string | null = null;
  const keyRefused = new URLSearchParams(location.search).has('authorization');
  const filters = readFilters(location.search);
  const address = (wanted: Filters) => location.pathname + queryOf(wanted, location.search);
  history.replaceState(null, '', address(filters));

  const store = createStore(reduce, initialState({ filters, keyRefused, nowMs: Date.now() }));
  const client = createGraphqlClient({
    url: new URL(config.graphqlUrl, document.baseURI).href,
    token: () => token,
    language: words.locale,
  });
  const effects = createEffects({
    store,
    client,
    nowMs: Date.now,
    tokenRefused() {
      token = null;
      store.dispatch({ type: 'access.refused' });
    },
  });

  const tickIfSeen = () => {
    if (document.visibilityState === 'visible') effects.tick();
  };
  // The address names the operation that was opened last, for whoever it is sent to.
  store.subscribe(({ openIds, filters: shown }, before) => {
    if (openIds === before.openIds) return;
    const operation = openIds.at(-1);
    history.replaceState(null, '', address(operation ? { ...NO_FILTERS, operation } : shown));
  });
  setInterval(tickIfSeen, TICK_MS);
  document.addEventListener('visibilitychange', tickIfSeen);
  addEventListener('popstate', () => {
    if (store.get().access === 'granted') void effects.search(readFilters(location.search));
  });

  return {
    store,
    effects,
    words,
    config,
    giveToken(given) {
      token = given;
      store.dispatch({ type: 'access.granted' });
      void effects.search(store.get().filters);
    },
    search(wanted) {
      // Each search is a place to come back to.
      if (address(wanted) !== location.pathname + location.search) history.pushState(null, '', address(wanted));
      void effects.search(wanted);
    },
  };
}

const root = document.querySelector<HTMLElement>('#app');

async function main(container: HTMLElement): Promise<void> {
  // The two pages of an installation share one configuration.
  void loadWords(askedLanguage(null));
  const config = await loadPageConfig(new URL('ozloc/config.json', document.baseURI)).catch(() => null);
  const words = await loadWords(askedLanguage(config));
  document.documentElement.lang = words.locale;
  document.title = words.t('page.title');
  if (!config) {
    const boot = container.querySelector('.boot');
    if (boot) boot.textContent = words.t('page.configFailed');
    return;
  }
  container.replaceChildren();
  render(
    <PageProvider value={startPage(config, words)}>
      <App />
    </PageProvider>,
    container,
  );
}

if (root) void main(root);
