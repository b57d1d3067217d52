import { useEffect } from 'preact/hooks';
import { flatOf } from '../../../domain/flat.js';
import { Icon, Notice, TextField, useViewFocus } from '../../shared/components.js';
import { occupancyOf } from '../map/box-shapes.js';
import {
  chosenBuilding,
  chosenHome,
  chosenOffer,
  dropLengthM,
  dropLimitM,
  isUnderWay,
  leavesHome,
  saleIssues,
} from '../state/selectors.js';
import type { BuildingOffer, Form } from '../state/state.js';
import { useOzloc } from './context.js';
import { DropActions } from './draw.js';
import { BoxMark } from './offers.js';
import { BACK, LogLink, PortChoice, SubmissionNotice, ViewHead } from './view-parts.js';

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
          <dd>{home.address ?? i18n.t('home.noAddress')}</dd>
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
        {client.name ?? '—'}
        {client.property?.address && (
          <span class="muted small">
            {' '}
            {i18n.t('sale.from')} {client.property.address}
          </span>
        )}
        <LogLink code={state.form.contractCode} />
      </dd>
    </div>
  );
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
        {box.status && ` · ${i18n.t(`status.${box.status}`)}`}
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
function ApartmentField() {
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
      />
      {vacant.length > 0 && (
        <p class="small vacant">
          {i18n.t('sale.vacant')}{' '}
          {vacant.map((number) => (
            <button key={number} type="button" class="button quiet number" onClick={() => change(number)}>
              {number}
            </button>
          ))}
        </p>
      )}
    </>
  );
}

/** What must be typed before anything is sold, in the order of the fields. */
const MISSING = [
  ['contractMissing', 'sale.contractMissing'],
  ['apartmentMissing', 'sale.apartmentMissing'],
  ['apartmentSold', 'sale.apartmentSold'],
  ['apartmentNew', 'flat.moveExplain'],
] as const;

/** What becomes of the home that an active client leaves, and of its port. */
function OldHome() {
  const { state, i18n, config, dispatch } = useOzloc();
  const { keepOldProperty, disconnectDrop } = state.form;
  if (!leavesHome(state)) return null;
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={keepOldProperty}
          onChange={({ currentTarget: { checked } }) =>
            dispatch({ type: 'form.changed', patch: { keepOldProperty: checked } })
          }
        />
        {i18n.t('sale.keepOld')}
      </label>
      {keepOldProperty && (
        <label class="check">
          <input
            type="checkbox"
            checked={disconnectDrop ?? config.freesOldPort ?? false}
            onChange={({ currentTarget: { checked } }) =>
              dispatch({ type: 'form.changed', patch: { disconnectDrop: checked } })
            }
          />
          {i18n.t('sale.freeOldPort')}
        </label>
      )}
    </>
  );
}

/** What will be sold, for whom, and the one button that does it. */
export function Sale() {
  const { state, effects, i18n, dispatch } = useOzloc();
  const view = useViewFocus<HTMLFormElement>();
  const { form, submission, position, mode } = state;
  useEffect(() => effects.preparePoles(), []);
  const issues = saleIssues(state);
  const busy = isUnderWay(submission.status);
  const relocate = mode === 'relocate';
  const submit = (event: Event) => {
    event.preventDefault();
    if (issues.includes('contractMissing')) view.current?.querySelector<HTMLElement>('input')?.focus();
    void effects.submit();
  };
  const change = (patch: Partial<Form>) => dispatch({ type: 'form.changed', patch });
  const isPinned = chosenHome(state) !== null || chosenBuilding(state) !== null;
  const unsure = position && position.accuracyM > 0 && !isPinned ? i18n.metres(position.accuracyM) : null;

  return (
    <form class="view" ref={view} onSubmit={submit} aria-labelledby="sale-title" noValidate>
      <ViewHead
        id="sale-title"
        title={i18n.t(relocate ? 'sale.titleRelocate' : 'sale.title')}
        leave={{
          label: i18n.t('app.back'),
          icon: BACK,
          disabled: busy,
          onClick: () => dispatch({ type: 'sale.left' }),
        }}
      />
      <SaleFacts />
      {unsure && submission.status === 'idle' && (
        <p class="small warn-text">{i18n.t('sale.notPinned', { distance: unsure })}</p>
      )}
      {issues.includes('boxGone') && <Notice tone="bad" lead={i18n.t('sale.boxGone')} alert />}
      <fieldset disabled={busy} class="fields">
        <TextField
          label={i18n.t('sale.contract')}
          value={form.contractCode}
          onInput={(contractCode) => change({ contractCode })}
          readOnly={state.contractFixed || relocate}
          maxLength={100}
          required
          focus
        />
        <ApartmentField />
        {!relocate && (
          <TextField
            label={i18n.t('sale.name')}
            optional={i18n.t('sale.optional')}
            value={form.name}
            onInput={(name) => change({ name })}
            maxLength={200}
            focus
          />
        )}
        <TextField
          label={i18n.t('sale.address')}
          optional={i18n.t('sale.optional')}
          value={form.address}
          onInput={(address) => change({ address })}
        />
        {relocate ? (
          <OldHome />
        ) : (
          <TextField
            label={i18n.t('sale.observation')}
            optional={i18n.t('sale.optional')}
            value={form.observation}
            onInput={(observation) => change({ observation })}
            multiline
            maxLength={2000}
          />
        )}
        {state.choice?.kind === 'box' && <PortChoice key={state.choice.boxId} {...state.choice} />}
      </fieldset>
      <div class="view-foot">
        <SubmissionNotice />
        <button
          type="submit"
          class="button primary wide"
          aria-disabled={busy || issues.length > 0}
          aria-describedby="sale-issue"
        >
          {busy && <span class="spinner" />}
          {i18n.t(busy ? 'sale.sending' : relocate ? 'sale.confirmRelocate' : 'sale.confirm')}
        </button>
        <p class="muted small" id="sale-issue">
          {MISSING.flatMap(([issue, key]) => (issues.includes(issue) ? i18n.t(key) : [])).at(0)}
        </p>
      </div>
    </form>
  );
}
