import type { Coordinates } from '../../domain/geo.js';
import { UpstreamShapeError } from '../../errors/app-error.js';

/**
 * A JSON object from OZmap, read field by field. Tolerant: unknown keys pass, absent and null are null, numbers may be text and text may be
 * numbers, an id may be `id` or `_id`, a reference an id or the object itself. Strict where we need it: `need…` throws.
 *
 * Errors: UPSTREAM_UNEXPECTED_SHAPE naming the route and the field.
 */
export class WireRecord {
  private constructor(
    private readonly route: string,
    private readonly where: string,
    private readonly json: Readonly<Record<string, unknown>>,
  ) {}

  /** `where` is how errors name it, e.g. `rows[]`. */
  static of(route: string, where: string, value: unknown): WireRecord {
    if (!isObject(value)) throw new UpstreamShapeError(route, where === '' ? 'body' : where);
    return new WireRecord(route, where, value);
  }

  get id(): string {
    return idOf(this.json) ?? this.lacks('id');
  }

  has(key: string): boolean {
    return this.json[key] !== undefined;
  }

  /** Null where absent, null or empty: OZmap clears by the empty text, and shows both. */
  text(...keys: string[]): string | null {
    const value = this.first(keys);
    if (typeof value === 'string') return value === '' ? null : value;
    return typeof value === 'number' ? String(value) : null;
  }

  /** The texts among these that are there, by their keys. */
  texts(...keys: string[]): Record<string, string> {
    return Object.fromEntries(
      keys.flatMap((key) => {
        const text = this.text(key);
        return text === null ? [] : [[key, text]];
      }),
    );
  }

  needText(...keys: string[]): string {
    return this.text(...keys) ?? this.lacks(keys[0] ?? '');
  }

  number(...keys: string[]): number | null {
    return asNumber(this.first(keys));
  }

  needNumber(...keys: string[]): number {
    return this.number(...keys) ?? this.lacks(keys[0] ?? '');
  }

  flag(...keys: string[]): boolean | null {
    const value = this.first(keys);
    if (typeof value === 'boolean') return value;
    if (value === 1 || value === 'true') return true;
    if (value === 0 || value === 'false') return false;
    return null;
  }

  needFlag(...keys: string[]): boolean {
    return this.flag(...keys) ?? this.lacks(keys[0] ?? '');
  }

  /** The id in a reference, populated or not. */
  reference(...keys: string[]): string | null {
    return referenceIn(this.first(keys));
  }

  /** As long as OZmap's list: null where an element is null or unreadable. Empty where there is no list. */
  references(...keys: string[]): (string | null)[] {
    const value = this.first(keys);
    return Array.isArray(value) ? value.map(referenceIn) : [];
  }

  /** The object under `key`, where it is one. */
  child(...keys: string[]): WireRecord | null {
    const value = this.first(keys);
    return isObject(value) ? new WireRecord(this.route, this.field(keys[0] ?? ''), value) : null;
  }

  /** The objects of the list under `key`; whatever is no object is left out. */
  children(...keys: string[]): WireRecord[] {
    const value = this.first(keys);
    if (!Array.isArray(value)) return [];
    const where = `${this.field(keys[0] ?? '')}[]`;
    return value.filter(isObject).map((element) => new WireRecord(this.route, where, element));
  }

  needChildren(key: string): WireRecord[] {
    return Array.isArray(this.json[key]) ? this.children(key) : this.lacks(key);
  }

  /** `coords` as `[lng, lat]` or as an object, else `lat` and `lng` beside it; null for a record without a place. */
  location(): Coordinates | null {
    return coordinatesIn(this.json.coords) ?? coordinatesIn(this.json.coordinates) ?? coordinatesIn(this.json);
  }

  /** The value under the first of the keys that is there and not null. */
  raw(...keys: string[]): unknown {
    return this.first(keys);
  }

  private first(keys: readonly string[]): unknown {
    for (const key of keys) {
      const value = this.json[key];
      if (value !== undefined && value !== null) return value;
    }
    return null;
  }

  /** Names of the fields that say something, of those that are meant. */
  filledFields(isMeant: (name: string) => boolean): string[] {
    return Object.keys(this.json).filter((key) => isMeant(key) && hasContent(this.json[key]));
  }

  /** Says that this record cannot do without the field. */
  lacks(key: string): never {
    throw new UpstreamShapeError(this.route, this.field(key));
  }

  private field(key: string): string {
    return this.where === '' ? key : `${this.where}.${key}`;
  }
}

/** True for a JSON object, not for a list or null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** False for null, no, zero, the empty text, and what holds nothing else. */
export function hasContent(value: unknown): boolean {
  return isObject(value)
    ? Object.values(value).some(hasContent)
    : Array.isArray(value)
      ? value.some(hasContent)
      : !!value;
}

function idOf(json: Readonly<Record<string, unknown>>): string | null {
  return plainId(json.id) ?? plainId(json._id);
}

function plainId(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  // Mongo's extended JSON.
  return isObject(value) && typeof value.$oid === 'string' ? value.$oid : null;
}

function referenceIn(value: unknown): string | null {
  return plainId(value) ?? (isObject(value) ? idOf(value) : null);
}

function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : null;
}

/** A point as `[lng, lat]`, `{ lat, lng }`, `{ latitude, longitude }` or a GeoJSON point. */
export function coordinatesIn(value: unknown): Coordinates | null {
  if (Array.isArray(value)) return pointOf(value[1], value[0]);
  if (!isObject(value)) return null;
  if (Array.isArray(value.coordinates)) return pointOf(value.coordinates[1], value.coordinates[0]);
  return pointOf(value.lat ?? value.latitude, value.lng ?? value.longitude);
}

function pointOf(lat: unknown, lng: unknown): Coordinates | null {
  const point = { lat: asNumber(lat), lng: asNumber(lng) };
  return point.lat === null || point.lng === null ? null : { lat: point.lat, lng: point.lng };
}
