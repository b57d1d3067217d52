import { AccessForm, KeyRefused } from './access.js';
import { Announcer } from './announcer.js';
import { useLogs } from './context.js';
import { Results } from './results.js';
import { SearchForm } from './search-form.js';

/** The page: what is searched above, what was found below. */
export function App() {
  const { state, words } = useLogs();
  return (
    <div class="page">
      <header class="brand">
        <span class="brand-mark" aria-hidden="true" />
        <h1>{words.say('page.title')}</h1>
        <p class="muted small">{words.say('page.subtitle')}</p>
      </header>
      <main>
        {state.keyRefused && <KeyRefused />}
        {state.access === 'granted' ? (
          <>
            <SearchForm />
            <Results />
          </>
        ) : (
          <AccessForm />
        )}
        <Announcer />
      </main>
    </div>
  );
}
