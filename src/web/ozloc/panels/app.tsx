import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../shared/components/icon.js';
import type { OzlocState } from '../state/state.js';
import { AccessForm, ExchangeFailed, KeyRefused, TicketOver } from './access.js';
import { Announcer } from './announcer.js';
import { Brand } from './brand.js';
import { useOzloc } from './context.js';
import { Done } from './done.js';
import { Draw } from './draw.js';
import { List } from './list.js';
import { MapPanel } from './map-panel.js';
import { Prospect, ProspectDone } from './prospect.js';
import { Sale } from './sale.js';

/** The ways in. */
interface EntryProps {
  onToken(token: string): void;
  onRetry(): void;
}

/** The page: the sale on one side, the map on the other. */
export function App({ onToken, onRetry }: EntryProps) {
  const { state, dispatch, i18n } = useOzloc();
  const [mapLarge, setMapLarge] = useState(false);
  const scroller = useRef<HTMLElement>(null);

  useEffect(() => scroller.current?.scrollTo(0, 0), [state.view]);

  useEffect(() => {
    // Escape goes one step back, wherever the focus is.
    const stepBack = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (state.view === 'draw') dispatch({ type: 'drawing.left' });
      else if (state.view === 'sale') dispatch({ type: 'sale.left' });
      else if (state.view === 'prospect') dispatch({ type: 'prospect.left' });
    };
    document.addEventListener('keydown', stepBack);
    return () => document.removeEventListener('keydown', stepBack);
  }, [state.view, dispatch]);

  return (
    <div class={`app view-${state.view} ${mapLarge ? 'map-large' : ''}`}>
      <main class="panel" ref={scroller}>
        <Brand />
        {state.keyRefused && <KeyRefused />}
        <Content onToken={onToken} onRetry={onRetry} />
        <Announcer />
      </main>
      <MapPanel />
      <button type="button" class="button sheet-toggle" aria-pressed={mapLarge} onClick={() => setMapLarge(!mapLarge)}>
        <Icon name={mapLarge ? 'up' : 'down'} size={18} /> {i18n.t(mapLarge ? 'map.smaller' : 'map.larger')}
      </button>
    </div>
  );
}

function Content({ onToken, onRetry }: EntryProps) {
  const { state, i18n } = useOzloc();
  const cameFrom = useRef<{ view: OzlocState['view']; boxId: string | null }>({ view: 'list', boxId: null });
  const from = cameFrom.current;
  useEffect(() => {
    const boxId = state.choice?.kind === 'box' ? state.choice.boxId : null;
    cameFrom.current = { view: state.view, boxId };
  }, [state.view, state.choice]);

  switch (state.access) {
    case 'exchanging':
      return (
        <p class="muted status-line">
          <span class="spinner" /> {i18n.t('access.exchanging')}
        </p>
      );
    case 'exchange-failed':
      return <ExchangeFailed onRetry={onRetry} />;
    case 'ticket-used':
    case 'expired':
      return <TicketOver />;
    case 'needed':
    case 'refused':
      return <AccessForm onToken={onToken} />;
  }
  switch (state.view) {
    case 'list':
      return <List cameFrom={from} />;
    case 'sale':
      return <Sale />;
    case 'draw':
      return <Draw />;
    case 'done':
      return state.outcome && <Done outcome={state.outcome} />;
    case 'prospect':
      return <Prospect />;
    case 'prospect-done':
      return <ProspectDone />;
  }
}
