import { useEffect, useRef, useState } from 'preact/hooks';
import { formatCoordinates, type LatLng, parseCoordinates } from '../state/geometry.js';
import { useOzloc } from './context.js';

/** Types the client's position: the way for whoever neither drags nor clicks. */
export function CoordinatesForm({ position, onClose }: { position: LatLng; onClose(): void }) {
  const { effects, i18n } = useOzloc();
  const [draft, setDraft] = useState(formatCoordinates(position));
  const [invalid, setInvalid] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);

  const apply = (event: Event) => {
    event.preventDefault();
    const point = parseCoordinates(draft);
    setInvalid(point === null);
    if (!point) return;
    onClose();
    effects.movePin(point);
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
        onInput={(event) => setDraft(event.currentTarget.value)}
      />
      <button type="submit" class="button">
        {i18n.t('position.set')}
      </button>
      {invalid && (
        <p class="error small" id="coordinates-error" role="alert">
          {i18n.t('position.invalid')}
        </p>
      )}
    </form>
  );
}
