import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { KeyRefused } from '../../shared/components/access.js';
import { Announcer } from './announcer.js';
import { Brand } from './brand.js';
import { Content } from './content.js';
import { useOzloc } from './context.js';
import { MapPanel } from './map-panel.js';

/** The page: the sale on one side, the map on the other. */
export function App() {
  const { state, store, i18n, dispatch } = useOzloc();
  const [mapLarge, setMapLarge] = useState(false);
  const scroller = useRef<HTMLElement>(null);

  useEffect(() => scroller.current?.scrollTo(0, 0), [state.view]);

  // Before the first paint and by the state at the time of the key: no Escape is lost, however early or quick it is.
  useLayoutEffect(() => {
    // Escape goes one step back, wherever the focus is.
    const stepBack = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const { view } = store.get();
      if (view === 'draw') store.dispatch({ type: 'drawing.left' });
      else if (view === 'sale') store.dispatch({ type: 'sale.left' });
      else if (view === 'prospect') store.dispatch({ type: 'prospect.left' });
    };
    document.addEventListener('keydown', stepBack);
    return () => document.removeEventListener('keydown', stepBack);
  }, [store]);

  return (
    <div class={`app view-${state.view} ${mapLarge ? 'map-large' : ''}`}>
      <main class="panel" ref={scroller}>
        <Brand />
        {state.keyRefused && (
          <KeyRefused
            i18n={i18n}
            instead={i18n.t('key.instead')}
            onDismiss={() => dispatch({ type: 'key.dismissed' })}
          />
        )}
        <Content />
        <Announcer />
      </main>
      <MapPanel large={mapLarge} onResize={() => setMapLarge(!mapLarge)} />
    </div>
  );
}
