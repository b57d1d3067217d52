import { useEffect, useState } from 'preact/hooks';
import { Notice, TextField } from '../../shared/components.js';
import { Button } from '../../shared/controls.js';
import { goBack, wayBack } from '../caller.js';
import { cleanEntry } from '../history.js';
import { ticketOf } from '../launch-params.js';
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
        <Button look="primary wide" onClick={entry.goOn}>
          {i18n.t('access.goOn', { code: state.form.contractCode })}
        </Button>
      )}
      {wayBack(state) && <BackToCnt />}
      <TextField
        label={i18n.t('access.link')}
        value={link}
        onInput={setLink}
        error={error ? i18n.t(error) : undefined}
        maxLength={20_000}
      />
      <Button type="submit" look="wide">
        {i18n.t('access.continue')}
      </Button>
    </form>
  );
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
      <Button look="primary wide" onClick={() => goBack(store.get())}>
        {i18n.t('app.backToCnt')}
      </Button>
      {left !== null && <p class="muted small">{i18n.t('app.backIn', { count: left })}</p>}
    </>
  );
}

/** OZmap knows no such contract: another code is tried, or its client is a new one. */
export function OtherContract() {
  const { state, effects, i18n, dispatch } = useOzloc();
  const [code, setCode] = useState(state.form.contractCode);
  if (state.contractFixed)
    return (
      <>
        <p>{i18n.t('move.linkOnly')}</p>
        {wayBack(state) && <BackToCnt />}
      </>
    );
  const correct = (event: Event) => {
    event.preventDefault();
    if (code.trim() === '') return;
    dispatch({ type: 'form.changed', patch: { contractCode: code.trim() } });
    cleanEntry(addressOf('integration_code', code.trim()), false);
    void effects.loadExisting();
  };
  const asNew = () => {
    cleanEntry(addressOf('cod_cli', state.form.contractCode), false);
    dispatch({ type: 'sale.asNew' });
  };
  return (
    <form class="fields" onSubmit={correct}>
      <TextField label={i18n.t('sale.contract')} value={code} onInput={setCode} maxLength={100} />
      <div class="actions">
        <Button type="submit">{i18n.t('move.correct')}</Button>
        <Button onClick={asNew}>{i18n.t('move.asNew')}</Button>
      </div>
    </form>
  );
}

/** The page's address for this contract, sold or moved; the rest of it is left as it was written. */
function addressOf(name: 'cod_cli' | 'integration_code', code: string): string {
  const rest = location.search
    .split(/[?&]/)
    .filter((pair) => pair && !/^(cod_cli|integration_code|contract)=/i.test(pair));
  return `${location.pathname}?${[`${name}=${encodeURIComponent(code)}`, ...rest].join('&')}`;
}
