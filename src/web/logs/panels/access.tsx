import { useEffect, useRef, useState } from 'preact/hooks';
import { Notice } from '../../shared/components/notice.js';
import { TextField } from '../../shared/components/text-field.js';
import { useLogs } from './context.js';

/** An API key in the address: refused, with what to use instead. */
export function KeyRefused() {
  const { words, store } = useLogs();
  const { i18n } = words;
  return (
    <Notice tone="bad" lead={i18n.t('key.refused')} alert>
      <p>{words.say('page.keyInstead')}</p>
      <div class="actions">
        <button type="button" class="button" onClick={() => store.dispatch({ type: 'key.dismissed' })}>
          {i18n.t('key.dismiss')}
        </button>
      </div>
    </Notice>
  );
}

/** Asks for the token, which goes into the memory of the page and nowhere else. */
export function AccessForm() {
  const { words, state, config, giveToken } = useLogs();
  const { i18n } = words;
  const [token, setToken] = useState('');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const enter = (event: Event) => {
    event.preventDefault();
    if (token.trim() !== '') giveToken(token.trim());
  };
  return (
    <form class="card access" ref={form} onSubmit={enter} aria-labelledby="access-title">
      <h2 id="access-title">{i18n.t('access.title')}</h2>
      <p class="muted small">{i18n.t('access.explain')}</p>
      <TextField
        label={i18n.t('access.token')}
        type="password"
        value={token}
        onInput={setToken}
        error={state.access === 'refused' ? i18n.t('access.refused') : undefined}
      />
      <button type="submit" class="button primary wide">
        {i18n.t('access.enter')}
      </button>
      {config.demoToken && (
        <div class="demo">
          <p class="muted small">{i18n.t('access.demoExplain')}</p>
          <button type="button" class="button wide" onClick={() => giveToken(config.demoToken ?? '')}>
            {i18n.t('access.demo')}
          </button>
        </div>
      )}
    </form>
  );
}
