import { LngLatBounds, type Map as MapLibre } from 'maplibre-gl';
import { nextPoles } from '../draw/draw-targets.js';
import { circle, type LatLng } from '../state/geometry.js';
import { boxLocation, chosenHome, located } from '../state/selectors.js';
import type { OzlocState } from '../state/state.js';

const CLOSE_ZOOM = 17.5;
/** Farther out a place is a dot in its town. */
const TOWN_ZOOM = 16;
/** Poles are aimed at with a thumb. */
const DRAWING_ZOOM = 19;
const FITTED_OFFERS = 6;
const MARGIN_PX = 24;
/** The client's marker stands above its point. */
const MARKER_PX = 52;

/** Moves the view as little as it can: to a new address, to what an answer shows there, to the chosen box when it is out of sight. */
export function followSale(map: MapLibre, state: OzlocState, before: OzlocState): void {
  const { position, candidates, existing } = state;
  // Of a contract: where it is now.
  if (!position && existing.client !== before.existing.client) showPoints(map, everything(state));
  if (candidates !== before.candidates && candidates.length > 0) showPoints(map, candidates);
  if (!position) return;
  const placed = position !== before.position && position.source !== 'pin';
  const outOfSight = position !== before.position && !map.getBounds().contains([position.lng, position.lat]);
  if (placed || outOfSight) goTo(map, position, state, before);
  else followStep(map, position, state, before);
}

function goTo(map: MapLibre, { lat, lng }: LatLng, state: OzlocState, before: OzlocState): void {
  if (state.viability.status === 'ready' && state.viability.answer !== before.viability.answer) fitAll(map, state);
  else map.easeTo({ center: [lng, lat], zoom: Math.max(map.getZoom(), CLOSE_ZOOM - 0.8) });
}

/** A choice, the step of drawing, or the first answer here. */
function followStep(map: MapLibre, position: LatLng, state: OzlocState, before: OzlocState): void {
  const way = [position, ...goals(state)];
  const answered = state.viability.answer !== before.viability.answer && before.viability.answer === null;
  const chosen = state.choice !== before.choice && state.choice !== null;
  // Drawing may have gone on to where the client is out of sight.
  const drawn = before.view === 'draw' && state.view === 'sale';
  if (chosen || drawn) fitIfHidden(map, way);
  // As close as it gets with both ends in view: the poles between them are what is aimed at.
  else if (state.view === 'draw') followDrawing(map, state, before);
  else if (answered && map.getZoom() < TOWN_ZOOM) showPoints(map, everything(state));
  else if (answered || (state.nearest[0] && state.nearest !== before.nearest)) fitIfHidden(map, everything(state));
}

/** Box and poles that the list offers, also once they have come, and after each pole. */
function followDrawing(map: MapLibre, state: OzlocState, before: OzlocState): void {
  const come = state.poles !== before.poles && before.poles.status === 'loading';
  if (state.view !== before.view) showPoints(map, drawable(state), DRAWING_ZOOM);
  else if (come || state.drawing !== before.drawing) fitIfHidden(map, drawable(state), DRAWING_ZOOM);
}

/** From where the drawing stands to its box, with the poles that are next. */
function drawable(state: OzlocState): LatLng[] {
  const last = state.drawing.poles.at(-1) ?? state.position;
  return [...(last ? [last] : []), ...goals(state), ...nextPoles(state).map(({ pole }) => pole)];
}

/** Client, its error and the nearest boxes in one view. */
export function fitAll(map: MapLibre, state: OzlocState): void {
  showPoints(map, everything(state));
}

function everything(state: OzlocState): LatLng[] {
  const { position, viability, candidates, mode, existing } = state;
  const home = existing.client?.property && located(existing.client.property);
  const boxes = (viability.answer?.boxes ?? []).slice(0, FITTED_OFFERS).map(({ box }) => located(box));
  const nearest = state.nearest[0] ? located(state.nearest[0]) : null;
  const error = position && position.accuracyM > 0 ? circle(position, position.accuracyM, 8) : [];
  return [
    ...(position ? [position] : []),
    ...error,
    ...(nearest ? [nearest] : []),
    ...candidates,
    ...(mode === 'relocate' && home ? [home] : []),
    ...(state.view === 'contract' ? laidDrop(state) : []),
    ...boxes.filter((point) => point !== null),
  ];
}

/** The drop of a contract, and the box that it hangs on. */
function laidDrop({ existing }: OzlocState): LatLng[] {
  const { box, drop } = existing.client?.property ?? {};
  const at = box && located(box);
  return [...(at ? [at] : []), ...(drop?.path ?? [])];
}

/** The box that is sold; while a drop is drawn to none yet, the nearest on offer. */
function goals(state: OzlocState): LatLng[] {
  const { choice, view, viability } = state;
  const box = choice ? chosenHome(state)?.box : view === 'draw' && viability.answer?.boxes[0]?.box;
  const at = choice?.kind === 'box' ? boxLocation(state, choice.boxId) : box && located(box);
  return at ? [at] : [];
}

/** Both ends of what is being sold stay in view when the map gets smaller, as on a phone where the sheet of a step takes more of it. */
export function keepSaleInView(map: MapLibre, state: OzlocState): void {
  const { position, choice, view, drawing } = state;
  if (!position || !(choice || view === 'draw')) return;
  const way = [position, ...goals(state)];
  // The map has just got the room that drawing needs.
  if (view === 'draw' && drawing.poles.length === 0) showPoints(map, drawable(state), DRAWING_ZOOM);
  else fitIfHidden(map, way);
}

function fitIfHidden(map: MapLibre, points: LatLng[], maxZoom = CLOSE_ZOOM): void {
  const { clientWidth, clientHeight } = map.getContainer();
  const hidden = points.some(({ lat, lng }) => {
    const { x, y } = map.project([lng, lat]);
    return x < MARGIN_PX || x > clientWidth - MARGIN_PX || y < MARKER_PX || y > clientHeight - MARGIN_PX;
  });
  if (hidden) showPoints(map, points, maxZoom);
}

function showPoints(map: MapLibre, points: LatLng[], maxZoom = CLOSE_ZOOM): void {
  const [first, ...rest] = points;
  if (!first) return;
  const bounds = rest.reduce(
    (all, { lat, lng }) => all.extend([lng, lat]),
    new LngLatBounds([first.lng, first.lat], [first.lng, first.lat]),
  );
  const { clientWidth, clientHeight } = map.getContainer();
  const narrow = clientWidth < 480;
  // On a phone the sheet's edge lies over the map's, and the controls are a column at the right: a marker is not to be under them.
  const padding = narrow
    ? { top: MARKER_PX + 12, bottom: Math.min(42, clientHeight / 3), left: 44, right: 76 }
    : Math.min(90, clientWidth / 6, clientHeight / 6);
  map.fitBounds(bounds, { padding, maxZoom, duration: 500 });
}
