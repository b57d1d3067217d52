import { useEffect, useRef, useState } from 'preact/hooks';
import { Notice } from '../../shared/components.js';
import { Button, IconButton } from '../../shared/controls.js';
import { distanceM, formatCoordinates, type LatLng, parseCoordinates } from '../state/geometry.js';
import type { Place, Position } from '../state/state.js';
import { useOzloc } from './context.js';

/** Types the client's position: for users who neither drag nor click. */
export function CoordinatesForm({ position, onClose }: { position: LatLng; onClose(): void }) {
  const { effects, i18n } = useOzloc();
  const now = formatCoordinates(position);
  // What is typed, and that it cannot be read, is of this place: another one begins anew.
  const [typed, setTyped] = useState({ at: now, draft: now, invalid: false });
  const { draft, invalid } = typed.at === now ? typed : { draft: now, invalid: false };
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);

  const apply = (event: Event) => {
    event.preventDefault();
    const point = parseCoordinates(draft);
    // Other writings and links to maps the service reads.
    const readable = point !== null || /\d.*\d/.test(draft);
    if (!readable) return setTyped({ at: now, draft, invalid: true });
    onClose();
    if (point) effects.movePin(point);
    else void effects.search(draft);
  };
  return (
    <form
      class="coordinates"
      onSubmit={apply}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <label class="sr-only" for="coordinates">
        {i18n.t('position.coordinates')}
      </label>
      <input
        id="coordinates"
        ref={input}
        class="input number"
        value={draft}
        autocomplete="off"
        aria-invalid={invalid ? 'true' : undefined}
        aria-describedby={invalid ? 'coordinates-error' : undefined}
        onInput={(event) => setTyped({ at: now, draft: event.currentTarget.value, invalid })}
      />
      <Button type="submit">{i18n.t('position.set')}</Button>
      {invalid && (
        <p class="error small" id="coordinates-error" role="alert">
          {i18n.t('position.invalid')}
        </p>
      )}
    </form>
  );
}

/** The client's position, its accuracy, and a form to type it. */
export function PositionCard({ position }: { position: Position }) {
  const { state, effects, i18n } = useOzloc();
  const [editing, setEditing] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const close = () => {
    setEditing(false);
    edit.current?.focus();
  };
  return (
    <section class="position" aria-label={i18n.t('position.title')}>
      <div class="position-line">
        <span class="pin-dot" aria-hidden="true" />
        <p>
          <strong class="place">{headline()}</strong>
          {position.only && <span class="warn-text small">{i18n.t('position.only')}</span>}
          <span class="muted small">{describe()}</span>
          <span class="muted small number">{formatCoordinates(position)}</span>
        </p>
        {state.previousPosition && (
          <IconButton look="quiet" icon="undo" label={i18n.t('position.undo')} onClick={() => effects.undoMove()} />
        )}
        <IconButton
          look="quiet"
          icon="pencil"
          label={i18n.t('position.edit')}
          at={edit}
          aria-expanded={editing}
          onClick={() => setEditing(!editing)}
        />
      </div>
      {position.corrected && (
        <Notice tone="warn" lead={i18n.t('position.corrected')} alert>
          <p class="number">{i18n.t('position.typed', { typed: formatCoordinates(position.corrected) })}</p>
          <div class="actions">
            <Button onClick={() => void effects.asTyped()}>{i18n.t('position.asTyped')}</Button>
          </div>
        </Notice>
      )}
      {editing && <CoordinatesForm position={position} onClose={close} />}
    </section>
  );

  /** Which place this is, in words. */
  function headline() {
    const { address } = position;
    if (position.source === 'geocoder' && address) return address.label;
    if (!address) return i18n.t('position.point');
    const distance = i18n.metres(distanceM(address, position));
    return i18n.t('position.pointNear', { distance, address: address.label });
  }

  function describe() {
    const how = i18n.t(position.source === 'gps' ? 'position.gps' : `precision.${position.precision}`);
    if (position.accuracyM <= 0) return how;
    return `${how} · ${i18n.t('position.error', { distance: i18n.metres(position.accuracyM) })}`;
  }
}

/** The same address in several places: the seller says which. */
export function Candidates() {
  const { state, effects, i18n } = useOzloc();
  const [first] = state.candidates;
  // What is written the same is told apart by its corner.
  const isTwin = ({ formattedAddress }: Place) =>
    state.candidates.filter((other) => other.formattedAddress === formattedAddress).length > 1;
  if (!first) return null;
  return (
    <section aria-labelledby="candidates-title">
      <h2 id="candidates-title">{i18n.plural('candidates.title', state.candidates.length)}</h2>
      <p class="muted small">{i18n.t('candidates.explain')}</p>
      <ul class="choices">
        {state.candidates.map((place, index) => (
          <li key={`${place.lat},${place.lng}`}>
            <button type="button" class="choice candidate" onClick={() => effects.chooseCandidate(place)}>
              <span class="candidate-number number" aria-hidden="true">
                {index + 1}
              </span>
              <span>{place.formattedAddress ?? formatCoordinates(place)}</span>
              <span class="muted small">
                {isTwin(place) && place.crossStreet && (
                  <strong>{i18n.t('candidates.corner', { street: place.crossStreet })} · </strong>
                )}
                {index > 0 && `${i18n.t('candidates.apart', { distance: i18n.metres(distanceM(first, place)) })} · `}
                {i18n.t(`precision.${place.precision}`)} ·{' '}
                {i18n.t('position.error', { distance: i18n.metres(place.accuracyM) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
