/** Something that a click may mean, in pixels of the map. */
export interface Target<T> {
  x: number;
  y: number;
  value: T;
}

/** About the width of a fingertip's centre: wide enough to hit, narrow enough not to pull in what was not meant. */
export const SNAP_RADIUS_PX = 16;

/** The target nearest to a point within the radius; null when the point is on nothing. */
export function nearestTarget<T>(
  at: { x: number; y: number },
  targets: Iterable<Target<T>>,
  radiusPx = SNAP_RADIUS_PX,
): T | null {
  let best: T | null = null;
  let bestDistance = radiusPx;
  for (const { x, y, value } of targets) {
    const distance = Math.hypot(x - at.x, y - at.y);
    if (distance > bestDistance) continue;
    best = value;
    bestDistance = distance;
  }
  return best;
}
