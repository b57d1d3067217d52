import { useRef, useState } from 'preact/hooks';
import type { ImplantationStatus } from '../../../generated/operations.js';
import { Button, Icon } from '../../shared/controls.js';
import { BOX_SHAPES, isPlanned, type Occupancy, occupancyOf } from '../map/box-shapes.js';
import { distanceM, type LatLng } from '../state/geometry.js';
import { located } from '../state/selectors.js';
import type { KeptHome, Offer } from '../state/state.js';
import { useOzloc } from './context.js';

/** The boxes with free ports, nearest first. Arrow keys move through them, Enter chooses. */
export function Offers({ offers }: { offers: readonly Offer[] }) {
  const { i18n, state, effects } = useOzloc();
  const table = useRef<HTMLTableElement>(null);
  const [active, setActive] = useState(0);
  if (offers.length === 0) return null;
  const current = Math.min(active, offers.length - 1);

  const move = (event: KeyboardEvent) => {
    const to = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: offers.length - 1 }[event.key];
    if (to === undefined || to < 0 || to >= offers.length) return;
    event.preventDefault();
    setActive(to);
    table.current?.querySelectorAll<HTMLElement>('tbody button')[to]?.focus();
  };

  return (
    <section aria-labelledby="offers-title">
      <div class="section-head">
        <h2 id="offers-title">{i18n.t('offers.title')}</h2>
        <Button look="quiet" id="draw-start" onClick={() => effects.startDrawing()}>
          <Icon name="route" /> {i18n.t('draw.start')}
        </Button>
      </div>
      <table
        class="offers"
        ref={table}
        aria-labelledby="offers-title"
        aria-describedby="offers-hint"
        aria-busy={state.viability.status === 'loading'}
        onKeyDown={move}
      >
        <thead>
          <tr>
            <th scope="col">{i18n.t('offers.name')}</th>
            <th scope="col">{i18n.t('offers.distance')}</th>
            <th scope="col">{i18n.t('offers.ports')}</th>
            <th scope="col">{i18n.t('offers.status')}</th>
            <th scope="col">{i18n.t('offers.type')}</th>
          </tr>
        </thead>
        <tbody>
          {offers.map((offer, index) => (
            <OfferRow key={offer.box.id} offer={offer} tabbable={index === current} onFocus={() => setActive(index)} />
          ))}
        </tbody>
      </table>
      {offers.some(outdoesType) && <p class="muted small">{i18n.t('offers.portsMean')}</p>}
      <p class="sr-only" id="offers-hint">
        {i18n.t('offers.hint')}
      </p>
    </section>
  );
}

/** More ports are free than one splitter of the box's type has: `18` beside `CTO 1:16`. */
function outdoesType({ box, freePorts }: Offer): boolean {
  return freePorts > Number(/1:(\d+)/.exec(box.type?.code ?? '')?.[1]);
}

function OfferRow({ offer, tabbable, onFocus }: { offer: Offer; tabbable: boolean; onFocus(): void }) {
  const { i18n, state, dispatch } = useOzloc();
  const { box, freePorts } = offer;
  const hot = state.hotBoxId === box.id;
  const warm = () => dispatch({ type: 'box.hot', boxId: box.id });
  const cool = () => dispatch({ type: 'box.hot', boxId: null });
  return (
    <tr class={hot ? 'hot' : undefined} data-box={box.id}>
      <th scope="row">
        <BoxMark status={box.status} occupancy={occupancyOf(freePorts)} />
        <button
          type="button"
          tabIndex={tabbable ? 0 : -1}
          onClick={() => dispatch({ type: 'sale.chosen', choice: { kind: 'box', boxId: box.id } })}
          onMouseEnter={warm}
          onMouseLeave={cool}
          onFocus={() => {
            onFocus();
            warm();
          }}
          onBlur={cool}
        >
          {box.name}
        </button>
        {!offer.certain && <span class="tag warn">{i18n.t('offers.uncertain')}</span>}
      </th>
      <td class="number">{i18n.metres(offer.distanceM)}</td>
      <td class="number">
        {freePorts}
        <span class="unit"> {i18n.plural('offers.ports', freePorts).replace(/^\S+\s/, '')}</span>
      </td>
      <td>
        <BoxStatus status={box.status} />
      </td>
      <td>{box.type?.code ?? '—'}</td>
    </tr>
  );
}

/** In words; of one that is not there yet it is a warning. */
export function BoxStatus({ status }: { status: ImplantationStatus | null }) {
  const { i18n } = useOzloc();
  return (
    <span class={isPlanned(status) ? 'tag warn' : undefined}>
      {i18n.t(status ? `status.${status}` : 'status.unknown')}
    </span>
  );
}

/** The symbol of a box on the map: its shape shows the status, its colour and sign the occupancy. */
export function BoxMark(props: { status: ImplantationStatus | null; occupancy: Occupancy; text?: string }) {
  return (
    <svg
      class={`box-mark ${props.occupancy} ${isPlanned(props.status) ? 'planned' : ''}`}
      viewBox="0 0 24 24"
      width="24"
      height="24"
      aria-hidden="true"
    >
      <path d={BOX_SHAPES[props.status ?? 'IMPLANTED']} />
      {props.occupancy === 'refused' && <path d="M9 9 15 15M15 9 9 15" />}
      {props.text && (
        <text x="12" y="12" text-anchor="middle" dominant-baseline="central">
          {props.text}
        </text>
      )}
    </svg>
  );
}

/** Within this the home may be the client's own: what the seller should see before any box. */
export const HERE_M = 30;

/** A home on offer and its distance from the client; null: OZmap does not say where it is. */
interface NearHome {
  home: KeptHome;
  distanceM: number | null;
}

/** Homes by their distance: those that may be the client's own, and the others. */
export function nearHomes(homes: readonly KeptHome[], from: LatLng): { here: NearHome[]; near: NearHome[] } {
  const all = homes.map((home) => {
    const at = located(home);
    return { home, distanceM: at && distanceM(from, at) };
  });
  const far = ({ distanceM }: NearHome) => distanceM ?? Number.POSITIVE_INFINITY;
  all.sort((a, b) => far(a) - far(b));
  return { here: all.filter((home) => far(home) <= HERE_M), near: all.filter((home) => far(home) > HERE_M) };
}

/** Homes nearby whose client left and whose drop is still there: the quickest sale of all. */
export function KeptHomes({ where, homes }: { where: 'here' | 'near'; homes: readonly NearHome[] }) {
  const { i18n, dispatch } = useOzloc();
  if (homes.length === 0) return null;
  return (
    <section aria-labelledby={`homes-${where}`}>
      <h2 id={`homes-${where}`}>{i18n.t(`home.${where}`)}</h2>
      <ul class="choices">
        {homes.map(({ home, distanceM }) => (
          <li key={home.id}>
            <button
              type="button"
              class="choice home"
              title={i18n.t('home.use')}
              onClick={() => dispatch({ type: 'sale.chosen', choice: { kind: 'home', propertyId: home.id } })}
            >
              <Icon name="home" />
              <span>{home.address ?? i18n.t('home.noAddress')}</span>
              <span class="number muted">{distanceM !== null && distanceM >= 1 && i18n.metres(distanceM)}</span>
              <strong class="small drop-there">
                {home.box ? i18n.t('home.offer', { box: home.box.name ?? '' }) : i18n.t('home.offerNoBox')}
              </strong>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
