import { isObject } from './json.js';

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
  if (
    typeof stored === 'string' &&
    (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
  ) {
    const text = String(value);
    if (ISO_DATE.test(stored) && ISO_DATE.test(text)) return difference(Date.parse(stored), Date.parse(text));
    return stored < text ? -1 : stored > text ? 1 : 0;
  }
  return undefined;
}

function difference(a: number, b: number | undefined): number | undefined {
  return b === undefined || Number.isNaN(a) || Number.isNaN(b) ? undefined : a - b;
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : undefined;
}

function toBit(value: unknown): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  return value === 'true' ? 1 : value === 'false' ? 0 : undefined;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
