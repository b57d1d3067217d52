import { Refused } from '../resource.js';
import { distanceM } from '../store/places.js';
import type { Reader } from '../store/store.js';
import type { Condition } from './filter.js';
import { contains, polygonFrom, readArea, readPoint } from './geometry.js';
import { equals, isObject, order, toNumber } from './values.js';

/** Whether the value of a record's field meets a condition. */
export type Test = (stored: unknown) => boolean;

/** A condition made ready to be tried on many records. Errors: 400 for a value that the operator does not take. */
export function testOf(reader: Reader, { operator, value, path }: Condition): Test {
  const name = path.join('.');
  switch (operator) {
    case '=':
    case 'eq':
      return (stored) => equals(stored, value);
    case '!=':
      return (stored) => !equals(stored, value);
    case '<':
      return compared(value, (difference) => difference < 0);
    case '<=':
      return compared(value, (difference) => difference <= 0);
    case '>':
      return compared(value, (difference) => difference > 0);
    case '>=':
      return compared(value, (difference) => difference >= 0);
    case 'like':
      return like(value, name);
    case 'in':
      return oneOf(listOf(value, 'in', name));
    case 'notin': {
      const listed = oneOf(listOf(value, 'notin', name));
      return (stored) => !listed(stored);
    }
    case 'all': {
      const wanted = listOf(value, 'all', name);
      return (stored) => wanted.every((one) => equals(stored, one));
    }
    case 'exists': {
      const there = value !== false && value !== 'false';
      return (stored) => (stored !== undefined) === there;
    }
    case 'near':
      return near(value);
    case 'within': {
      const area = readArea(reader, value);
      return (stored) => {
        const point = coordsOf(stored);
        return point !== null && contains(area, point);
      };
    }
    case 'point-intersect': {
      const point = readPoint(value, 'point-intersect');
      return (stored) => {
        const polygon = polygonFrom(stored);
        return polygon !== null && contains(polygon, point);
      };
    }
  }
}

/** The `near` value's radius in metres, as OZmap's guide to adjacencies says; without one, everything is near. */
export function radiusOf(value: unknown): number {
  const given = isObject(value) ? value.radius : undefined;
  if (given === undefined || given === null) return Number.POSITIVE_INFINITY;
  const radius = toNumber(given);
  if (radius === undefined || !(radius >= 0)) throw new Refused(400, 'near: radius em metros');
  return radius;
}

function near(value: unknown): Test {
  const at = readPoint(value, 'near');
  const radiusM = radiusOf(value);
  return (stored) => {
    const point = coordsOf(stored);
    return point !== null && distanceM(at, point) <= radiusM;
  };
}

function compared(value: unknown, holds: (difference: number) => boolean): Test {
  const one = (stored: unknown) => {
    const difference = order(stored, value);
    return difference !== undefined && holds(difference);
  };
  return (stored) => (Array.isArray(stored) ? stored.some(one) : one(stored));
}

/** Inferred: the text occurs anywhere, whatever the case; `%` stands for anything. */
function like(value: unknown, name: string): Test {
  if (typeof value !== 'string' && typeof value !== 'number') throw new Refused(400, `like: um texto em ${name}`);
  const pattern = String(value)
    .split('%')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  const text = new RegExp(pattern, 'is');
  const one = (stored: unknown) =>
    (typeof stored === 'string' || typeof stored === 'number') && text.test(String(stored));
  return (stored) => (Array.isArray(stored) ? stored.some(one) : one(stored));
}

function oneOf(values: unknown[]): Test {
  const texts = new Set(values.filter((value) => typeof value === 'string'));
  // Long lists of ids are the usual case: no walk through the list for each record.
  const onlyTexts = texts.size === new Set(values).size;
  return (stored) =>
    typeof stored === 'string' && onlyTexts ? texts.has(stored) : values.some((value) => equals(stored, value));
}

function listOf(value: unknown, operator: string, name: string): unknown[] {
  if (!Array.isArray(value)) throw new Refused(400, `${operator}: uma lista em ${name}`);
  return value;
}

function coordsOf(stored: unknown) {
  if (!Array.isArray(stored)) return null;
  const [lng, lat] = stored;
  return typeof lng === 'number' && typeof lat === 'number' ? { lat, lng } : null;
}
