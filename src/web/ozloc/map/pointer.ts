import { type Map as MapLibre, type MapMouseEvent, Marker, Popup } from 'maplibre-gl';
import { drawTarget } from '../draw/draw-targets.js';
import type { Page } from '../panels/context.js';
import type { LatLng } from '../state/geometry.js';
import { isUnderWay, offerOf } from '../state/selectors.js';
import type { OzlocState } from '../state/state.js';
import { dropFeatures } from './features.js';
import { BOX_LAYERS, CANDIDATE_LAYER, show } from './overlays.js';

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

export function createClientMarker(map: MapLibre, { effects, i18n, store }: Page): ClientMarker {
  const grabbed = () => store.dispatch({ type: 'position.grabbed' });
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'client-marker';
  element.setAttribute('aria-label', i18n.t('position.marker'));
  const marker = new Marker({ element, anchor: 'bottom', draggable: true });
  // MapLibre names its markers itself; ours says what it is and what the keys do.
  element.setAttribute('role', 'button');
  let shown = false;

  const moved = () => effects.movePin(marker.getLngLat(), true);
  marker.on('dragstart', grabbed);
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

const REACH_PX = 8;

/** What pointers do on the map: choose a box, place the client, draw the drop, light up what is under them. */
export function listenToPointers(map: MapLibre, { store, effects }: Page): void {
  const project = (point: LatLng) => map.project([point.lng, point.lat]);

  function draw(state: OzlocState, at: MapMouseEvent['point']): void {
    const target = drawTarget(state, at, project);
    if (!target) store.dispatch({ type: 'drawing.missed' });
    else if (target.kind === 'pole') store.dispatch({ type: 'drawing.pole', pole: target.pole });
    else store.dispatch({ type: 'drawing.closed', boxId: target.boxId });
  }

  function chooseBox(state: OzlocState, boxId: string): void {
    if (offerOf(state, boxId)) store.dispatch({ type: 'sale.chosen', choice: { kind: 'box', boxId } });
    else store.dispatch({ type: 'box.asked', boxId });
  }

  /** A client who stands somewhere is not moved by a tap that was meant for the map. */
  function placeClient({ position }: OzlocState, { lat, lng }: LatLng): void {
    if (position) store.dispatch({ type: 'position.tapped', at: { lat, lng } });
    else effects.movePin({ lat, lng });
  }

  map.on('click', (event) => {
    const state = store.get();
    if (state.view === 'draw') return draw(state, event.point);
    const place = state.candidates[candidateUnder(map, event) ?? -1];
    if (place) return effects.chooseCandidate(place);
    const boxId = boxUnder(map, event);
    if (boxId && canChoose(state)) return chooseBox(state, boxId);
    if (state.view === 'list' && canPlace(state.access)) placeClient(state, event.lngLat);
  });

  map.on('mousemove', (event) => {
    const state = store.get();
    if (state.view === 'draw') {
      const target = drawTarget(state, event.point, project);
      show(map, 'drop', dropFeatures(state, target?.at ?? event.lngLat));
      map.getCanvas().style.cursor = target ? 'pointer' : 'crosshair';
      return;
    }
    // While the map is dragged or glides nothing is pointed at, and looking costs frames.
    if (map.isMoving()) return;
    const boxId = boxUnder(map, event);
    map.getCanvas().style.cursor = boxId || candidateUnder(map, event) !== null ? 'pointer' : '';
    if (boxId !== state.hotBoxId) store.dispatch({ type: 'box.hot', boxId });
  });

  map.on('mouseout', () => {
    const state = store.get();
    if (state.view === 'draw') show(map, 'drop', dropFeatures(state));
    else store.dispatch({ type: 'box.hot', boxId: null });
  });
}

function candidateUnder(map: MapLibre, { point }: MapMouseEvent): number | null {
  const [found] = map.queryRenderedFeatures(point, { layers: [CANDIDATE_LAYER] });
  const index: unknown = found?.properties.index;
  return typeof index === 'number' ? index : null;
}

function boxUnder(map: MapLibre, { point }: MapMouseEvent): string | null {
  const { x, y } = point;
  const [found] = map.queryRenderedFeatures(
    [
      [x - REACH_PX, y - REACH_PX],
      [x + REACH_PX, y + REACH_PX],
    ],
    { layers: BOX_LAYERS, filter: ['!=', ['get', 'occupancy'], 'other'] },
  );
  const id: unknown = found?.properties.id;
  return typeof id === 'string' ? id : null;
}

/** Not while another place is asked for: what is on offer is of the old one. */
function canChoose({ view, submission, viability }: OzlocState): boolean {
  return (view === 'list' || view === 'sale') && !isUnderWay(submission.status) && viability.status !== 'loading';
}

/** Also before there is a token: it is asked for then, and the place stays. */
function canPlace(access: OzlocState['access']): boolean {
  return access === 'granted' || access === 'needed' || access === 'asked' || access === 'refused';
}

/** Asks whether the client moves to the point that was clicked. */
export function createMoveQuestion(map: MapLibre, { store, effects, i18n }: Page): (at: LatLng | null) => void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button primary';
  button.textContent = i18n.t('position.moveHere');
  const popup = new Popup({ closeOnClick: false, className: 'move-question', maxWidth: 'none', offset: 6 });
  popup.setDOMContent(button);
  popup.on('close', () => store.get().tapped && store.dispatch({ type: 'position.tapped', at: null }));
  button.addEventListener('click', () => {
    const { tapped } = store.get();
    if (tapped) effects.movePin(tapped);
  });
  let shown: LatLng | null = null;
  return (at) => {
    if (at === shown) return;
    shown = at;
    if (at) popup.setLngLat(at).addTo(map);
    else popup.remove();
  };
}
