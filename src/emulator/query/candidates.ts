import type { CollectionName } from '../records.js';
import type { AnyResource } from '../resource.js';
import { indexedFields, SHAPES } from '../store/shapes.js';
import type { IndexedFields, PlacedCollection, Reader } from '../store/store.js';
import { type Condition, type Filter, isCondition } from './filter.js';
import { circleAround, readArea, readPoint } from './geometry.js';
import { radiusOf } from './operators.js';

type Stored = { id: string };

/** Records that can meet the filter, found by index where one of its conditions allows it; every condition has still to be tried. */
export function candidates(
  reader: Reader,
  resource: AnyResource,
  collection: CollectionName,
  filter: Filter,
): Iterable<Stored> {
  let best: Stored[] | undefined;
  for (const node of filter) {
    const found = isCondition(node) ? byIndex(reader, resource, collection, node) : undefined;
    if (found && (!best || found.length < best.length)) best = found;
  }
  return best ?? reader.all(collection);
}

function byIndex(
  reader: Reader,
  resource: AnyResource,
  collection: CollectionName,
  condition: Condition,
): Stored[] | undefined {
  const { operator, value } = condition;
  const field = fieldOf(resource, condition.path);
  if (operator === '=' || operator === 'eq' || operator === 'in') {
    const values = texts(operator === 'in' ? value : [value]);
    if (!values) return undefined;
    if (field === 'id') return values.flatMap((id) => reader.get(collection, id) ?? []);
    if (!indexedFields(collection).includes(field)) return undefined;
    return values.flatMap((text) => reader.where(collection as keyof IndexedFields, field as never, text) as Stored[]);
  }
  if (field !== 'coords' || !SHAPES[collection].placed) return undefined;
  const placed = collection as PlacedCollection;
  if (operator === 'near') return around(reader, placed, readPoint(value, 'near'), radiusOf(value));
  if (operator !== 'within') return undefined;
  const { at, radiusM } = circleAround(readArea(reader, value));
  return around(reader, placed, at, radiusM);
}

function around(
  reader: Reader,
  collection: PlacedCollection,
  at: { lat: number; lng: number },
  radiusM: number,
): Stored[] {
  return reader.near(collection, at, radiusM).map(({ record }) => record);
}

/** The field itself; `box.id` is `box`, `_id` is `id`. Other paths into a field have no index. */
function fieldOf(resource: AnyResource, path: readonly string[]): string {
  const [field = '', second] = path;
  if (path.length === 1) return field === '_id' ? 'id' : field;
  return path.length === 2 && (second === 'id' || second === '_id') && field in resource.references ? field : '';
}

/** The distinct values as texts, the way an indexed field holds them; undefined where one of them cannot be looked up. */
function texts(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const found = new Set<string>();
  for (const one of value) {
    if (typeof one !== 'string' && typeof one !== 'number') return undefined;
    found.add(String(one));
  }
  return [...found];
}
