/** A point on the earth, WGS84 degrees. Inside this service always `{ lat, lng }`; `[lng, lat]` only on the wire and in GeoJSON. */
export interface Coordinates {
  lat: number;
  lng: number;
}

/** Degrees, WGS84; `south < north`, `west < east`. */
export interface Bounds {
  south: number;
  west: number;
  north: number;
  east: number;
}

const EARTH_RADIUS_M = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Metres of one degree of latitude, anywhere. */
export const METRES_PER_DEGREE = EARTH_RADIUS_M * RADIANS;

/** Great-circle distance in metres (haversine). */
export function distanceM(a: Coordinates, b: Coordinates): number {
  const dLat = (b.lat - a.lat) * RADIANS;
  const dLng = (b.lng - a.lng) * RADIANS;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * Math.sin(dLng / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The point so many metres away at a bearing, in degrees from north; for distances within a town. */
export function pointAt(from: Coordinates, bearing: number, metres: number): Coordinates {
  const north = (metres * Math.cos(bearing * RADIANS)) / METRES_PER_DEGREE;
  const east = (metres * Math.sin(bearing * RADIANS)) / METRES_PER_DEGREE;
  return { lat: from.lat + north, lng: from.lng + east / Math.max(0.01, Math.cos(from.lat * RADIANS)) };
}

/** The rectangle around points, so many metres wider on each side; for distances within a town. */
export function boundsAround(points: readonly Coordinates[], marginM: number): Bounds {
  // One by one: the corners of a whole municipality are more than a call takes arguments.
  const bounds = { south: Infinity, west: Infinity, north: -Infinity, east: -Infinity };
  for (const { lat, lng } of points) {
    bounds.south = Math.min(bounds.south, lat);
    bounds.west = Math.min(bounds.west, lng);
    bounds.north = Math.max(bounds.north, lat);
    bounds.east = Math.max(bounds.east, lng);
  }
  const marginLat = marginM / METRES_PER_DEGREE;
  const marginLng = marginLat / Math.max(0.01, Math.cos((points[0]?.lat ?? 0) * RADIANS));
  return {
    south: bounds.south - marginLat,
    west: bounds.west - marginLng,
    north: bounds.north + marginLat,
    east: bounds.east + marginLng,
  };
}

/** True in a rectangle, or so many degrees beside it. */
export function isWithin({ lat, lng }: Coordinates, { south, north, west, east }: Bounds, by = 0): boolean {
  return lat >= south - by && lat <= north + by && lng >= west - by && lng <= east + by;
}

/** Length of a path in metres: the sum of its legs; 0 for fewer than two points. */
export function pathLengthM(path: readonly Coordinates[]): number {
  return path.reduce((total, point, at) => total + distanceM(path[at - 1] ?? point, point), 0);
}

/** True for finite degrees within the globe; `0, 0` counts as missing, because that is what OZmap stores for "no position". */
export function isUsable(point: Coordinates): boolean {
  const { lat, lng } = point;
  return (
    Number.isFinite(lat) &&
    Number.isFinite(lng) &&
    Math.abs(lat) <= 90 &&
    Math.abs(lng) <= 180 &&
    !(lat === 0 && lng === 0)
  );
}

/** OZmap may round what it stores. */
const SAME_PLACE_M = 1;

/** True where the second may be what became of the first once it was stored. */
export function isSamePlace(a: Coordinates, b: Coordinates): boolean {
  return distanceM(a, b) <= SAME_PLACE_M;
}
