import type { CollectionName } from '../records.js';
import type { AnyResource, Caller } from '../resource.js';
import type { Reader } from '../store/store.js';
import { candidates } from './candidates.js';
import { type Condition, type Filter, type FilterNode, isCondition } from './filter.js';
import { testOf } from './operators.js';
import { type Hit, type SortKey, sortHits } from './sort.js';
import { valueAt } from './values.js';

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
      if (visible(reader, resource, record, caller) && meets(record)) hits.push({ resource, record });
    }
  }
  return sort.length > 0 ? sortHits(reader, hits, sort) : hits;
}

/** The record with this id, when it belongs to the resource and the caller may see it. */
export function find(reader: Reader, resource: AnyResource, caller: Caller, id: string): Hit | undefined {
  for (const collection of collectionsOf(resource)) {
    const record = reader.get(collection, id);
    if (record && visible(reader, resource, record, caller)) return { resource, record };
  }
  return undefined;
}

function collectionsOf(resource: AnyResource): CollectionName[] {
  return [resource.collection, ...(resource.also ?? [])];
}

/** True when the record belongs to the resource and lies in a project that the caller sees. */
function visible(reader: Reader, resource: AnyResource, record: object, caller: Caller): boolean {
  if (resource.holds && !resource.holds(record)) return false;
  const project = resource.projectOf(record, reader);
  return project === null || caller.sees(project);
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
