import { useState } from 'preact/hooks';
import { Notice } from '../../shared/components/notice.js';
import { TextField } from '../../shared/components/text-field.js';
import { useOzloc } from './context.js';
import { useViewFocus } from './use-view-focus.js';

/** An API key in the address: refused, with what to use instead. */
export function KeyRefused() {
  const { i18n, dispatch } = useOzloc();
  return (
    <Notice tone="bad" lead={i18n.t('key.refused')} alert>
      <p>{i18n.t('key.instead')}</p>
      <div class="actions">
        <button type="button" class="button" onClick={() => dispatch({ type: 'key.dismissed' })}>
          {i18n.t('key.dismiss')}
        </button>
      </div>
    </Notice>
  );
}

/** A ticket that opens nothing, or a sale whose time is over: there is nothing to type here, only a way back. */
export function TicketOver() {
  const { i18n, state } = useOzloc();
  const used = state.access === 'ticket-used';
  return (
    <Notice tone="warn" lead={i18n.t(used ? 'access.ticketUsed' : 'access.expired')} alert>
      <p>{i18n.t(used ? 'access.ticketUsedExplain' : 'access.expiredExplain')}</p>
    </Notice>
  );
}

/** The ticket could not be exchanged; it may still be good. */
export function ExchangeFailed({ onRetry }: { onRetry: () => void }) {
  const { i18n } = useOzloc();
  return (
    <Notice tone="bad" lead={i18n.t('problem.NETWORK')} alert>
      <div class="actions">
        <button type="button" class="button" onClick={onRetry}>
          {i18n.t('verdict.retry')}
        </button>
      </div>
    </Notice>
  );
}

/** Asks for the token, which goes into the memory of the page and nowhere else. */
export function AccessForm({ onToken }: { onToken: (token: string) => void }) {
  const { i18n, state, config } = useOzloc();
  const [token, setToken] = useState('');
  const view = useViewFocus<HTMLFormElement>();
  const refused = state.access === 'refused';
  const enter = (event: Event) => {
    event.preventDefault();
    if (token.trim() !== '') onToken(token.trim());
  };
  return (
    <form class="card" ref={view} onSubmit={enter} aria-labelledby="access-title">
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
      {config.demoToken && (
        <div class="demo">
          <p class="muted small">{i18n.t('access.demoExplain')}</p>
          <button type="button" class="button wide" onClick={() => onToken(config.demoToken ?? '')}>
            {i18n.t('access.demo')}
          </button>
        </div>
      )}
    </form>
  );
}
