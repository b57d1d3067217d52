import type { Bounds } from '../../domain/geo.js';
import type { Api } from '../api.js';
import { canBeId, nearValue } from '../assumptions.js';
import { type Filter, listQuery, MAX_URL_BYTES } from '../filters.js';
import { readPage } from '../lists.js';
import type { Ozmap, Pole } from '../types.js';
import { readPole } from '../wire/place.js';
import type { WireRecord } from '../wire/record.js';
import { nearest, nearLimits } from './boxes.js';

type Poles = Pick<Ozmap, 'findPolesByIds' | 'findPolesWithin' | 'findPolesNear' | 'findPointsWithin'>;

/** A drop hangs on poles and points alike, so ids are looked up among both. */
const BOTH_ROUTE = 'base-points';
/** Rows of one answer of an area, of id and place only: some 3 MB. */
const AREA_ROWS = 25_000;
/** About how many ids one URL holds: 24 digits, two encoded quotes, a comma. */
const IDS_PER_URL = Math.floor((MAX_URL_BYTES - 200) / 31);
/** Up to so many URLs of ids, the ids are asked for; an area would bring many poles that nobody wants. */
const FEW_URLS = 2;

/** Poles and points. Source: OZmap API v2, `poles`, `points`, `base-points`. */
export function poles(api: Api): Poles {
  const within = async (route: string, bounds: Bounds, limit: number): Promise<Pole[]> =>
    read(await api.list(route, [areaFilter(bounds)], { limit, atMost: limit })).slice(0, limit);

  return {
    findPolesWithin: (bounds, limit) => within('poles', bounds, limit),
    findPointsWithin: (bounds, limit) => within('points', bounds, limit),
    findPolesNear: async (at, radiusM, limit) => {
      const near: Filter = { property: 'coords', operator: 'near', value: nearValue(at, radiusM) };
      return nearest(read(await api.list('poles', [near], nearLimits(limit))), at, radiusM, limit);
    },
    findPolesByIds: async (ids, around) => {
      const wanted = new Set(ids.filter(canBeId));
      const few = wanted.size <= IDS_PER_URL * FEW_URLS;
      const found = few || !around ? [] : await poleArea(api, around, wanted);
      // Whatever the area did not hold, or could not hold in one answer.
      for (const pole of found) wanted.delete(pole.id);
      return [...found, ...read(await api.listByIds(BOTH_ROUTE, [...wanted]))];
    },
  };
}

/** The wanted poles of an area, asked for in one request, or in more pages where that is cheaper than asking for the rest by id. */
async function poleArea(api: Api, around: Bounds, wanted: ReadonlySet<string>): Promise<Pole[]> {
  const found = new Map<string, Pole>();
  let seen = 0;
  for (let page = 1; ; page += 1) {
    const query = listQuery({ filters: [areaFilter(around)], limit: AREA_ROWS, page, select: 'coords' });
    const { rows, total } = readPage(BOTH_ROUTE, await api.get(BOTH_ROUTE, `${BOTH_ROUTE}?${query}`));
    for (const pole of read(rows)) if (wanted.has(pole.id)) found.set(pole.id, pole);
    seen += rows.length;
    // By the rows that came, not by those asked for: OZmap may cap its pages.
    const pagesLeft = rows.length === 0 ? 0 : Math.ceil(((total ?? 0) - seen) / rows.length);
    const urlsLeft = Math.ceil((wanted.size - found.size) / IDS_PER_URL);
    if (pagesLeft <= 0 || urlsLeft <= pagesLeft) return [...found.values()];
  }
}

function read(rows: readonly WireRecord[]): Pole[] {
  return rows.map(readPole).filter((pole) => pole !== null);
}

/** `within` a rectangle, as a GeoJSON polygon: closed, counter-clockwise. */
function areaFilter({ south, west, north, east }: Bounds): Filter {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { property: 'coords', operator: 'within', value: { type: 'Polygon', coordinates: [ring] } };
}
