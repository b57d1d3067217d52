import { useMemo, useRef } from 'preact/hooks';
import { Notice, useKeptFocus, useViewFocus } from '../../shared/components.js';
import { Button, Icon, IconButton } from '../../shared/controls.js';
import { nextPoles } from '../draw/draw-targets.js';
import { endsOf, suggestWay } from '../draw/suggest-way.js';
import { pathLengthM } from '../state/geometry.js';
import { aimedBox } from '../state/reduce-drawing.js';
import { drawnForChoice, dropLimitM, offerOf, pathTo } from '../state/selectors.js';
import type { Offer } from '../state/state.js';
import { useOzloc } from './context.js';
import { ViewHead } from './view-parts.js';

/** Boxes that a whole way is offered to, while none is chosen. */
const WAYS = 3;

/** Draws the drop pole by pole: on the map, or from this list without a mouse. */
export function Draw() {
  const { state, i18n, dispatch } = useOzloc();
  const view = useViewFocus<HTMLElement>();
  const target = aimedBox(state);
  const { poles } = state.drawing;
  const length = pathLengthM(pathTo(state, null));
  const limit = dropLimitM(state, target);
  const ends = endsOf(state, target);
  const [nearest, ...others] = ends;

  return (
    <section class="view" ref={view} aria-labelledby="draw-title">
      <ViewHead
        id="draw-title"
        title={i18n.t('draw.title')}
        leave={{ label: i18n.t('draw.cancel'), icon: 'cross', onClick: () => dispatch({ type: 'drawing.left' }) }}
      />
      <p class="muted small draw-explain">{i18n.t('draw.explain')}</p>
      <div class="meter">
        <p role="status">
          <span class="muted small">{i18n.t('draw.length')}</span>
          <strong class="number big">{i18n.metres(length)}</strong>
          {limit !== null && <span class="muted small">{i18n.t('draw.limit', { distance: i18n.metres(limit) })}</span>}
        </p>
        <p class="muted small">{i18n.plural('draw.poles', poles.length)}</p>
        <IconButton
          icon="undo"
          label={i18n.t('draw.undo')}
          aria-disabled={poles.length === 0}
          onClick={() => dispatch({ type: 'drawing.undone' })}
        />
        {limit !== null && <progress max={limit} value={Math.min(length, limit)} aria-label={i18n.t('draw.length')} />}
      </div>
      {ends.slice(0, WAYS).map(({ box }) => (
        <SuggestedWay key={box.id} boxId={box.id} name={target ? null : box.name} />
      ))}
      <NextPoles />
      {others.length > 0 && (
        <div>
          <h3>{i18n.t('draw.finish')}</h3>
          <ul class="steps">
            {others.slice(0, 5).map(({ box }) => (
              <li key={box.id}>
                <FinishAt box={box} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <div class="view-foot">
        <DrawHint />
        {nearest && <FinishAt box={nearest.box} main />}
      </div>
    </section>
  );
}

/** `main`: what the drawing leads to, always within reach. */
function FinishAt({ box, main = false }: { box: Offer['box']; main?: boolean }) {
  const { i18n, dispatch } = useOzloc();
  return (
    <Button
      look={main ? 'primary wide' : ''}
      onClick={() => dispatch({ type: 'drawing.closed', boxId: box.id })}
      onFocus={() => dispatch({ type: 'box.hot', boxId: box.id })}
      onBlur={() => dispatch({ type: 'box.hot', boxId: null })}
    >
      <Icon name="check" /> {i18n.t('draw.finishAt', { box: box.name ?? '' })}
    </Button>
  );
}

function NextPoles() {
  const { state, i18n, dispatch } = useOzloc();
  const steps = nextPoles(state);
  if (state.poles.status === 'loading' && steps.length === 0) {
    return <p class="muted small">{i18n.t('draw.loading')}</p>;
  }
  if (state.poles.status === 'failed') return <Notice tone="bad" lead={i18n.t('draw.polesFailed')} alert />;
  if (state.poles.list.length === 0) return <Notice tone="plain" lead={i18n.t('draw.noPoles')} />;
  return (
    <div>
      <h3>{i18n.t('draw.next')}</h3>
      <ul class="steps">
        {steps.map((step, index) => (
          <li key={step.pole.id}>
            <Button onClick={() => dispatch({ type: 'drawing.pole', pole: step.pole })}>
              <span class="step-number number" aria-hidden="true">
                {index + 1}
              </span>
              <span>
                {i18n.t('draw.pole', {
                  distance: i18n.metres(step.distanceM),
                  direction: i18n.t(`direction.${step.direction}`),
                })}
                {!step.leadsOn && <span class="muted"> · {i18n.t('draw.detour')}</span>}
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

const HINTS = {
  'off-network': { tone: 'warn', lead: 'draw.offNetwork' },
  'too-long': { tone: 'bad', lead: 'draw.tooLong' },
  away: { tone: 'warn', lead: 'draw.away' },
  repeated: { tone: 'warn', lead: 'draw.repeated' },
} as const;

function DrawHint() {
  const { state, i18n } = useOzloc();
  if (state.drawHint === null) return null;
  const { tone, lead } = HINTS[state.drawHint];
  const limit = dropLimitM(state, aimedBox(state));
  return <Notice tone={tone} lead={i18n.t(lead, { distance: limit === null ? '' : i18n.metres(limit) })} alert />;
}

/** How the drop runs, and the ways to change that. */
export function DropActions() {
  const { state, effects, i18n, dispatch } = useOzloc();
  const drawn = drawnForChoice(state);
  const stays = useKeptFocus<HTMLButtonElement>();
  return (
    <div class="drop-actions">
      <dt class="sr-only">{i18n.t('draw.title')}</dt>
      <dd>
        <span class="muted small">
          {drawn ? i18n.plural('draw.drawn', state.drawing.poles.length) : i18n.t('draw.straight')}
        </span>
        {!drawn && state.choice?.kind === 'box' && <SuggestedWay boxId={state.choice.boxId} />}
        {drawn && (
          <Button look="quiet" onClick={() => dispatch({ type: 'drawing.removed' })}>
            {i18n.t('draw.remove')}
          </Button>
        )}
        <Button look="quiet" at={stays} onClick={() => effects.startDrawing()}>
          <Icon name="route" /> {i18n.t(drawn ? 'draw.redo' : 'draw.start')}
        </Button>
      </dd>
    </div>
  );
}

/** The way along the poles, for one press. */
function SuggestedWay({ boxId, name = null }: { boxId: string; name?: string | null }) {
  const { state, i18n, dispatch } = useOzloc();
  const { position, poles, view, drawing } = state;
  const way = useMemo(() => suggestWay(state, boxId), [position, poles, boxId, view, drawing]);
  const shown = useRef(false);
  // Where one was shown its place stays: the list below is not to move from under a finger.
  if (!way && shown.current) return <div class="way-place" />;
  // Where OZmap offers a way over poles itself, that is what is laid.
  if (!way || (offerOf(state, boxId)?.dropPath?.length ?? 0) > 2) return null;
  shown.current = view === 'draw';
  const limit = name === null ? null : dropLimitM(state, boxId);
  const take = () => {
    dispatch({ type: 'drawing.taken', boxId, poles: way.poles });
    // On to what is still to be typed.
    const code = document.querySelector<HTMLInputElement>('.fields input[aria-required]');
    if (code?.value === '') code.focus();
  };
  return (
    <Button look="way" onClick={take}>
      <Icon name="route" />
      <span>
        {name !== null && `${name} · `}
        {i18n.plural('draw.way', way.poles.length, { distance: i18n.metres(way.lengthM) })}
        {limit !== null && ` (${i18n.t('draw.limit', { distance: i18n.metres(limit) })})`}
      </span>
    </Button>
  );
}
