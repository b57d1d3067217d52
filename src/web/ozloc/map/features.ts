import type { FeatureCollection as Collection, Feature, Point } from 'geojson';
import type { ImplantationStatus } from '../../../generated/operations.js';
import { nextPoles } from '../draw/draw-targets.js';
import { circle, type LatLng } from '../state/geometry.js';
import { dropLine, located } from '../state/selectors.js';
import type { OzlocState } from '../state/state.js';
import { isPlanned, type Occupancy, occupancyOf } from './box-shapes.js';

/** What each source of the map shows, made from the state alone. */
export interface MapFeatures {
  boxes: Collection;
  poles: Collection;
  drop: Collection;
  error: Collection;
  candidates: Collection;
  /** Where the client lives who moves. */
  home: Collection;
  /** What the client's marker covers: no name is put there. */
  marker: Collection;
}

const collection = (features: Feature[]): Collection => ({ type: 'FeatureCollection', features });

/** Boxes on offer and refused, over the others around; one feature per box. */
export function boxFeatures({ viability, surroundings, outcome, view, existing }: OzlocState): Collection {
  const features = new Map<string, Feature>();
  const put = (
    box: { id: string; name: string | null; lat: number | null; lng: number | null; status: ImplantationStatus | null },
    occupancy: Occupancy,
    sign: string,
  ) => {
    const point = located(box);
    if (!point) return;
    const icon = `box-${box.status ?? 'IMPLANTED'}-${occupancy}`;
    const planned = isPlanned(box.status);
    const properties = { id: box.id, name: box.name ?? '', icon, sign, occupancy, planned, rank: RANK[occupancy] };
    features.set(box.id, { type: 'Feature', geometry: pointOf(point), properties });
  };
  const { boxes: offers = [], refusedBoxes: refused = [] } = viability.answer ?? {};
  for (const box of surroundings) put(box, 'other', '');
  // For a client whom OZmap does not know none is on offer.
  if (existing.status === 'missing') return collection([...features.values()]);
  if (view === 'done') {
    // The sale is over: its own box is what the map is about, and the counts of before it are not true any more.
    for (const { box } of [...offers, ...refused]) put(box, 'other', '');
    const sold = outcome?.reservation.box;
    const status = offers.find(({ box }) => box.id === sold?.id)?.box.status ?? null;
    if (sold) put({ ...sold, status }, 'free', '');
    return collection([...features.values()]);
  }
  const own = view === 'contract' && existing.client?.property?.box;
  if (own) put({ ...own, status: surroundings.find(({ id }) => id === own.id)?.status ?? null }, 'free', '');
  for (const { box } of refused) put(box, 'refused', '');
  for (const { box, freePorts } of offers) put(box, occupancyOf(freePorts), String(freePorts));
  return collection([...features.values()]);
}

const RANK: Record<Occupancy, number> = { other: 0, refused: 1, last: 2, free: 3 };

/** Poles; while a drop is drawn the next ones carry the numbers that they have in the list. */
export function poleFeatures(state: OzlocState): Collection {
  const { poles, drawing, view } = state;
  const used = new Set(drawing.poles.map(({ id }) => id));
  const signs = new Map(view === 'draw' ? nextPoles(state).map(({ pole }, index) => [pole.id, String(index + 1)]) : []);
  const partOf = (id: string) => {
    if (used.has(id)) return 'used';
    if (signs.has(id)) return 'next';
    return view === 'draw' ? 'drawable' : 'plain';
  };
  return collection(
    poles.list.map((pole) => ({
      type: 'Feature',
      geometry: pointOf(pole),
      properties: { id: pole.id, part: partOf(pole.id), sign: signs.get(pole.id) ?? '' },
    })),
  );
}

/** The drop, with `pointer` as its loose end while it is drawn. */
export function dropFeatures(state: OzlocState, pointer: LatLng | null = null): Collection {
  const laid = state.view === 'contract' && state.existing.client?.property?.drop?.path;
  const drop = laid ? { path: laid, drawn: true } : dropLine(state);
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

/** Where the client lives now who is to move. */
export function homeFeatures({ existing, view }: OzlocState): Collection {
  const at = existing.client?.property && view !== 'done' ? located(existing.client.property) : null;
  return collection(at ? [{ type: 'Feature', geometry: pointOf(at), properties: {} }] : []);
}

/** Where the client's marker stands. */
export function markerFeatures({ position }: OzlocState): Collection {
  return collection(position ? [{ type: 'Feature', geometry: pointOf(position), properties: {} }] : []);
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
