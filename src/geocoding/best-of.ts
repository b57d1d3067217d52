import { distanceM } from '../domain/geo.js';
import { GEOCODE_PRECISIONS, type GeocodeAnswer, type GeocodedLocation } from './geocoder.js';

const MAX_CANDIDATES = 10;
/** Two points on one plot are one place, however exact each claims to be. */
const SAME_PLACE_M = 50;

/** Chooses among a provider's places: the most precise one, unless another, as precise, lies further off than both their errors reach. */
export function bestOf(places: readonly GeocodedLocation[]): GeocodeAnswer {
  const rank = ({ precision }: GeocodedLocation) => GEOCODE_PRECISIONS.indexOf(precision);
  const sorted = [...places].sort((a, b) => rank(a) - rank(b) || a.accuracyM - b.accuracyM);
  const [best] = sorted;
  if (!best) return { kind: 'not-found' };
  const rivals = sorted.filter(
    (place) =>
      rank(place) === rank(best) && distanceM(place, best) > Math.max(place.accuracyM, best.accuracyM, SAME_PLACE_M),
  );
  if (rivals.length === 0) return { kind: 'found', location: best };
  return { kind: 'ambiguous', candidates: [best, ...rivals].slice(0, MAX_CANDIDATES) };
}
