import type { City, LatLng, Neighbourhood, StreetSegment } from './city.js';
import { createRandom } from './random.js';
import { layDoors } from './town/doors.js';
import { NEIGHBOURHOODS } from './town/names.js';
import { BLOCKS_ACROSS, BLOCKS_DOWN, COLUMNS, onTheGround, type PlanPoint, ROWS, SIDE_M } from './town/plan.js';
import { type PlannedStreet, planStreets } from './town/streets.js';

/** How far the outer neighbourhoods reach beyond the last avenue, so that the doors on its far side lie in one too. */
const OUTSKIRTS_M = 40;

/**
 * Builds the town of the embedded OZmap: six neighbourhoods on some 1.4 km², some 60 street names, about 3,000 doors. "Rua das Acácias",
 * "Rua Tiradentes" and "Travessa Um" exist twice, in neighbourhoods far apart, because a street name alone is no place.
 *
 * Shape: streets are cut at every crossing, and segments that meet there share the exact point.
 * Deterministic: the same seed gives the same town. The seed moves doors and numbers, never streets.
 */
export function generateTown({ seed = 1 }: { seed?: number } = {}): City {
  const random = createRandom(seed);
  const planned = planStreets();
  return {
    name: 'Vila das Fibras',
    state: 'MG',
    streets: planned.flatMap(cutAtCrossings),
    addresses: planned.flatMap((street) => layDoors(street, random)),
    neighbourhoods: NEIGHBOURHOODS.map(layNeighbourhood),
  };
}

function cutAtCrossings({ name, crossings }: PlannedStreet): StreetSegment[] {
  return crossings.slice(1).flatMap((to, index) => {
    const from = crossings[index];
    return from ? [{ name, path: [from, between(from, to), to].map(onTheGround) }] : [];
  });
}

function layNeighbourhood(name: string, index: number): Neighbourhood {
  const column = index % COLUMNS;
  const row = Math.floor(index / COLUMNS);
  const edge = (at: number, last: number) => at * SIDE_M + (at === 0 ? -OUTSKIRTS_M : at === last ? OUTSKIRTS_M : 0);
  const corner = (x: number, y: number): PlanPoint => ({ x: edge(column + x, COLUMNS), y: edge(row + y, ROWS) });
  const ring: LatLng[] = [
    ...side(corner(0, 0), corner(1, 0), BLOCKS_ACROSS),
    ...side(corner(1, 0), corner(1, 1), BLOCKS_DOWN),
    ...side(corner(1, 1), corner(0, 1), BLOCKS_ACROSS),
    ...side(corner(0, 1), corner(0, 0), BLOCKS_DOWN),
    corner(0, 0),
  ].map(onTheGround);
  return { name, polygons: [[ring]] };
}

/** Points from one corner to the next, the last left out: borders follow the bend of the avenues along them. */
function side(from: PlanPoint, to: PlanPoint, blocks: number): PlanPoint[] {
  return Array.from({ length: blocks }, (_, index) => ({
    x: from.x + ((to.x - from.x) * index) / blocks,
    y: from.y + ((to.y - from.y) * index) / blocks,
  }));
}

function between(a: PlanPoint, b: PlanPoint): PlanPoint {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
