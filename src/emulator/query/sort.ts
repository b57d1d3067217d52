import { type AnyResource, Refused } from '../resource.js';
import type { Reader } from '../store/store.js';
import { isObject, order, valueAt } from './values.js';

export interface SortKey {
  path: string[];
  direction: 1 | -1;
}

/** A stored record with the resource that shows it. */
export interface Hit {
  resource: AnyResource;
  record: { id: string };
}

/** `[{ property, direction }]`, a single one of these, `{ name: -1 }` or `"name -createdAt"`. Errors: 400. */
export function parseSort(sort: unknown): SortKey[] {
  if (sort === undefined || sort === null) return [];
  if (typeof sort === 'string') {
    return sort
      .split(/[\s,]+/)
      .filter(Boolean)
      .map((name) => (name.startsWith('-') ? key(name.slice(1), -1) : key(name, 1)));
  }
  if (Array.isArray(sort)) return sort.flatMap(parseSort);
  if (isObject(sort) && typeof sort.property === 'string') return [key(sort.property, sort.direction ?? 1)];
  if (isObject(sort) && !('property' in sort))
    return Object.entries(sort).map(([name, direction]) => key(name, direction));
  throw new Refused(400, 'sort: uma lista JSON de { property, direction: 1 | -1 }');
}

function key(property: string, direction: unknown): SortKey {
  const way = Number(direction);
  if (way !== 1 && way !== -1) throw new Refused(400, `sort: direction de ${property} é 1 ou -1`);
  return { path: property.split('.'), direction: way };
}

/** Sorted anew; records without the property come first, equal ones keep their order. */
export function sortHits<H extends Hit>(reader: Reader, hits: readonly H[], keys: readonly SortKey[]): H[] {
  const rows = hits.map((hit) => ({
    hit,
    values: keys.map(({ path }) => valueAt(reader, hit.resource, hit.record, path)),
  }));
  rows.sort((a, b) => {
    for (const [index, { direction }] of keys.entries()) {
      const compared = compareValues(a.values[index], b.values[index]);
      if (compared !== 0) return compared * direction;
    }
    return 0;
  });
  return rows.map(({ hit }) => hit);
}

function compareValues(a: unknown, b: unknown): number {
  const missing = Number(b === undefined || b === null) - Number(a === undefined || a === null);
  return missing !== 0 ? missing : (order(a, b) ?? 0);
}
