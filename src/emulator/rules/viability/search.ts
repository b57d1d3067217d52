import type { QueryParameters } from '../../query/query-options.js';
import type { BasePointRecord } from '../../records.js';
import type { Body, Caller } from '../../resource.js';
import { distanceM, pointOf } from '../../store/places.js';
import type { Reader } from '../../store/store.js';
import { dropLimitM } from '../settings.js';
import { buildingsNear, type Candidate, judge, keptHomes } from './judge.js';
import { readSearch, type Search } from './query.js';
import { shortestPaths, wayBack } from './shortest-paths.js';

/** `GET ftth-viability/radius`: the boxes within a circle, distance in a straight line; no poles needed. Errors: 400 on a bad query. */
export function viabilityByRadius(reader: Reader, query: QueryParameters, caller: Caller): Body {
  const search = readSearch(reader, query, caller);
  const candidates = reader
    .near('boxes', search.at, search.radiusM)
    .map(({ record, distanceM }) => ({ box: record, distanceM }));
  return {
    ...judge(reader, search, candidates, caller),
    buildings: buildingsNear(reader, search, caller),
    properties: keptHomes(reader, search, caller),
  };
}

/** How far beyond the limit boxes are still looked for, so that a box near the point is refused with its length. */
const LOOK_BEYOND = 2;

/**
 * `GET ftth-viability/poles`: the boxes that a drop can reach along the poles, from the nearest pole where drops may start.
 * Inferred (section 8, row 1): the route, that a pole may be named by `pole` in place of the point, and `pole` and `drop_poles` in the answer, the
 * latter from the box to the client as `POST properties` takes them. The stretch from house to pole is not counted (row 21). Errors: 400 on a
 * bad query.
 */
export function viabilityByPoles(reader: Reader, query: QueryParameters, caller: Caller): Body {
  const search = readSearch(reader, query, caller);
  const pole = search.poleId === undefined ? sellablePole(reader, search) : reader.get('base-points', search.poleId);
  const candidates = pole ? reachable(reader, search, pole, caller) : [];
  return {
    ...judge(reader, search, candidates, caller),
    pole: pole?.id ?? null,
    buildings: buildingsNear(reader, search, caller),
    properties: keptHomes(reader, search, caller),
  };
}

/** Inferred: a drop starts at a pole that is usable and of a type for which viability is allowed; it may run along any other. */
function sellablePole(reader: Reader, { at, settings }: Search): BasePointRecord | undefined {
  const near = reader.near('base-points', at, settings.poleRadius);
  return near.find(({ record: { kind, usable, poleType } }) => {
    const type = poleType ? reader.get('pole-types', poleType) : undefined;
    return kind === 'Pole' && usable !== false && type?.viabilityAllowed === true;
  })?.record;
}

function reachable(reader: Reader, search: Search, pole: BasePointRecord, caller: Caller): Candidate[] {
  const limits = [...reader.all('projects')].map(({ id }) => dropLimitM(reader, id, caller));
  const reached = shortestPaths(pole.id, LOOK_BEYOND * Math.max(0, ...limits), (id) => neighboursOf(reader, id));
  const candidates: Candidate[] = [];
  for (const [poleId, { lengthM }] of reached) {
    const last = reader.get('base-points', poleId);
    for (const box of reader.where('boxes', 'pole', poleId)) {
      const lastLegM = last && box.coords ? distanceM(pointOf(last.coords), pointOf(box.coords)) : 0;
      const isOffer = lengthM + lastLegM <= dropLimitM(reader, box.project, caller);
      const isNear = box.coords !== null && distanceM(search.at, pointOf(box.coords)) <= search.radiusM;
      if (!isOffer && !isNear) continue;
      const extra = { pole: pole.id, drop_poles: wayBack(reached, poleId) };
      candidates.push({ box, distanceM: lengthM + lastLegM, extra });
    }
  }
  return candidates;
}

/** A pole's neighbours, with the metres to each. */
function neighboursOf(reader: Reader, id: string): (readonly [string, number])[] {
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
