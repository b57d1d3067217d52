import { BrandMark, KeyRefused, TokenForm } from '../../shared/components.js';
import type { LogsState } from '../state/state.js';
import { headline, type Words } from '../words/words.js';
import { useLogs } from './context.js';
import { Results } from './results.js';
import { SearchForm } from './search-form.js';

/** Says aloud what sighted people see change: how much was found, and what became of what was running. */
export function Announcer() {
  const { state, words } = useLogs();
  return (
    <p class="sr-only" role="status">
      {announcement(state, words)}
    </p>
  );
}

function announcement({ access, changed, loading, trouble, list }: LogsState, words: Words): string {
  if (access !== 'granted' || loading === 'first' || trouble !== null) return '';
  if (changed.length > 0) return changed.map((operation) => headline(words, operation)).join('. ');
  return words.plural('list.count', list.operations.length);
}

/** The page: what is searched above, what was found below. */
export function App() {
  const { state, words, config, store, giveToken } = useLogs();
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
            <SearchForm />
            <Results />
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
