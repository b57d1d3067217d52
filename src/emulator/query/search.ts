import type { LatLng } from '../../city/city.js';
import type { CollectionName } from '../records.js';
import { type AnyResource, type Caller, hidingProject } from '../resource.js';
import { type IndexedFields, indexedFields, isPlaced, type PlacedCollection, type Reader } from '../store/store.js';
import { type Condition, type Filter, type FilterNode, isCondition } from './filter.js';
import { circleAround, readArea, readPoint } from './geometry.js';
import { radiusOf, testOf } from './operators.js';
import { type Hit, type SortKey, sortHits } from './sort.js';
import { valueAt } from './values.js';

type Stored = { id: string };

/** Records that can meet the filter, found by index where one of its conditions allows it; every condition has still to be tried. */
function candidates(
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
  if (field !== 'coords' || !isPlaced(collection)) return undefined;
  if (operator === 'near') return around(reader, collection, readPoint(value, 'near'), radiusOf(value));
  if (operator !== 'within') return undefined;
  const { at, radiusM } = circleAround(readArea(reader, value));
  return around(reader, collection, at, radiusM);
}

function around(reader: Reader, collection: PlacedCollection, at: LatLng, radiusM: number): Stored[] {
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

type RecordTest = (record: object) => boolean;

/**
 * The records of a resource that the caller may see and that meet the filter. Without sort keys: in order of creation, or in that of the
 * index that found them (`near`: nearest first).
 */
export function search(
  reader: Reader,
  resource: AnyResource,
  caller: Caller,
  filter: Filter,
  sort: readonly SortKey[] = [],
): Hit[] {
  const hits: Hit[] = [];
  const meets = allOf(reader, resource, filter);
  for (const collection of collectionsOf(resource)) {
    for (const record of candidates(reader, resource, collection, filter)) {
      if (visible(resource, record, caller) && meets(record)) hits.push({ resource, record });
    }
  }
  return sort.length > 0 ? sortHits(reader, hits, sort) : hits;
}

/** The record with this id, when it belongs to the resource and the caller may see it. */
export function find(reader: Reader, resource: AnyResource, caller: Caller, id: string): Hit | undefined {
  for (const collection of collectionsOf(resource)) {
    const record = reader.get(collection, id);
    if (record && visible(resource, record, caller)) return { resource, record };
  }
  return undefined;
}

function collectionsOf(resource: AnyResource): CollectionName[] {
  return [resource.collection, ...(resource.also ?? [])];
}

/** True when the record belongs to the resource and lies in a project that the caller sees. */
function visible({ collection, holds }: AnyResource, record: object, caller: Caller): boolean {
  return holds?.(record) !== false && hidingProject(caller, collection, record) === undefined;
}

function allOf(reader: Reader, resource: AnyResource, filter: Filter): RecordTest {
  const tests = filter.map((node) => nodeTest(reader, resource, node));
  return (record) => tests.every((test) => test(record));
}

function nodeTest(reader: Reader, resource: AnyResource, node: FilterNode | { all: Filter }): RecordTest {
  if (isCondition(node)) return conditionTest(reader, resource, node);
  if ('all' in node) return allOf(reader, resource, node.all);
  const tests = node.any.map((one) => nodeTest(reader, resource, one));
  // An empty "or" names no choice, so it rules nothing out.
  return tests.length === 0 ? () => true : (record) => tests.some((test) => test(record));
}

function conditionTest(reader: Reader, resource: AnyResource, condition: Condition): RecordTest {
  const test = testOf(reader, condition);
  return (record) => test(valueAt(reader, resource, record, condition.path));
}
