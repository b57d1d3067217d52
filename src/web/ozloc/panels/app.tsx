import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { BrandMark, KeyRefused, Notice } from '../../shared/components.js';
import { Button, Waiting } from '../../shared/controls.js';
import { leaving } from '../history.js';
import { isOver } from '../state/selectors.js';
import type { OzlocState } from '../state/state.js';
import { type I18n, learnWords, useOzloc } from './context.js';
import { Gate, isByToken, isTicketOver } from './gate.js';
import { List } from './list.js';
import { Grip, MapPanel } from './map-panel.js';
import type { Steps } from './verdict.js';

/** Says aloud what sighted people see change: the list that appeared, its nearest box. */
export function Announcer() {
  const { state, i18n } = useOzloc();
  return (
    <p class="sr-only" role="status">
      {announcement(state, i18n)}
    </p>
  );
}

function announcement({ viability, view, position, candidates }: OzlocState, i18n: I18n): string {
  if (view !== 'list') return '';
  if (candidates.length > 0) return i18n.plural('candidates.title', candidates.length);
  if (viability.status !== 'ready' || !viability.answer || !position) return '';
  const [nearest] = viability.answer.boxes;
  if (!nearest) return i18n.t('offers.announceNone');
  return i18n.t('offers.announce', {
    boxes: i18n.plural('verdict.viable', viability.answer.boxes.length),
    name: nearest.box.name ?? '',
    distance: i18n.metres(nearest.distanceM),
  });
}

/** Name of the page, and whose sale it is. */
export function Brand() {
  const { state, i18n, config } = useOzloc();
  const { contractCode } = state.form;
  const moves = state.mode === 'relocate' && state.view !== 'contract';
  return (
    <header class="brand">
      <BrandMark config={config} />
      <h1>OZloc</h1>
      <p class={`muted small ${moves ? 'stays' : ''}`}>{i18n.t(moves ? 'app.relocate' : 'app.subtitle')}</p>
      {contractCode !== '' && state.contractFixed && <span class="chip number">{contractCode}</span>}
    </header>
  );
}

/** The step of the sale; while nothing can be asked it stays in sight, untouched, below what has to be done first. */
export function Content() {
  const { state } = useOzloc();
  const { access, view, position, candidates, existing } = state;
  // Nothing of the contract is known yet but its code: that is what the token is asked for.
  const isHead = view === 'contract' && existing.status === 'none';
  const inList = view === 'list' && isByToken(access);
  const begun = view !== 'list' || position !== null || candidates.length > 0;
  return (
    <>
      {isHead && <View />}
      {!inList && (isTicketOver(access) ? <Step view="over" /> : <Gate />)}
      {!isHead && (inList || begun) && (
        <div class="kept" inert={!inList && access !== 'granted' && access !== 'ended'}>
          <View />
        </div>
      )}
    </>
  );
}

function View() {
  const { state, i18n } = useOzloc();
  const cameFrom = useRef<{ view: OzlocState['view']; boxId: string | null }>({ view: 'list', boxId: null });
  const from = cameFrom.current;
  useEffect(() => {
    const boxId = state.choice?.kind === 'box' ? state.choice.boxId : null;
    cameFrom.current = { view: state.view, boxId };
  }, [state.view, state.choice]);

  const { client, status } = state.existing;
  const soon = state.viability.status === 'ready' || client !== null || status === 'missing';
  const [, show] = useState(false);
  // Before they are needed: the network may be gone by then.
  useEffect(() => {
    if (soon) fetchSteps(i18n).then(() => show(true), ignored);
  }, [soon]);
  if (state.view !== 'list') return <Step view={state.view} />;
  return <List cameFrom={from} steps={steps} />;
}

/** A step that is opened fetches them again, and says so where it cannot. */
const ignored = () => {};

let steps: Steps | null = null;

/** The steps, and what they say. */
async function fetchSteps(i18n: I18n): Promise<void> {
  if (steps) return;
  [steps] = await Promise.all([import('./steps.js'), learnWords(i18n)]);
}

/** A step behind the list, once it has come. */
function Step({ view }: { view: Exclude<OzlocState['view'], 'list'> | 'over' }) {
  const { state, i18n } = useOzloc();
  const [fetched, setFetched] = useState<'no' | 'yes' | 'failed'>(steps ? 'yes' : 'no');
  const fetch = () =>
    fetchSteps(i18n).then(
      () => setFetched('yes'),
      () => setFetched('failed'),
    );
  useEffect(() => void (steps ?? fetch()), []);
  if (!steps) {
    if (fetched === 'no') return <Waiting />;
    return (
      <Notice tone="bad" lead={i18n.t('problem.NETWORK')} alert>
        <Button onClick={fetch}>{i18n.t('verdict.retry')}</Button>
      </Notice>
    );
  }
  switch (view) {
    case 'contract':
      return <steps.ContractPlace />;
    case 'over':
      return <steps.TicketOver />;
    case 'sale':
      return <steps.Sale />;
    case 'draw':
      return <steps.Draw />;
    case 'done':
      return state.outcome && <steps.Done outcome={state.outcome} />;
    case 'prospect':
      return <steps.Prospect />;
    case 'prospect-done':
      return <steps.ProspectDone />;
  }
}

/** The page: the sale on one side, the map on the other. */
export function App() {
  const { state, store, i18n, dispatch } = useOzloc();
  const [mapLarge, setMapLarge] = useState(false);
  const sheet = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLElement>(null);

  useEffect(() => {
    scroller.current?.scrollTo(0, 0);
    // Each step has the room that it needs, and what has to be done before it goes on is seen.
    setMapLarge(false);
    sheet.current?.style.removeProperty('--sheet');
  }, [state.view, state.access]);

  // Before the first paint and by the state at the time of the key: no Escape is lost, however early or quick it is.
  useLayoutEffect(() => {
    // Escape goes one step back, wherever the focus is.
    const stepBack = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const step = isOver(store.get()) ? null : leaving(store.get());
      if (step) store.dispatch(step);
    };
    document.addEventListener('keydown', stepBack);
    return () => document.removeEventListener('keydown', stepBack);
  }, [store]);

  return (
    <div class={`app view-${state.view} ${mapLarge ? 'map-large' : ''}`} ref={sheet}>
      <Grip sheet={sheet} mapLarge={mapLarge} onTap={() => setMapLarge(!mapLarge)} />
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
      <MapPanel />
    </div>
  );
}
