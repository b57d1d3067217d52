import { Notice } from '../../shared/components/notice.js';
import { AccessForm } from './access-form.js';
import { useOzloc } from './context.js';
import { ExchangeFailed, TicketOver } from './ticket-gate.js';

/** What stands between the seller and the answers: a token to give, a link to renew. Nothing once access is granted. */
export function Gate() {
  const { state, i18n } = useOzloc();
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
      return <TicketOver />;
    case 'asked':
    case 'refused':
      return <AccessForm />;
    default:
      return null;
  }
}

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
