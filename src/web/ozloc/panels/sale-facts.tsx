import { flatOf } from '../../../domain/flat.js';
import { TextField } from '../../shared/components.js';
import { Button, Icon } from '../../shared/controls.js';
import { occupancyOf } from '../map/box-shapes.js';
import { distanceM } from '../state/geometry.js';
import {
  chosenBuilding,
  chosenHome,
  chosenOffer,
  dropLengthM,
  dropLimitM,
  located,
  saleIssues,
} from '../state/selectors.js';
import type { BuildingOffer, OzlocState } from '../state/state.js';
import { type I18n, useOzloc } from './context.js';
import { DropActions } from './draw.js';
import { BoxMark, BoxStatus } from './offers.js';
import { FormerLog, LogLink } from './view-parts.js';

/** What is being sold. */
export function SaleFacts() {
  const flat = chosenBuilding(useOzloc().state);
  return flat ? <FlatFacts offer={flat} /> : <PlaceFacts />;
}

/** Box, distance and drop of a place. */
function PlaceFacts() {
  const { state, i18n } = useOzloc();
  const offer = chosenOffer(state);
  const home = chosenHome(state);
  const length = dropLengthM(state);
  const limit = offer ? dropLimitM(state, offer.box.id) : null;
  const tooLong = saleIssues(state).includes('tooLong');
  if (!offer && !home) return null;

  return (
    <dl class="facts">
      <div class="main">
        <dt class="sr-only">{i18n.t('sale.box')}</dt>
        <dd>{offer ? <OfferedBox offer={offer} /> : <HomeBox home={home} />}</dd>
      </div>
      {offer && (
        <div>
          <dt>{i18n.t('sale.distance')}</dt>
          <dd class="number">{i18n.metres(offer.distanceM)}</dd>
        </div>
      )}
      <Mover />
      {home && (
        <div>
          <dt>{i18n.t('sale.home')}</dt>
          <dd>
            {home.address ?? i18n.t('home.noAddress')} <FormerLog key={home.id} propertyId={home.id} />
          </dd>
        </div>
      )}
      <div>
        <dt>{i18n.t('sale.drop')}</dt>
        <dd class={tooLong ? 'number bad-text' : 'number'}>
          {length === null ? '—' : i18n.metres(length)}
          {limit !== null && <span class="muted"> ({i18n.t('draw.limit', { distance: i18n.metres(limit) })})</span>}
        </dd>
      </div>
      {offer && <DropActions />}
      {tooLong && limit !== null && (
        <p class="bad-text small" role="alert">
          {i18n.t('sale.tooLong', { distance: i18n.metres(limit) })}
        </p>
      )}
    </dl>
  );
}

/** Who moves, and from where. */
function Mover() {
  const { i18n, state } = useOzloc();
  const { client } = state.existing;
  if (state.mode !== 'relocate' || !client) return null;
  return (
    <div>
      <dt>{i18n.t('done.client')}</dt>
      <dd>
        {client.name ?? client.contractCode}
        {client.property?.address && (
          <span class="muted small">
            {' '}
            {i18n.t('sale.from')} {[client.property.address, movesBy(state, i18n)].filter(Boolean).join(' · ')}
          </span>
        )}
        <LogLink code={state.form.contractCode} />
      </dd>
    </div>
  );
}

/** Whose home changes, in one line: with a place the boxes are what counts, and the sale says the old address again. */
export function MovingFrom() {
  const { i18n, state } = useOzloc();
  const { client } = state.existing;
  const address = client?.property?.address;
  const where = state.position ? movesBy(state, i18n) : address && `${i18n.t('sale.from')} ${address}`;
  return <p>{[client?.name, where].filter(Boolean).join(' · ')}</p>;
}

/** How far the new address is from the home of today; null where either is not known. */
function movesBy({ existing: { client }, position }: OzlocState, i18n: I18n): string | null {
  const home = client?.property ? located(client.property) : null;
  return home && position && i18n.t('sale.movesBy', { distance: i18n.metres(distanceM(home, position)) });
}

/** A flat hangs on its building: there is no drop to lead. */
function FlatFacts({ offer: { building, distanceM, freePorts, soldApartments } }: { offer: BuildingOffer }) {
  const { i18n } = useOzloc();
  return (
    <dl class="facts">
      <div class="main">
        <dt class="sr-only">{i18n.t('sale.building')}</dt>
        <dd>
          <Icon name="home" />
          <strong>{building.name ?? '—'}</strong>
          <span class="muted small">{i18n.plural('offers.ports', freePorts)}</span>
        </dd>
      </div>
      {distanceM >= 1 && (
        <div>
          <dt>{i18n.t('sale.distance')}</dt>
          <dd class="number">{i18n.metres(distanceM)}</dd>
        </div>
      )}
      <Mover />
      {soldApartments && soldApartments.length > 0 && (
        <div>
          <dt>{i18n.t('sale.sold')}</dt>
          <dd class="number">{soldApartments.join(', ')}</dd>
        </div>
      )}
    </dl>
  );
}

function OfferedBox({ offer: { box, freePorts } }: { offer: NonNullable<ReturnType<typeof chosenOffer>> }) {
  const { i18n } = useOzloc();
  return (
    <>
      <BoxMark status={box.status} occupancy={occupancyOf(freePorts)} />
      <strong>{box.name ?? '—'}</strong>
      <span class="muted small">
        {i18n.plural('offers.ports', freePorts)}
        {box.status && ' · '}
        {box.status && <BoxStatus status={box.status} />}
        {box.type && ` · ${box.type.code}`}
      </span>
    </>
  );
}

function HomeBox({ home }: { home: ReturnType<typeof chosenHome> }) {
  return (
    <>
      <Icon name="home" />
      <strong>{home?.box?.name ?? '—'}</strong>
    </>
  );
}

/** Which flat of the chosen building. */
export function ApartmentField() {
  const { state, i18n, dispatch } = useOzloc();
  if (state.choice?.kind !== 'flat') return null;
  const vacant = (chosenBuilding(state)?.vacantFlats ?? []).flatMap(({ address }) => flatOf(address ?? '') ?? []);
  const change = (apartment: string) => dispatch({ type: 'form.changed', patch: { apartment } });
  return (
    <>
      <TextField
        label={i18n.t('sale.apartment')}
        value={state.form.apartment}
        onInput={change}
        maxLength={40}
        required
        focus
      />
      {vacant.length > 0 && (
        <p class="small vacant">
          {i18n.t('sale.vacant')}{' '}
          {vacant.map((number) => (
            <Button look="quiet number" key={number} onClick={() => change(number)}>
              {number}
            </Button>
          ))}
        </p>
      )}
    </>
  );
}
