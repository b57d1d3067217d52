import { useEffect, useRef } from 'preact/hooks';
import { Notice } from '../../shared/components/notice.js';
import type { OzlocState } from '../state/state.js';
import { useOzloc } from './context.js';
import { Gate, isByToken } from './gate.js';
import { KeptHomes, nearHomes } from './kept-homes.js';
import { Offers } from './offers.js';
import { PositionCard } from './position.js';
import { Refusals } from './refusals.js';
import { Candidates, Search, SearchStart, SearchStatus } from './search.js';
import { VerdictNotice } from './verdict.js';

/** Search, position, and everything on offer there. */
export function List({ cameFrom }: { cameFrom: { view: OzlocState['view']; boxId: string | null } }) {
  const { state } = useOzloc();
  const { position, viability, candidates, search, access } = state;
  const answer = position ? viability.answer : null;
  const kept = position && answer && nearHomes(answer.reusableProperties, position);
  const asked = access === 'asked' || access === 'refused';
  const untouched =
    !asked && !position && candidates.length === 0 && viability.status === 'idle' && search.status === 'idle';
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Back from a view of its own: on with the row that it began at.
    if (cameFrom.view === 'list') {
      if (untouched) focusSearch();
      return;
    }
    const row = cameFrom.boxId && list.current?.querySelector<HTMLElement>(`tr[data-box="${cameFrom.boxId}"] button`);
    const next = row || document.querySelector<HTMLElement>('#draw-start');
    if (next) next.focus();
    else focusSearch();
  }, []);

  useEffect(() => {
    // The token's form is gone, and with it the focus.
    if (state.access === 'granted' && document.activeElement === document.body) focusSearch();
  }, [state.access]);

  return (
    <div class="view" ref={list} data-stale={viability.status === 'loading' ? '' : undefined}>
      <ExistingClientNotice />
      <Search />
      <SearchStatus />
      {isByToken(access) && <Gate />}
      {untouched && <SearchStart />}
      <Candidates />
      {position && <PositionCard position={position} />}
      {search.status !== 'busy' && <VerdictNotice />}
      {kept && <KeptHomes where="here" homes={kept.here} />}
      {answer && answer.boxes.length > 0 && <Offers offers={answer.boxes} />}
      {kept && <KeptHomes where="near" homes={kept.near} />}
      {answer && <Refusals refusals={answer.refusedBoxes} />}
    </div>
  );
}

function focusSearch() {
  document.querySelector<HTMLElement>('#search')?.focus();
}

/** With `integration_code`: whose home changes, and where he lives now. */
function ExistingClientNotice() {
  const { state, i18n } = useOzloc();
  if (state.mode !== 'relocate') return null;
  const { status, client } = state.existing;
  const code = state.form.contractCode;
  if (status === 'missing') return <Notice tone="bad" lead={i18n.t('sale.movingMissing', { code })} alert />;
  if (status === 'failed') return <Notice tone="bad" lead={i18n.t('sale.movingFailed', { code })} alert />;
  return (
    <Notice tone="plain" lead={i18n.t('sale.moving', { code })}>
      {client && (
        <p>
          {client.name}
          {client.name && client.property?.address && ' · '}
          {client.property?.address && `${i18n.t('sale.from')} ${client.property.address}`}
        </p>
      )}
    </Notice>
  );
}
