import { type Coordinates, distanceM } from './geo.js';

const METRES_PER_DEGREE = 111_195;

/**
 * True when the edge of a horizontal condominium passes through the circle: then the address may lie on either side of a wall
 * that decides which boxes serve it.
 */
export function edgeWithin(ring: readonly Coordinates[], centre: Coordinates, radiusM: number): boolean {
  let previous = ring.at(-1);
  for (const corner of ring) {
    if (previous && distanceToLegM(centre, previous, corner) <= radiusM) return true;
    previous = corner;
  }
  return false;
}

/** Distance from a point to a straight leg, on a plane laid at the point: exact to centimetres over a city. */
function distanceToLegM(point: Coordinates, from: Coordinates, to: Coordinates): number {
  const scale = Math.cos((point.lat * Math.PI) / 180);
  const ax = (from.lng - point.lng) * scale * METRES_PER_DEGREE;
  const ay = (from.lat - point.lat) * METRES_PER_DEGREE;
  const dx = (to.lng - from.lng) * scale * METRES_PER_DEGREE;
  const dy = (to.lat - from.lat) * METRES_PER_DEGREE;
  const lengthSquared = dx * dx + dy * dy;
  if (lengthSquared === 0) return distanceM(point, from);
  const along = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / lengthSquared));
  return Math.hypot(ax + along * dx, ay + along * dy);
}
