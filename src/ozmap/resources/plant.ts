import { type Bounds, type Coordinates, distanceM } from '../../domain/geo.js';
import type { Api } from '../api.js';
import { CONNECT_ROUTE, canBeId, connectBody, DROP_ROUTE, near } from '../assumptions.js';
import { type Filter, listQuery, SAFE_URL_BYTES } from '../filters.js';
import { readPage } from '../lists.js';
import type { Ozmap, Pole } from '../types.js';
import {
  readBox,
  readBoxType,
  readBuilding,
  readDrop,
  readEquipment,
  readFiber,
  readPole,
  readSplitter,
} from '../wire/plant.js';
import type { WireRecord } from '../wire/record.js';

/** Splitters and what is plugged into them. Source: OZmap API v2, `splitters`, `network-connectors`; `disconnect` as in the integrator's guide "Replace". */
export function splitters(api: Api) {
  return {
    findSplittersByIds: async (ids) => (await api.listByIds('splitters', ids)).map(readSplitter),
    findSplittersByBoxIds: async (ids) =>
      (await api.listByIds('splitters', ids, { property: 'parent', rowsPerValue: 8 })).map(readSplitter),
    findEquipmentByIds: async (ids) => (await api.listByIds('network-connectors', ids)).map(readEquipment),
    connectFiber: (id, port, fiberId, kind = 'Splitter') =>
      api.write('POST', CONNECT_ROUTE, connectBody(id, kind.toLowerCase(), port, fiberId)),
    disconnectFiber: (id, fiberId, kind = 'Splitter') =>
      api.write('POST', 'disconnect', {
        elementA: { id, kind: kind.toLowerCase() },
        elementB: { id: fiberId, kind: 'fiber' },
      }),
  } satisfies Partial<Ozmap>;
}

/** Boxes, their types, and buildings. Source: OZmap API v2, `boxes`, `box-types`, `buildings`. */
export function boxes(api: Api) {
  return {
    findBoxesByIds: async (ids) => (await api.listByIds('boxes', ids)).map(readBox),
    findBoxesNear: async (at, radiusM, limit) => {
      const rows = await api.list('boxes', [near(at, radiusM)], nearLimits(limit));
      return nearest(rows.map(readBox), at, radiusM, limit);
    },
    findBoxPoints: async () => {
      const rows = await api.list('boxes', [], { limit: AREA_ROWS, select: 'coords' });
      return rows.flatMap((row) => row.location() ?? []);
    },
    findBuildingsByIds: async (ids) => (await api.listByIds('buildings', ids)).map(readBuilding),
    findBoxTypesByIds: async (ids) => (await api.listByIds('box-types', ids)).map(readBoxType),
  } satisfies Partial<Ozmap>;
}

/** OZmap should answer nearest first; asking for some more than needed forgives one that does not. */
function nearLimits(limit: number): { limit: number; atMost: number } {
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

/** Drop cables and their fibres. Source: OZmap API v2, `cables`, `fibers`; `fibers/disconnect` as in the guide "Client Disconnection". */
export function cables(api: Api) {
  return {
    findDropsByIds: async (ids) => (await api.listByIds('cables', ids)).map(readDrop),
    // A drop has one fibre, two at most.
    findFibersByDropIds: async (ids) =>
      (await api.listByIds('fibers', ids, { property: 'parent', rowsPerValue: 4 })).map(readFiber),
    disconnectDrop: (id) => api.write('POST', `cables/${encodeURIComponent(id)}/fibers/disconnect`),
    deleteDrop: (id) => api.write('DELETE', `${DROP_ROUTE}/${encodeURIComponent(id)}`),
  } satisfies Partial<Ozmap>;
}

/** A drop passes over poles and points alike, so ids are looked up among both. */
const BOTH_ROUTE = 'base-points';
/** Rows of one answer of an area, of id, place and name only: some 3 MB. */
const AREA_ROWS = 25_000;
/** About how many ids a short URL holds: 24 digits, two encoded quotes, a comma. */
const IDS_PER_URL = Math.floor((SAFE_URL_BYTES - 200) / 31);
/** Up to so many URLs of ids, the ids are asked for; an area would bring many poles that are not needed. */
const FEW_URLS = 2;

/** Poles and points. Source: OZmap API v2, `poles`, `points`, `base-points`. */
export function poles(api: Api) {
  const within = async (route: string, bounds: Bounds, limit: number): Promise<Pole[]> =>
    read(await api.list(route, [areaFilter(bounds)], { limit, atMost: limit })).slice(0, limit);

  return {
    findPolesWithin: (bounds, limit) => within('poles', bounds, limit),
    findPointsWithin: (bounds, limit) => within('points', bounds, limit),
    findPolesNear: async (at, radiusM, limit) => {
      const rows = await api.list('poles', [near(at, radiusM)], nearLimits(limit));
      return nearest(read(rows), at, radiusM, limit);
    },
    findPolesByIds: async (ids, around) => {
      const wanted = new Set(ids.filter(canBeId));
      const few = wanted.size <= IDS_PER_URL * FEW_URLS;
      const found = few || !around ? [] : await poleArea(api, around, wanted);
      // Whatever the area did not hold, or could not hold in one answer.
      for (const pole of found) wanted.delete(pole.id);
      return [...found, ...read(await api.listByIds(BOTH_ROUTE, [...wanted]))];
    },
  } satisfies Partial<Ozmap>;
}

/** The wanted poles of an area, asked for in one request, or in more pages where that is cheaper than asking for the rest by id. */
async function poleArea(api: Api, around: Bounds, wanted: ReadonlySet<string>): Promise<Pole[]> {
  const found = new Map<string, Pole>();
  let seen = 0;
  for (let page = 1; ; page += 1) {
    const query = listQuery({ filters: [areaFilter(around)], limit: AREA_ROWS, page, select: 'coords name' });
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
