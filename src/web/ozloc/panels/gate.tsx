import { useEffect, useState } from 'preact/hooks';
import { Notice, TextField, TokenForm } from '../../shared/components.js';
import { goBack, wayBack } from '../caller.js';
import { ticketOf } from '../launch-params.js';
import type { Access } from '../state/state.js';
import { useOzloc } from './context.js';

const SAID = {
  'ticket-used': { lead: 'access.ticketUsed', explain: 'access.ticketUsedExplain' },
  expired: { lead: 'access.expired', explain: 'access.expiredExplain' },
  gone: { lead: 'access.gone', explain: 'access.goneExplain' },
} as const;

/** A ticket that opens nothing, a sale whose time is over, or one of which this tab has nothing any more: the way on is another link, and what was typed waits for it. */
export function TicketOver() {
  const { i18n, state, entry } = useOzloc();
  const [link, setLink] = useState('');
  const [error, setError] = useState<'access.linkUnusable' | 'problem.NETWORK' | null>(null);
  const said = SAID[state.access === 'gone' || state.access === 'ticket-used' ? state.access : 'expired'];
  const go = async (event: Event) => {
    event.preventDefault();
    const ticket = ticketOf(link);
    const opened = ticket === null ? false : await entry.giveTicket(ticket).catch(() => null);
    if (!opened) setError(opened === null ? 'problem.NETWORK' : 'access.linkUnusable');
  };
  return (
    <form class="gate" onSubmit={go}>
      <Notice tone="warn" lead={i18n.t(said.lead)} alert>
        <p>{i18n.t(said.explain)}</p>
      </Notice>
      {state.canGoOn && (
        <button type="button" class="button primary wide" onClick={entry.goOn}>
          {i18n.t('access.goOn', { code: state.form.contractCode })}
        </button>
      )}
      {wayBack(state) && <BackToCnt />}
      <TextField
        label={i18n.t('access.link')}
        value={link}
        onInput={setLink}
        error={error ? i18n.t(error) : undefined}
        maxLength={20_000}
      />
      <button type="submit" class="button wide">
        {i18n.t('access.continue')}
      </button>
    </form>
  );
}

/** The ticket could not be exchanged; it may still be good. */
export function ExchangeFailed() {
  const { i18n, entry } = useOzloc();
  return (
    <Notice tone="bad" lead={i18n.t('problem.NETWORK')} alert>
      <div class="actions">
        <button type="button" class="button" onClick={() => entry.retry()}>
          {i18n.t('verdict.retry')}
        </button>
      </div>
    </Notice>
  );
}

/** Where a token, not a link, is what is missing: the search box stands first and stays usable, the gate within the list. */
export function isByToken(access: Access): boolean {
  return access === 'needed' || access === 'asked' || access === 'refused' || access === 'granted';
}

/** What the seller must do first: give a token or renew a link. Nothing once access is granted, or the sale made. */
export function Gate() {
  const { state, i18n, config, entry } = useOzloc();
  switch (state.access) {
    case 'exchanging':
      return (
        <p class="muted status-line">
          <span class="spinner" /> {i18n.t('access.exchanging')}
        </p>
      );
    case 'exchange-failed':
      return <ExchangeFailed />;
    case 'ticket-used':
    case 'expired':
    case 'gone':
      return <TicketOver />;
    case 'asked':
    case 'refused':
      return (
        <TokenForm
          i18n={i18n}
          refused={state.access === 'refused'}
          demoToken={config.demoToken}
          platformSignIn={config.platformSignIn}
          giveToken={entry.giveToken}
        />
      );
    default:
      return null;
  }
}

/** How long a result stands before the page goes back by itself, seconds. */
const STANDS_S = 6;

/** `soon`: by itself after some seconds, unless the seller does something here. */
export function BackToCnt({ soon = false }: { soon?: boolean }) {
  const { store, i18n } = useOzloc();
  const [left, setLeft] = useState(soon ? STANDS_S : null);
  useEffect(() => {
    if (left === null) return;
    if (left === 0) return goBack(store.get());
    const stay = () => setLeft(null);
    const tick = setTimeout(() => setLeft(left - 1), 1000);
    document.addEventListener('pointerdown', stay);
    document.addEventListener('keydown', stay);
    return () => {
      clearTimeout(tick);
      document.removeEventListener('pointerdown', stay);
      document.removeEventListener('keydown', stay);
    };
  }, [left, store]);
  return (
    <>
      <button type="button" class="button primary wide" onClick={() => goBack(store.get())}>
        {i18n.t('app.backToCnt')}
      </button>
      {left !== null && <p class="muted small">{i18n.t('app.backIn', { count: left })}</p>}
    </>
  );
}
