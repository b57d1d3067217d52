import type { CollectionName } from '../records.js';
import type { AnyResource } from '../resource.js';
import type { Reader } from '../store/store.js';

/** True for a JSON object, false for null and lists. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Equal as OZmap's database would see it: the filter's value takes the type of the stored one, a list equals any of its elements. */
export function equals(stored: unknown, value: unknown): boolean {
  if (stored === null || stored === undefined) return value === null || value === undefined;
  if (Array.isArray(stored))
    return Array.isArray(value) ? same(stored, value) : stored.some((one) => equals(one, value));
  if (isObject(stored)) return isObject(value) ? same(stored, value) : stored.id !== undefined && stored.id === value;
  return order(stored, value) === 0;
}

/** Negative, zero or positive; undefined where the two cannot be compared. */
export function order(stored: unknown, value: unknown): number | undefined {
  if (stored === null || stored === undefined || value === null || value === undefined) return undefined;
  if (typeof stored === 'number') return difference(stored, toNumber(value));
  if (typeof stored === 'boolean') return difference(Number(stored), toBit(value));
  if (typeof stored === 'string' && ['string', 'number', 'boolean'].includes(typeof value)) {
    const text = String(value);
    if (ISO_DATE.test(stored) && ISO_DATE.test(text)) return difference(Date.parse(stored), Date.parse(text));
    return stored < text ? -1 : stored > text ? 1 : 0;
  }
  return undefined;
}

function difference(a: number, b: number | undefined): number | undefined {
  return b === undefined || Number.isNaN(a) || Number.isNaN(b) ? undefined : a - b;
}

/** A number, or a text that writes one; NaN for another text, undefined for anything else. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : undefined;
}

const toBit = (value: unknown): number | undefined =>
  value === true || value === 'true' ? 1 : value === false || value === 'false' ? 0 : undefined;

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** OZmap keeps these in one collection: a reference to one kind may lead to another, as a flat's `box` leads to its building. */
const BASE_BOXES: readonly CollectionName[] = ['boxes', 'buildings', 'properties', 'pops', 'cable-stubs'];

/** The record that a reference leads to, with the collection it was found in. */
export function followReference(
  reader: Reader,
  target: CollectionName,
  id: string,
): { collection: CollectionName; record: { id: string } } | undefined {
  for (const collection of BASE_BOXES.includes(target) ? [target, ...BASE_BOXES] : [target]) {
    const record = reader.get(collection, id);
    if (record) return { collection, record };
  }
  return undefined;
}

/** Never shown, so never compared either: a filter must not tell what an answer hides. */
const HIDDEN = new Set(['password', 'apiKey']);

/** A field that a record does not store but the wire shows. */
const DERIVED = 'connections';

/**
 * The value at a dotted path of a record. A reference is an id; a path that goes on behind a reference goes on in the record it
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
  const value = field === DERIVED && !(field in stored) ? resource.present(record, reader)[field] : stored[field];
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
