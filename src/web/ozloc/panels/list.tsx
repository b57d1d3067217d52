import { useEffect, useRef } from 'preact/hooks';
import { Notice } from '../../shared/components.js';
import { Icon } from '../../shared/controls.js';
import type { BuildingOffer, OzlocState, Viability } from '../state/state.js';
import { useOzloc } from './context.js';
import { Gate, isByToken } from './gate.js';
import { HERE_M, KeptHomes, nearHomes, Offers } from './offers.js';
import { Candidates, PositionCard } from './position.js';
import { Search, SearchStart, SearchStatus } from './search.js';
import { type Steps, VerdictNotice } from './verdict.js';

/** Gated communities: the one that the client lives in, and those next to it, whose boxes may serve nobody else. */
function Condominiums({ all }: { all: Viability['condominiums'] }) {
  const { i18n } = useOzloc();
  const inside = (all ?? []).filter(({ distanceM }) => distanceM === 0);
  const [near] = all ?? [];
  if (near && inside.length === 0) {
    const { name, distanceM } = near;
    return <p class="muted small">{i18n.t('condominium.near', { name, distance: i18n.metres(distanceM) })}</p>;
  }
  return (
    <>
      {inside.map(({ name, observation }) => (
        <Notice key={name} tone="plain" lead={i18n.t('condominium.inside', { name })}>
          {observation && <p>{observation}</p>}
        </Notice>
      ))}
    </>
  );
}

/** Buildings with free ports of their own: their flats are sold by their number. */
function Buildings({ where, offers }: { where: 'here' | 'near'; offers: readonly BuildingOffer[] }) {
  const { i18n, state, dispatch } = useOzloc();
  if (offers.length === 0) return null;
  const moves = state.mode === 'relocate';
  // A client moves into a flat that is on the map already: a new one is made by a sale alone.
  const open = offers.filter(({ vacantFlats }) => !moves || (vacantFlats ?? []).length > 0);
  const shut = offers.filter((offer) => !open.includes(offer));
  return (
    <section aria-labelledby={`buildings-${where}`}>
      <h2 id={`buildings-${where}`}>{i18n.t(`flat.${where}`)}</h2>
      <ul class="choices">
        {open.map(({ building, distanceM, freePorts, soldApartments, vacantFlats }) => (
          <li key={building.id}>
            <button
              type="button"
              class="choice home"
              onClick={() => dispatch({ type: 'sale.chosen', choice: { kind: 'flat', buildingId: building.id } })}
            >
              <Icon name="home" />
              <span>{building.name ?? '—'}</span>
              <span class="number muted">{distanceM >= 1 && i18n.metres(distanceM)}</span>
              <span class="small drop-there">
                <strong>
                  {moves
                    ? i18n.plural('flat.vacant', (vacantFlats ?? []).length)
                    : i18n.plural('offers.ports', freePorts)}
                </strong>
                {soldApartments && ` · ${i18n.plural('flat.sold', soldApartments.length)}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {shut.length > 0 && (
        <p class="muted small">
          {shut.map(({ building }) => building.name ?? '—').join(', ')} · {i18n.t('flat.moveExplain')}
        </p>
      )}
    </section>
  );
}

interface ListProps {
  cameFrom: { view: OzlocState['view']; boxId: string | null };
  steps: Steps | null;
}

/** Search, position, and everything on offer there. */
export function List({ cameFrom, steps }: ListProps) {
  const { state } = useOzloc();
  const { position, viability, candidates, search, access, existing } = state;
  const answer = position ? viability.answer : null;
  const kept = position && answer && nearHomes(answer.reusableProperties, position);
  // Of a street as a whole no home can be the client's own.
  const exact = position !== null && position.accuracyM <= HERE_M;
  const isHere = ({ distanceM }: BuildingOffer) => exact && distanceM <= HERE_M;
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
      <ExistingClientNotice steps={steps} />
      <Search />
      <SearchStatus />
      {isByToken(access) && <Gate />}
      {untouched && <SearchStart />}
      <Candidates />
      <div class="answer" inert={search.status === 'busy'} hidden={existing.status === 'missing'}>
        {position && <PositionCard key={`${position.source} ${position.address?.label}`} position={position} />}
        {search.status !== 'busy' && <VerdictNotice steps={steps} />}
        {answer && (
          <div class="answer" inert={viability.status === 'loading'}>
            <Condominiums all={answer.condominiums} />
            <Buildings where="here" offers={answer.buildings.filter(isHere)} />
            <Offers offers={answer.boxes} />
            {kept && exact && <KeptHomes where="here" homes={kept.here} />}
            <Buildings where="near" offers={answer.buildings.filter((offer) => !isHere(offer))} />
            {steps && <steps.Refusals refusals={answer.refusedBoxes} />}
            {kept && <KeptHomes where="near" homes={exact ? kept.near : [...kept.here, ...kept.near]} />}
          </div>
        )}
      </div>
    </div>
  );
}

/** On a phone the keyboard would lie over the page before anybody wants to type: there the list itself takes the focus. */
function focusSearch() {
  const isTouched = matchMedia('(pointer: coarse)').matches;
  const start = document.querySelector<HTMLElement>(isTouched ? '.view' : '#search');
  if (isTouched) start?.setAttribute('tabindex', '-1');
  start?.focus();
}

/** With `integration_code`: whose home changes, and where he lives now. */
function ExistingClientNotice({ steps }: Pick<ListProps, 'steps'>) {
  const { state, i18n } = useOzloc();
  if (state.mode !== 'relocate') return null;
  const { status, client } = state.existing;
  const code = state.form.contractCode;
  if (status === 'missing')
    return (
      <>
        <Notice tone="bad" lead={i18n.t('sale.movingMissing', { code })} alert />
        {steps && <steps.OtherContract />}
      </>
    );
  if (status === 'failed') return <Notice tone="bad" lead={i18n.t('sale.movingFailed', { code })} alert />;
  return (
    <Notice tone="plain" lead={i18n.t('sale.moving', { code })}>
      {steps && <steps.MovingFrom />}
      {steps && client?.reservation?.expiresAt && (
        <steps.Held code={client.contractCode} expiresAt={client.reservation.expiresAt} />
      )}
    </Notice>
  );
}
