import { useEffect, useRef } from 'preact/hooks';
import type { OzlocState } from '../state/state.js';
import { useOzloc } from './context.js';
import { Done } from './done.js';
import { Draw } from './draw.js';
import { Gate, isByToken } from './gate.js';
import { List } from './list.js';
import { Prospect, ProspectDone } from './prospect.js';
import { Sale } from './sale.js';

/** The step of the sale; while nothing can be asked it stays in sight, untouched, below what has to be done first. */
export function Content() {
  const { state } = useOzloc();
  const { access, view, position, candidates } = state;
  const inList = view === 'list' && isByToken(access);
  const begun = view !== 'list' || position !== null || candidates.length > 0;
  return (
    <>
      {!inList && <Gate />}
      {(inList || begun) && (
        <div class="kept" inert={!inList && access !== 'granted' && access !== 'ended'}>
          <View />
        </div>
      )}
    </>
  );
}

function View() {
  const { state } = useOzloc();
  const cameFrom = useRef<{ view: OzlocState['view']; boxId: string | null }>({ view: 'list', boxId: null });
  const from = cameFrom.current;
  useEffect(() => {
    const boxId = state.choice?.kind === 'box' ? state.choice.boxId : null;
    cameFrom.current = { view: state.view, boxId };
  }, [state.view, state.choice]);

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
