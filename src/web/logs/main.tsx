import { render } from 'preact';
import { createGraphqlClient } from '../shared/graphql-client.js';
import { askedLanguage } from '../shared/i18n/i18n.js';
import { loadPageConfig, type PageConfig } from '../shared/page-config.js';
import { createStore } from '../shared/store.js';
import { createEffects } from './effects/effects.js';
import { App } from './panels/app.js';
import { type Page, PageProvider } from './panels/context.js';
import { type DeliveryFilters, deliveryQueryOf, readDeliveryFilters } from './state/deliveries.js';
import { type Filters, NO_FILTERS, queryOf, readFilters } from './state/filters.js';
import { initialState, reduce, TICK_MS } from './state/state.js';
import { loadWords, type Words } from './words/words.js';

/** Puts the page together. The token lives in this function and nowhere else. */
export function startPage(config: PageConfig, words: Words): Page {
  let token: string | null = null;
  const keyRefused = new URLSearchParams(location.search).has('authorization');
  const deliveries = readDeliveryFilters(location.search);
  const filters = deliveries ? NO_FILTERS : readFilters(location.search);
  const address = (wanted: Filters) => location.pathname + queryOf(wanted, location.search);
  const deliveriesAddress = (wanted: DeliveryFilters) => location.pathname + deliveryQueryOf(wanted, location.search);
  history.replaceState(null, '', deliveries ? deliveriesAddress(deliveries) : address(filters));

  const store = createStore(reduce, initialState({ filters, deliveries, keyRefused, nowMs: Date.now() }));
  const client = createGraphqlClient({
    url: new URL(config.graphqlUrl, document.baseURI).href,
    token: () => token,
    language: words.locale,
  });
  const tokenRefused = () => {
    token = null;
    store.dispatch({ type: 'access.refused' });
  };
  const effects = createEffects({ store, client, nowMs: Date.now, tokenRefused });

  const tickIfSeen = () => {
    if (document.visibilityState === 'visible') effects.tick();
  };
  // The address names the operation that was opened last, for whoever it is sent to.
  store.subscribe(({ openIds, filters: shown, deliveries: view }, before) => {
    if (openIds === before.openIds || view) return;
    const operation = openIds.at(-1);
    history.replaceState(null, '', address(operation ? { ...NO_FILTERS, operation } : shown));
  });
  setInterval(tickIfSeen, TICK_MS);
  document.addEventListener('visibilitychange', tickIfSeen);
  addEventListener('popstate', () => {
    const view = readDeliveryFilters(location.search);
    store.dispatch({ type: 'view.changed', deliveries: view });
    if (!view && store.get().access === 'granted') void effects.search(readFilters(location.search));
  });
  const goTo = (wanted: string) => {
    // Each search is a place to come back to.
    if (wanted !== location.pathname + location.search) history.pushState(null, '', wanted);
  };

  return {
    store,
    effects,
    words,
    config,
    client,
    tokenRefused,
    giveToken(given) {
      token = given;
      store.dispatch({ type: 'access.granted' });
      if (!store.get().deliveries) void effects.search(store.get().filters);
    },
    search(wanted) {
      goTo(address(wanted));
      store.dispatch({ type: 'view.changed', deliveries: null });
      void effects.search(wanted);
    },
    showDeliveries(wanted) {
      goTo(deliveriesAddress(wanted));
      store.dispatch({ type: 'view.changed', deliveries: wanted });
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
