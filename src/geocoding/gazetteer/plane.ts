import type { LatLng } from '../../city/city.js';
import { METRES_PER_DEGREE } from '../../domain/geo.js';

/** A point in metres east and north of the city's middle: within a city the earth is flat enough to 1 in 10,000. */
export interface PlanePoint {
  x: number;
  y: number;
}

/** Turns degrees into metres around one place, and back. */
export interface Plane {
  toPlane(point: LatLng): PlanePoint;
  toDegrees(point: PlanePoint): LatLng;
}

/** A plane around the middle of the points; around 0, 0 when there are none. */
export function createPlane(points: readonly LatLng[]): Plane {
  const middle = { lat: 0, lng: 0 };
  for (const { lat, lng } of points) {
    middle.lat += lat / points.length;
    middle.lng += lng / points.length;
  }
  const metresPerDegreeLng = METRES_PER_DEGREE * Math.cos((middle.lat * Math.PI) / 180);
  return {
    toPlane: ({ lat, lng }) => ({
      x: (lng - middle.lng) * metresPerDegreeLng,
      y: (lat - middle.lat) * METRES_PER_DEGREE,
    }),
    toDegrees: ({ x, y }) => ({
      lat: middle.lat + y / METRES_PER_DEGREE,
      lng: middle.lng + x / metresPerDegreeLng,
    }),
  };
}

export function planeDistanceM(a: PlanePoint, b: PlanePoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The point that lies `share` of the way from a to b. */
export function pointBetween(a: PlanePoint, b: PlanePoint, share: number): PlanePoint {
  return { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) };
}

/** The mean of points; at least one. */
export function middleOf(points: readonly PlanePoint[]): PlanePoint {
  return {
    x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
    y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
  };
}

/** How far from a point the share of points lies at most, metres. */
export function distanceOf(points: readonly PlanePoint[], from: PlanePoint, share: number): number {
  return quantileOf(
    points.map((point) => planeDistanceM(from, point)),
    share,
  );
}

/** The value that `share` of the values do not exceed; 0 for none. */
export function quantileOf(values: readonly number[], share: number): number {
  return quantile(Float64Array.from(values).sort(), share);
}

/** The same of values that are sorted. */
export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
