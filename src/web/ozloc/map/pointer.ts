import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl';
import { drawTarget } from '../draw/draw-targets.js';
import type { Page } from '../panels/context.js';
import type { LatLng } from '../state/geometry.js';
import { isUnderWay, offerOf } from '../state/selectors.js';
import type { OzlocState } from '../state/state.js';
import { dropFeatures } from './features.js';
import { BOX_LAYERS, CANDIDATE_LAYER, show } from './overlays.js';

const REACH_PX = 8;

/** What pointers do on the map: choose a box, place the client, draw the drop, light up what is under them. */
export function listenToPointers(map: MapLibre, { store, effects }: Page): void {
  const project = (point: LatLng) => map.project([point.lng, point.lat]);

  map.on('click', (event) => {
    const state = store.get();
    if (state.view === 'draw') {
      const target = drawTarget(state, event.point, project);
      if (!target) store.dispatch({ type: 'drawing.missed' });
      else if (target.kind === 'pole') store.dispatch({ type: 'drawing.pole', pole: target.pole });
      else store.dispatch({ type: 'drawing.closed', boxId: target.boxId });
      return;
    }
    const place = state.candidates[candidateUnder(map, event) ?? -1];
    if (place) return effects.chooseCandidate(place);
    const boxId = boxUnder(map, event);
    const canChoose = state.view === 'list' || state.view === 'sale';
    if (boxId && canChoose && !isUnderWay(state.submission.status)) {
      if (offerOf(state, boxId)) store.dispatch({ type: 'sale.chosen', choice: { kind: 'box', boxId } });
      else store.dispatch({ type: 'box.asked', boxId });
      return;
    }
    if (state.view === 'list' && canPlace(state.access)) effects.movePin(event.lngLat);
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

/** Also before there is a token: it is asked for then, and the place stays. */
function canPlace(access: OzlocState['access']): boolean {
  return access === 'granted' || access === 'needed' || access === 'asked' || access === 'refused';
}
