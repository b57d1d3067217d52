import type { FeatureCollection as Collection, Feature, Point } from 'geojson';
import type { ImplantationStatus } from '../../../generated/operations.js';
import { circle, type LatLng } from '../state/geometry.js';
import { dropLine, located } from '../state/selectors.js';
import type { OzlocState } from '../state/state.js';
import { type Occupancy, occupancyOf } from './box-shapes.js';

/** What each source of the map shows, made from the state alone. */
export interface MapFeatures {
  boxes: Collection;
  poles: Collection;
  drop: Collection;
  error: Collection;
  candidates: Collection;
}

const collection = (features: Feature[]): Collection => ({ type: 'FeatureCollection', features });

/** Boxes on offer and refused, over the others around; one feature per box. */
export function boxFeatures({ viability, surroundings, outcome, view }: OzlocState): Collection {
  const features = new Map<string, Feature>();
  const put = (
    box: { id: string; name: string; lat: number | null; lng: number | null; status: ImplantationStatus | null },
    occupancy: Occupancy,
    sign: string,
  ) => {
    const point = located(box);
    if (!point) return;
    const icon = `box-${box.status ?? 'IMPLANTED'}-${occupancy}`;
    const properties = { id: box.id, name: box.name, icon, sign, occupancy, rank: RANK[occupancy] };
    features.set(box.id, { type: 'Feature', geometry: pointOf(point), properties });
  };
  for (const box of surroundings) put(box, 'other', '');
  for (const { box } of viability.answer?.refusedBoxes ?? []) put(box, 'refused', '');
  for (const { box, freePorts } of viability.answer?.boxes ?? []) put(box, occupancyOf(freePorts), String(freePorts));
  const sold = view === 'done' ? outcome?.reservation.box : null;
  if (sold && !features.has(sold.id)) put({ ...sold, status: null }, 'free', '');
  return collection([...features.values()]);
}

const RANK: Record<Occupancy, number> = { other: 0, refused: 1, last: 2, free: 3 };

export function poleFeatures({ poles, drawing }: OzlocState): Collection {
  const used = new Set(drawing.poles.map(({ id }) => id));
  return collection(
    poles.list.map((pole) => ({
      type: 'Feature',
      geometry: pointOf(pole),
      properties: { id: pole.id, used: used.has(pole.id) },
    })),
  );
}

/** The drop, with `pointer` as its loose end while it is drawn. */
export function dropFeatures(state: OzlocState, pointer: LatLng | null = null): Collection {
  const drop = dropLine(state);
  if (!drop) return collection([]);
  const path = pointer && state.view === 'draw' ? [...drop.path, pointer] : drop.path;
  if (path.length < 2) return collection([]);
  const coordinates = path.map(({ lat, lng }) => [lng, lat]);
  return collection([
    { type: 'Feature', geometry: { type: 'LineString', coordinates }, properties: { drawn: drop.drawn } },
  ]);
}

/** The places that an address may mean, numbered as in the list. */
export function candidateFeatures({ candidates }: OzlocState): Collection {
  return collection(
    candidates.map((place, index) => ({
      type: 'Feature',
      geometry: pointOf(place),
      properties: { id: String(index), index, sign: String(index + 1) },
    })),
  );
}

/** The circle that holds the true position. */
export function errorFeatures({ position }: OzlocState): Collection {
  if (!position || position.accuracyM <= 0) return collection([]);
  const ring = circle(position, position.accuracyM).map(({ lat, lng }) => [lng, lat]);
  return collection([{ type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring] }, properties: {} }]);
}

function pointOf({ lat, lng }: LatLng): Point {
  return { type: 'Point', coordinates: [lng, lat] };
}
