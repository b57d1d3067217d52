import { useState } from 'preact/hooks';
import type { I18n } from '../i18n/i18n.js';
import { useViewFocus } from '../use-view-focus.js';
import { Notice } from './notice.js';
import { TextField } from './text-field.js';

interface TokenProps {
  i18n: I18n;
  /** With the embedded OZmap only: the token that anyone may use. */
  demoToken: string | undefined;
  giveToken(token: string): void;
}

/** An API key in the address: refused, with what to use instead. */
export function KeyRefused(props: { i18n: I18n; instead: string; onDismiss(): void }) {
  const { i18n } = props;
  return (
    <Notice tone="bad" lead={i18n.t('key.refused')} alert>
      <p>{props.instead}</p>
      <div class="actions">
        <button type="button" class="button" onClick={props.onDismiss}>
          {i18n.t('key.dismiss')}
        </button>
      </div>
    </Notice>
  );
}

/** Asks for the token, which goes into the memory of the page and nowhere else. */
export function TokenForm({ i18n, demoToken, giveToken, refused }: TokenProps & { refused: boolean }) {
  const [token, setToken] = useState('');
  const view = useViewFocus<HTMLFormElement>();
  const enter = (event: Event) => {
    event.preventDefault();
    if (token.trim() !== '') giveToken(token.trim());
  };
  return (
    <form class="gate" ref={view} onSubmit={enter} aria-labelledby="access-title">
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
      <DemoToken i18n={i18n} demoToken={demoToken} giveToken={giveToken} />
    </form>
  );
}

/** With the embedded OZmap, one press instead of a token. */
export function DemoToken({ i18n, demoToken, giveToken }: TokenProps) {
  if (demoToken === undefined) return null;
  return (
    <div class="demo">
      <p class="muted small">{i18n.t('access.demoExplain')}</p>
      <button type="button" class="button wide" onClick={() => giveToken(demoToken)}>
        {i18n.t('access.demo')}
      </button>
    </div>
  );
}
