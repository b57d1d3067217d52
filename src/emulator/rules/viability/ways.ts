import { distanceM, pointOf } from '../../store/distance.js';
import type { Reader } from '../../store/store.js';
import { shortestPaths, wayBack } from './shortest-paths.js';

/** A pole's neighbours, with the metres to each. */
export function neighboursOf(reader: Reader, id: string): (readonly [string, number])[] {
  const pole = reader.get('base-points', id);
  if (!pole) return [];
  return pole.adjacents.flatMap((other) => {
    const neighbour = reader.get('base-points', other);
    return neighbour ? [[other, distanceM(pointOf(pole.coords), pointOf(neighbour.coords))] as const] : [];
  });
}

/** Further than any drop. */
const LONGEST_WAY_M = 2_000;

/**
 * The poles from a box's pole to the pole at a home, both included: the shortest way along the adjacencies, as OZmap's guide to adjacencies
 * says for a home that is created with `pole`. Empty where none leads there: the drop is straight then.
 */
export function wayAlongPoles(reader: Reader, boxPole: string | null, homePole: string): string[] {
  if (boxPole === null) return [];
  const reached = shortestPaths(homePole, LONGEST_WAY_M, (id) => neighboursOf(reader, id));
  return wayBack(reached, boxPole);
}
