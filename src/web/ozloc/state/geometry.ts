import { type Coordinates, METRES_PER_DEGREE } from '../../../domain/geo.js';

export { boundsAround, distanceM, pathLengthM } from '../../../domain/geo.js';

/** `[lng, lat]` only in GeoJSON and towards MapLibre. */
export type LatLng = Coordinates;

const RADIANS = Math.PI / 180;

/** The point some metres east and north of another; exact enough for a step of a key or a circle around a house. */
export function movedBy(from: LatLng, eastM: number, northM: number): LatLng {
  return {
    lat: from.lat + northM / METRES_PER_DEGREE,
    lng: from.lng + eastM / (METRES_PER_DEGREE * Math.cos(from.lat * RADIANS)),
  };
}

/** A closed ring around a point. */
export function circle(center: LatLng, radiusM: number, corners = 64): LatLng[] {
  return Array.from({ length: corners + 1 }, (_, index) => {
    const angle = (2 * Math.PI * (index % corners)) / corners;
    return movedBy(center, radiusM * Math.cos(angle), radiusM * Math.sin(angle));
  });
}

/** Clockwise from north, 0–360. */
export function bearingDegrees(from: LatLng, to: LatLng): number {
  const dLng = (to.lng - from.lng) * RADIANS;
  const y = Math.sin(dLng) * Math.cos(to.lat * RADIANS);
  const x =
    Math.cos(from.lat * RADIANS) * Math.sin(to.lat * RADIANS) -
    Math.sin(from.lat * RADIANS) * Math.cos(to.lat * RADIANS) * Math.cos(dLng);
  return (Math.atan2(y, x) / RADIANS + 360) % 360;
}

/** `-19.93211, -44.05388`, or with decimal commas `-19,93211; -44,05388`; null when it is not a pair of coordinates. */
export function parseCoordinates(text: string): LatLng | null {
  // A typeset minus, as this page itself writes it, and degree signs.
  const plain = text.replace(/[\u2010-\u2015\u2212]/g, '-').replace(/[°º]/g, '');
  const match = /^\s*\(?\s*([+-]?\d{1,2}(?:[.,]\d+)?)\s*(?:[;,/]|\s)\s*([+-]?\d{1,3}(?:[.,]\d+)?)\s*\)?\s*$/.exec(
    plain,
  );
  if (!match?.[1] || !match[2]) return null;
  const lat = Number(match[1].replace(',', '.'));
  const lng = Number(match[2].replace(',', '.'));
  // Two whole numbers are more likely a street number than a place on earth.
  if (!/[.,]\d/.test(match[1]) && !/[.,]\d/.test(match[2])) return null;
  return Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? { lat, lng } : null;
}

/** Six decimals (about 0.1 m), with points, as every system takes them. */
export function formatCoordinates({ lat, lng }: LatLng): string {
  return `${lat.toFixed(6)}, ${lng.toFixed(6)}`;
}
