import { useState } from 'preact/hooks';
import { TextField } from '../../shared/components/text-field.js';
import { useOzloc } from './context.js';
import { useViewFocus } from './use-view-focus.js';

/** Asks for the token, which goes into the memory of the page and nowhere else. */
export function AccessForm() {
  const { i18n, state, entry } = useOzloc();
  const [token, setToken] = useState('');
  const view = useViewFocus<HTMLFormElement>();
  const refused = state.access === 'refused';
  const enter = (event: Event) => {
    event.preventDefault();
    if (token.trim() !== '') entry.giveToken(token.trim());
  };
  return (
    <form class="card gate" ref={view} onSubmit={enter} aria-labelledby="access-title">
      <h2 id="access-title">{i18n.t('access.title')}</h2>
      <p class="muted small">{i18n.t('access.explain')}</p>
      <TextField
        label={i18n.t('access.token')}
        type="password"
        value={token}
        onInput={setToken}
        error={refused ? i18n.t('access.refused') : undefined}
        focus
      />
      <button type="submit" class="button primary wide">
        {i18n.t('access.enter')}
      </button>
      <DemoToken />
    </form>
  );
}

/** With the embedded OZmap, one press instead of a token. */
export function DemoToken() {
  const { i18n, entry, config } = useOzloc();
  const { demoToken } = config;
  if (demoToken === undefined) return null;
  return (
    <div class="demo">
      <p class="muted small">{i18n.t('access.demoExplain')}</p>
      <button type="button" class="button wide" onClick={() => entry.giveToken(demoToken)}>
        {i18n.t('access.demo')}
      </button>
    </div>
  );
}
