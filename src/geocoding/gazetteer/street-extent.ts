import { piecesOf as piecesByCell } from '../../city/neighbourhood-index.js';
import { CALIBRATED_SHARE } from './circle/steps.js';
import { type Area, distanceToAreasM } from './neighbourhoods.js';
import { distanceOf, middleOf, type Plane, type PlanePoint, planeDistanceM, pointBetween } from './plane.js';
import type { Street } from './streets.js';

/** A connected piece of a street: where a door of unknown number on it would be looked for. */
export interface Extent extends PlanePoint {
  /** The circle around the point that holds the doors in CALIBRATED_SHARE of cases, metres. */
  radiusM: number;
  /** How many doors, or where there are none, points of its segments. */
  weight: number;
}

/** Doors in neighbouring cells of this side hang together. */
const CELL_M = 200;
const SEGMENT_STEP_M = 25;
/** From the middle of the road, or from the doors that are known, to a door. */
export const DOOR_DEPTH_M = 15;
/** A door on the border street of a neighbourhood belongs to it in people's minds. */
const BORDER_M = 40;

/** A circle costs some hundred sorts of all doors; streets and neighbourhoods are few. */
const known = new WeakMap<Street, Map<string, Extent[]>>();

/** The pieces of a street, largest first; within the areas only, where some of the street lies there. */
export function extentsOf(street: Street, plane: Plane, areas: readonly Area[]): Extent[] {
  const ofStreet = known.get(street) ?? new Map<string, Extent[]>();
  known.set(street, ofStreet);
  const key = areas.map(({ name }) => name).join(';');
  const extents = ofStreet.get(key) ?? findExtents(street, plane, areas);
  ofStreet.set(key, extents);
  return extents;
}

function findExtents(street: Street, plane: Plane, areas: readonly Area[]): Extent[] {
  const all = pointsOf(street, plane);
  const within = areas.length === 0 ? [] : all.filter((point) => distanceToAreasM(point, areas) <= BORDER_M);
  const pieces = piecesOf(within.length > 0 ? within : all);
  return pieces.map((piece) => circleAround(piece, CALIBRATED_SHARE)).sort((a, b) => b.weight - a.weight);
}

/** The street's doors; of one without doors, points along it. */
export function pointsOf({ doors, unnumbered, segments }: Street, plane: Plane): PlanePoint[] {
  const all = [...doors, ...unnumbered];
  return all.length > 0 ? all : segments.flatMap(({ path }) => alongPath(path.map(plane.toPlane)));
}

/** The smallest circle that holds the share of points, nearly: the middle is moved towards the points that it would miss. */
export function circleAround(points: readonly PlanePoint[], share: number): Extent {
  const middle = middleOf(points);
  const reach = (from: PlanePoint) => distanceOf(points, from, share);
  let [best, bestM] = [middle, reach(middle)];
  for (let step = bestM / 2; step > 2; step /= 2) {
    for (const [dx, dy] of [
      [step, 0],
      [-step, 0],
      [0, step],
      [0, -step],
    ] as const) {
      const moved = { x: best.x + dx, y: best.y + dy };
      const movedM = reach(moved);
      if (movedM < bestM) [best, bestM] = [moved, movedM];
    }
  }
  // Few doors seen say little about where others stand: beside n known ones, the next falls outside of all in 2 cases of n + 1.
  const unseen = 1 + 2 / (points.length + 1);
  return { ...best, radiusM: bestM * unseen + DOOR_DEPTH_M, weight: points.length };
}

/** Points that hang together, cell by cell. */
export function piecesOf(points: readonly PlanePoint[]): PlanePoint[][] {
  return piecesByCell(points, ({ x, y }) => [Math.floor(x / CELL_M), Math.floor(y / CELL_M)]);
}

function alongPath(path: readonly PlanePoint[]): PlanePoint[] {
  return path.flatMap((to, index) => {
    const from = path[index - 1];
    if (!from) return [to];
    const steps = Math.max(1, Math.ceil(planeDistanceM(from, to) / SEGMENT_STEP_M));
    return Array.from({ length: steps }, (_, step) => pointBetween(from, to, (step + 1) / steps));
  });
}
