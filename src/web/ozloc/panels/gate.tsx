import { Notice, TokenForm } from '../../shared/components.js';
import { Button, Waiting } from '../../shared/controls.js';
import type { Access } from '../state/state.js';
import { useOzloc } from './context.js';

/** The ticket could not be exchanged; it may still be good. */
export function ExchangeFailed() {
  const { i18n, entry } = useOzloc();
  return (
    <Notice tone="bad" lead={i18n.t('problem.NETWORK')} alert>
      <div class="actions">
        <Button onClick={() => entry.retry()}>{i18n.t('verdict.retry')}</Button>
      </div>
    </Notice>
  );
}

/** Where a token, not a link, is what is missing: the search box stands first and stays usable, the gate within the list. */
export function isByToken(access: Access): boolean {
  return access === 'needed' || access === 'asked' || access === 'refused' || access === 'granted';
}

/** Where the way on is another link. */
export function isTicketOver(access: Access): boolean {
  return access === 'ticket-used' || access === 'expired' || access === 'gone';
}

/** What the seller must do first, but for a link that is over. Nothing once access is granted, or the sale made. */
export function Gate() {
  const { state, i18n, config, entry } = useOzloc();
  switch (state.access) {
    case 'exchanging':
      return <Waiting text={i18n.t('access.exchanging')} />;
    case 'exchange-failed':
      return <ExchangeFailed />;
    case 'asked':
    case 'refused':
      return (
        <>
          {state.aside && <Notice tone="plain" lead={i18n.t('access.aside')} />}
          <TokenForm
            i18n={i18n}
            refused={state.access === 'refused'}
            demoToken={config.demoToken}
            platformSignIn={config.platformSignIn}
            giveToken={entry.giveToken}
          />
        </>
      );
    default:
      return null;
  }
}
