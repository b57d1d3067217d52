import { type Coordinates, distanceM } from '../../domain/geo.js';
import type { Api } from '../api.js';
import { nearValue } from '../assumptions.js';
import type { Ozmap } from '../types.js';
import { readBox, readBoxType, readBuilding } from '../wire/box.js';

type Boxes = Pick<Ozmap, 'findBoxesByIds' | 'findBoxesNear' | 'findBuildingsByIds' | 'findBoxTypesByIds'>;

/** Boxes, their types, and buildings. Source: OZmap API v2, `boxes`, `box-types`, `buildings`. */
export function boxes(api: Api): Boxes {
  return {
    findBoxesByIds: async (ids) => (await api.listByIds('boxes', ids)).map(readBox),
    findBoxesNear: async (at, radiusM, limit) => {
      const near = { property: 'coords', operator: 'near', value: nearValue(at, radiusM) } as const;
      const rows = await api.list('boxes', [near], nearLimits(limit));
      return nearest(rows.map(readBox), at, radiusM, limit);
    },
    findBuildingsByIds: async (ids) => (await api.listByIds('buildings', ids)).map(readBuilding),
    findBoxTypesByIds: async (ids) => (await api.listByIds('box-types', ids)).map(readBoxType),
  };
}

/** OZmap should answer nearest first; asking for some more than needed forgives one that does not. */
export function nearLimits(limit: number): { limit: number; atMost: number } {
  const rows = Math.max(limit, 200);
  return { limit: rows, atMost: rows };
}

/** Sorted here, and cut at the radius, whatever OZmap made of it. */
export function nearest<T extends { location: Coordinates | null }>(
  found: readonly T[],
  at: Coordinates,
  radiusM: number,
  limit: number,
): T[] {
  return found
    .map((item) => ({ item, away: item.location ? distanceM(at, item.location) : Number.POSITIVE_INFINITY }))
    .filter(({ away }) => away <= radiusM)
    .sort((a, b) => a.away - b.away)
    .slice(0, limit)
    .map(({ item }) => item);
}
