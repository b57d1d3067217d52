import { KeyRefused, TokenForm } from '../../shared/components/access.js';
import { Announcer } from './announcer.js';
import { useLogs } from './context.js';
import { Results } from './results.js';
import { SearchForm } from './search-form.js';

/** The page: what is searched above, what was found below. */
export function App() {
  const { state, words, config, store, giveToken } = useLogs();
  const { i18n } = words;
  return (
    <div class="page">
      <header class="brand">
        <span class="brand-mark" aria-hidden="true" />
        <h1>{words.say('page.title')}</h1>
        <p class="muted small">{words.say('page.subtitle')}</p>
      </header>
      <main>
        {state.keyRefused && (
          <KeyRefused
            i18n={i18n}
            instead={words.say('page.keyInstead')}
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
            i18n={i18n}
            refused={state.access === 'refused'}
            demoToken={config.demoToken}
            giveToken={giveToken}
          />
        )}
        <Announcer />
      </main>
    </div>
  );
}
