import { useRef, useState } from 'preact/hooks';
import { Icon } from '../../shared/components/icon.js';
import { formatCoordinates } from '../state/geometry.js';
import type { Position } from '../state/state.js';
import { useOzloc } from './context.js';
import { CoordinatesForm } from './coordinates-form.js';

/** Where the client stands, how exact that is, and the way to type it. */
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
          <span class="number">{formatCoordinates(position)}</span>
          <span class="muted small">{describe()}</span>
        </p>
        {state.previousPosition && (
          <button
            type="button"
            class="button quiet icon"
            aria-label={i18n.t('position.undo')}
            title={i18n.t('position.undo')}
            onClick={() => effects.undoMove()}
          >
            <Icon name="undo" />
          </button>
        )}
        <button
          ref={edit}
          type="button"
          class="button quiet icon"
          aria-label={i18n.t('position.edit')}
          title={i18n.t('position.edit')}
          aria-expanded={editing}
          onClick={() => setEditing(!editing)}
        >
          <Icon name="pencil" />
        </button>
      </div>
      {editing && <CoordinatesForm position={position} onClose={close} />}
    </section>
  );

  function describe() {
    const how = i18n.t(position.source === 'gps' ? 'position.gps' : `precision.${position.precision}`);
    if (position.accuracyM <= 0) return how;
    return `${how} · ${i18n.t('position.error', { distance: i18n.metres(position.accuracyM) })}`;
  }
}
