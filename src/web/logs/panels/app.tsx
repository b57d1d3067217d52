import { BrandMark, KeyRefused, TokenForm } from '../../shared/components.js';
import { ALL_DELIVERIES, deliveryQueryOf } from '../state/deliveries.js';
import { NO_FILTERS, queryOf } from '../state/filters.js';
import type { LogsState } from '../state/state.js';
import { headline, type Words } from '../words/words.js';
import { PageLink, useLogs } from './context.js';
import { Deliveries } from './deliveries.js';
import { Results } from './results.js';
import { SearchForm } from './search-form.js';

/** Says aloud what sighted people see change: how much was found, and what became of what was running. */
function Announcer() {
  const { state, words } = useLogs();
  return (
    <p class="sr-only" role="status">
      {announcement(state, words)}
    </p>
  );
}

function announcement({ access, changed, deliveries, loading, trouble, list }: LogsState, words: Words): string {
  if (access !== 'granted' || deliveries || loading === 'first' || trouble !== null) return '';
  if (changed.length > 0) return changed.map((operation) => headline(words, operation)).join('. ');
  return words.plural('list.count', list.operations.length);
}

/** The two lists of this page. */
function Views() {
  const { state, words, search, showDeliveries } = useLogs();
  const isDeliveries = state.deliveries !== null;
  return (
    <nav class="views" aria-label={words.t('page.views')}>
      <PageLink
        current={!isDeliveries}
        href={queryOf(NO_FILTERS, location.search) || '?'}
        go={() => search(NO_FILTERS)}
      >
        {words.t('list.title')}
      </PageLink>
      <PageLink
        current={isDeliveries}
        href={deliveryQueryOf(ALL_DELIVERIES, location.search)}
        go={() => showDeliveries(ALL_DELIVERIES)}
      >
        {words.t('delivery.title')}
      </PageLink>
    </nav>
  );
}

/** The page: what is searched above, what was found below. */
export function App() {
  const { state, words, config, store, giveToken, showDeliveries } = useLogs();
  return (
    <div class="page">
      <header class="brand">
        <BrandMark config={config} />
        <h1>{words.t('page.title')}</h1>
        <p class="muted small">
          {config.brandName && `${config.brandName} · `}
          {words.t('page.subtitle')}
        </p>
      </header>
      <main>
        {state.keyRefused && (
          <KeyRefused
            i18n={words}
            instead={words.t('page.keyInstead')}
            onDismiss={() => store.dispatch({ type: 'key.dismissed' })}
          />
        )}
        {state.access === 'granted' ? (
          <>
            <Views />
            {state.deliveries ? (
              <Deliveries filters={state.deliveries} choose={showDeliveries} />
            ) : (
              <>
                <SearchForm />
                <Results />
              </>
            )}
          </>
        ) : (
          <TokenForm
            i18n={words}
            refused={state.access === 'refused'}
            demoToken={config.demoToken}
            platformSignIn={config.platformSignIn}
            giveToken={giveToken}
          />
        )}
        <Announcer />
      </main>
    </div>
  );
}
