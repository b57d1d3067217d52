import { Icon } from '../../shared/components/icon.js';
import { occupancyOf } from '../map/box-shapes.js';
import { chosenHome, chosenOffer, drawnForChoice, dropLengthM, dropLimitM, saleIssues } from '../state/selectors.js';
import { BoxMark } from './box-mark.js';
import { useOzloc } from './context.js';

/** Box, distance and drop of what is being sold. */
export function SaleFacts() {
  const { state, effects, i18n, dispatch } = useOzloc();
  const offer = chosenOffer(state);
  const home = chosenHome(state);
  const length = dropLengthM(state);
  const limit = offer ? dropLimitM(state, offer.box.id) : null;
  const drawn = drawnForChoice(state);
  const tooLong = saleIssues(state).includes('tooLong');
  if (!offer && !home) return null;
  const boxName = offer?.box.name ?? home?.box?.name ?? '—';

  return (
    <dl class="facts">
      <div class="main">
        <dt class="sr-only">{i18n.t('sale.box')}</dt>
        <dd>
          {offer ? (
            <BoxMark status={offer.box.status} occupancy={occupancyOf(offer.freePorts)} />
          ) : (
            <Icon name="home" />
          )}
          <strong>{boxName}</strong>
          {offer && (
            <span class="muted small">
              {i18n.plural('offers.ports', offer.freePorts)}
              {offer.box.status && ` · ${i18n.t(`status.${offer.box.status}`)}`}
              {offer.box.type && ` · ${offer.box.type.code}`}
            </span>
          )}
        </dd>
      </div>
      {offer && (
        <div>
          <dt>{i18n.t('sale.distance')}</dt>
          <dd class="number">{i18n.metres(offer.distanceM)}</dd>
        </div>
      )}
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
      {offer && (
        <div class="drop-actions">
          <dt class="sr-only">{i18n.t('draw.title')}</dt>
          <dd>
            <span class="muted small">
              {drawn ? i18n.plural('draw.drawn', state.drawing.poles.length) : i18n.t('draw.straight')}
            </span>
            {drawn && (
              <button type="button" class="button quiet" onClick={() => dispatch({ type: 'drawing.removed' })}>
                {i18n.t('draw.remove')}
              </button>
            )}
            <button type="button" class="button quiet" onClick={() => effects.startDrawing()}>
              <Icon name="route" /> {i18n.t(drawn ? 'draw.redo' : 'draw.start')}
            </button>
          </dd>
        </div>
      )}
      {tooLong && limit !== null && (
        <p class="bad-text small" role="alert">
          {i18n.t('sale.tooLong', { distance: i18n.metres(limit) })}
        </p>
      )}
    </dl>
  );
}
