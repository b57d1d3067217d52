import type { Body, Caller } from '../../resource.js';
import type { Reader } from '../../store/store.js';
import { judge, keptHomes } from './judge.js';
import { type Query, readSearch } from './query.js';

/** `GET ftth-viability/radius`: the boxes within a circle, distance in a straight line; no poles needed. Errors: 400 on a bad query. */
export function viabilityByRadius(reader: Reader, query: Query, caller: Caller): Body {
  const search = readSearch(reader, query, caller);
  const candidates = reader
    .near('boxes', search.at, search.radiusM)
    .map(({ record, distanceM }) => ({ box: record, distanceM }));
  return { ...judge(reader, search, candidates, caller), properties: keptHomes(reader, search, caller) };
}
