import { useState } from 'preact/hooks';
import { Notice } from '../../shared/components/notice.js';
import { TextField } from '../../shared/components/text-field.js';
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
        <button type="button" class="button primary wide" onClick={entry.goOn}>
          {i18n.t('access.goOn', { code: state.form.contractCode })}
        </button>
      )}
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
