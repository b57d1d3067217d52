import { distanceM, isUsable } from '../../domain/geo.js';
import type { AddressQuery, GeocodedLocation, GeocodePrecision } from '../geocoder.js';
import { isNumberAskedFor } from '../house-number.js';
import type { GoogleResult } from './wire.js';

/** Metres that Google's words are taken to mean; Google itself names none. */
const ROOFTOP_M = 15;
/** Between two corners. The gazetteer, measured on a real city, needs about as much for a number between known ones. */
const INTERPOLATED_M = 100;
const AREA_FLOOR_M = 100;
/** "Did not return an exact match for the original request"; the same for a door that was not the one asked for. */
const PARTIAL_MATCH_M = 300;

/** A place with its error, as an answer to `query`; null where Google's point cannot be one. */
export function toLocation(result: GoogleResult, query: AddressQuery, provider: string): GeocodedLocation | null {
  const { location } = result.geometry;
  if (!isUsable(location)) return null;
  const { precision, accuracyM } = trust(result, query);
  return {
    ...location,
    precision,
    accuracyM: Math.round(accuracyM),
    formattedAddress: result.formatted_address ?? null,
    neighbourhood: component(result, 'sublocality') ?? component(result, 'neighborhood') ?? null,
    provider,
  };
}

function trust(result: GoogleResult, query: AddressQuery): { precision: GeocodePrecision; accuracyM: number } {
  const exact = byLocationType(result);
  const isDoor = exact.precision === 'NUMBER' || exact.precision === 'NUMBER_APPROXIMATE';
  const isOther = isDoor && !isNumberAskedFor(query, component(result, 'street_number'));
  if (!result.partial_match && !isOther) return exact;
  const precision = exact.precision === 'NUMBER' ? 'NUMBER_APPROXIMATE' : exact.precision;
  return { precision, accuracyM: Math.max(exact.accuracyM, PARTIAL_MATCH_M) };
}

function byLocationType(result: GoogleResult): { precision: GeocodePrecision; accuracyM: number } {
  switch (result.geometry.location_type) {
    case 'ROOFTOP':
      return { precision: 'NUMBER', accuracyM: ROOFTOP_M };
    case 'RANGE_INTERPOLATED':
      return { precision: 'NUMBER_APPROXIMATE', accuracyM: INTERPOLATED_M };
    default:
      return { precision: areaPrecision(result.types), accuracyM: Math.max(halfDiagonalM(result), AREA_FLOOR_M) };
  }
}

function areaPrecision(types: readonly string[]): GeocodePrecision {
  const is = (...names: string[]) => names.some((name) => types.includes(name));
  if (is('route', 'intersection', 'street_address', 'premise')) return 'STREET';
  if (is('postal_code')) return 'POSTAL_CODE';
  if (is('sublocality', 'neighborhood', 'colloquial_area')) return 'LOCALITY';
  return 'MUNICIPALITY';
}

function halfDiagonalM({ geometry }: GoogleResult): number {
  const box = geometry.bounds ?? geometry.viewport;
  return box ? distanceM(box.northeast, box.southwest) / 2 : 0;
}

function component({ address_components }: GoogleResult, type: string): string | undefined {
  return address_components.find(({ types }) => types.includes(type))?.long_name;
}
