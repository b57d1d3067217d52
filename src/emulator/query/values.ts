import type { CollectionName } from '../records.js';
import type { AnyResource } from '../resource.js';
import type { Reader } from '../store/store.js';
import { isObject } from './json.js';
import { followReference } from './referred.js';

/** Never shown, so never compared either: a filter must not tell what an answer hides. */
const HIDDEN = new Set(['password', 'apiKey']);

/** Fields that a record does not store but the wire shows. */
const DERIVED = new Set(['connections']);

/**
 * What stands at a dotted path of a record. A reference is an id; a path that goes on behind a reference goes on in the record it
 * points to, and `.id` behind it is the reference itself.
 */
export function valueAt(reader: Reader, resource: AnyResource, record: object, path: readonly string[]): unknown {
  const [field = '', ...rest] = path;
  const stored = record as Record<string, unknown>;
  if (HIDDEN.has(field)) return undefined;
  if (field === '_id' && rest.length === 0) return stored.id;
  if ((field === 'lat' || field === 'lng') && !(field in stored) && Array.isArray(stored.coords)) {
    return stored.coords[field === 'lat' ? 1 : 0];
  }
  const value = DERIVED.has(field) && !(field in stored) ? resource.present(record, reader)[field] : stored[field];
  const target = resource.references[field];
  return target ? behindReference(reader, target, value, rest) : inside(value, rest);
}

function behindReference(reader: Reader, target: CollectionName, value: unknown, rest: readonly string[]): unknown {
  if (rest.length === 0) return value;
  if (Array.isArray(value)) return value.map((one) => behindReference(reader, target, one, rest));
  if (typeof value !== 'string') return inside(value, rest);
  if (rest.length === 1 && (rest[0] === 'id' || rest[0] === '_id')) return value;
  return inside(followReference(reader, target, value)?.record, rest);
}

/** Goes on through plain objects, and through the elements of a list as MongoDB does. */
function inside(value: unknown, path: readonly string[]): unknown {
  const [field, ...rest] = path;
  if (field === undefined) return value;
  if (Array.isArray(value)) {
    const index = Number(field);
    return Number.isInteger(index) ? inside(value[index], rest) : value.flatMap((one) => inside(one, path) ?? []);
  }
  return isObject(value) ? inside(value[field === '_id' && !('_id' in value) ? 'id' : field], rest) : undefined;
}
