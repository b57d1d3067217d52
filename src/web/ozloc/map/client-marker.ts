import { type Map as MapLibre, Marker } from 'maplibre-gl';
import type { I18n } from '../../shared/i18n/i18n.js';
import type { Effects } from '../effects/effects.js';
import type { LatLng } from '../state/geometry.js';

const STEP_M = 1;
const BIG_STEP_M = 10;
const STEPS: Record<string, [east: number, north: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** The client on the map. Moves by drag and by arrow keys; `setMovable(false)` pins it down. */
export interface ClientMarker {
  place(at: LatLng | null): void;
  setMovable(movable: boolean): void;
}

export function createClientMarker(map: MapLibre, effects: Effects, i18n: I18n): ClientMarker {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'client-marker';
  element.setAttribute('aria-label', i18n.t('position.marker'));
  const marker = new Marker({ element, anchor: 'bottom', draggable: true });
  // MapLibre names its markers itself; ours says what it is and what the keys do.
  element.setAttribute('role', 'button');
  let shown = false;

  const moved = () => {
    const { lat, lng } = marker.getLngLat();
    effects.movePin({ lat, lng });
  };
  marker.on('drag', moved);
  marker.on('dragend', moved);

  element.addEventListener('keydown', (event) => {
    const step = STEPS[event.key];
    if (!step || !marker.isDraggable()) return;
    event.preventDefault();
    event.stopPropagation();
    const size = event.shiftKey ? BIG_STEP_M : STEP_M;
    effects.nudgePin(step[0] * size, step[1] * size);
  });
  element.addEventListener('click', (event) => event.stopPropagation());

  return {
    place(at) {
      if (!at) {
        if (shown) marker.remove();
        shown = false;
        return;
      }
      marker.setLngLat([at.lng, at.lat]);
      if (!shown) marker.addTo(map);
      shown = true;
    },
    setMovable(movable) {
      if (marker.isDraggable() === movable) return;
      marker.setDraggable(movable);
      element.classList.toggle('fixed', !movable);
      element.setAttribute('aria-label', i18n.t(movable ? 'position.marker' : 'position.marker.fixed'));
    },
  };
}
