import { TokenForm } from '../../shared/components/access.js';
import type { Access } from '../state/state.js';
import { useOzloc } from './context.js';
import { ExchangeFailed, TicketOver } from './ticket-gate.js';

/** Where a token, not a link, is what is missing: the search box stands first and stays usable, the gate within the list. */
export function isByToken(access: Access): boolean {
  return access === 'needed' || access === 'asked' || access === 'refused' || access === 'granted';
}

/** What stands between the seller and the answers: a token to give, a link to renew. Nothing once access is granted, or the sale made. */
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
          giveToken={entry.giveToken}
        />
      );
    default:
      return null;
  }
}
