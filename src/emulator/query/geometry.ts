import type { LatLng } from '../../city/city.js';
import type { Polygon } from '../records.js';
import { Refused } from '../resource.js';
import { distanceM } from '../store/places.js';
import type { Reader } from '../store/store.js';
import { isObject, toNumber } from './values.js';

/**
 * `{ lat, lng }`, `{ latitude, longitude }`, `{ coords }`, `{ coordinates }` (GeoJSON point) or a bare `[lng, lat]`; degrees as numbers or, as
 * OZmap's own guides write them, as texts. Errors: 400 for anything else.
 */
export function readPoint(value: unknown, operator: string): LatLng {
  const point = pointFrom(value);
  if (!point) throw new Refused(400, `${operator}: um ponto, por exemplo { lat, lng }`);
  return point;
}

function pointFrom(value: unknown): LatLng | null {
  if (Array.isArray(value)) {
    return pointAt(value[1], value[0]);
  }
  if (!isObject(value)) return null;
  const point = pointAt(value.lat ?? value.latitude, value.lng ?? value.longitude);
  if (point) return point;
  const nested = value.coords ?? value.coordinates;
  return nested === undefined ? null : pointFrom(nested);
}

function pointAt(latitude: unknown, longitude: unknown): LatLng | null {
  const [lat, lng] = [toNumber(latitude), toNumber(longitude)];
  return lat !== undefined && lng !== undefined && Number.isFinite(lat) && Number.isFinite(lng) ? { lat, lng } : null;
}

/** Null unless the value is a polygon with at least one ring. */
export function polygonFrom(value: unknown): Polygon | null {
  if (!isObject(value) || value.type !== 'Polygon' || !Array.isArray(value.coordinates)) return null;
  const rings = value.coordinates as unknown[];
  const whole =
    rings.length > 0 && rings.every((ring) => Array.isArray(ring) && ring.length >= 3 && ring.every(isCorner));
  return whole ? (value as unknown as Polygon) : null;
}

function isCorner(value: unknown): boolean {
  return Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number';
}

/** What `within` takes: a polygon, or `{ id, model }` of a record that has one. Errors: 400. */
export function readArea(reader: Reader, value: unknown): Polygon {
  const polygon = polygonFrom(value);
  if (polygon) return polygon;
  if (!isObject(value) || typeof value.id !== 'string') {
    throw new Refused(400, 'within: um polígono GeoJSON ou { id, model }');
  }
  const area = areaOf(reader, value.model, value.id);
  if (!area) throw new Refused(400, `within: ${String(value.model)} ${value.id} não tem área`);
  return area;
}

function areaOf(reader: Reader, model: unknown, id: string): Polygon | null | undefined {
  if (model === 'project') return reader.get('projects', id)?.area;
  if (model === 'horizontalCondominium') return reader.get('horizontal-condominiums', id)?.polygon;
  if (model === 'region') return polygonFrom(reader.get('regions', id)?.polygon);
  throw new Refused(400, 'within: model é project, region ou horizontalCondominium');
}

/** Even-odd rule over all rings, so that holes are outside. A point on an edge may count either way. */
export function contains(polygon: Polygon, point: LatLng): boolean {
  let inside = false;
  for (const ring of polygon.coordinates) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const a = ring[i];
      const b = ring[j];
      if (!a || !b || a[1] > point.lat === b[1] > point.lat) continue;
      if (point.lng < ((b[0] - a[0]) * (point.lat - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
    }
  }
  return inside;
}

/** A circle around the polygon's outer ring. */
export function circleAround(polygon: Polygon): { at: LatLng; radiusM: number } {
  const ring = polygon.coordinates[0] ?? [];
  const lats = ring.map((corner) => corner[1]);
  const lngs = ring.map((corner) => corner[0]);
  const at = { lat: (Math.min(...lats) + Math.max(...lats)) / 2, lng: (Math.min(...lngs) + Math.max(...lngs)) / 2 };
  const away = ring.map(([lng, lat]) => distanceM(at, { lat, lng }));
  // A little more than the furthest corner: rounding must not lose a record on the edge.
  return { at, radiusM: Math.max(0, ...away) * 1.01 + 1 };
}
