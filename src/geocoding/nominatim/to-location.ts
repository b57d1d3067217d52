import { distanceM, isUsable } from '../../domain/geo.js';
import type { AddressQuery, GeocodedLocation, GeocodePrecision } from '../geocoder.js';
import { isNumberAskedFor } from '../house-number.js';
import { isRoad } from './join-streets.js';
import type { NominatimPlace } from './wire.js';

/** A mapped house is its own building, or a point at its door. */
const HOUSE_M = 20;
const AREA_FLOOR_M = 50;
/** A guess: something else in the right street says where the street is, but not how far it runs. */
const SOMEWHERE_IN_STREET_M = 500;

const QUARTERS = ['suburb', 'neighbourhood', 'quarter', 'city_block', 'residential', 'hamlet', 'village', 'district'];

/** A place with its error, as an answer to `query`; null where Nominatim's point cannot be one. */
export function toLocation(place: NominatimPlace, query: AddressQuery, provider: string): GeocodedLocation | null {
  const point = { lat: place.lat, lng: place.lon };
  if (!isUsable(point)) return null;
  const { precision, accuracyM } = trust(place, query);
  return {
    ...point,
    precision,
    accuracyM: Math.round(accuracyM),
    formattedAddress: place.display_name ?? null,
    neighbourhood: place.address.neighbourhood ?? place.address.suburb ?? null,
    provider,
  };
}

function trust(place: NominatimPlace, query: AddressQuery): { precision: GeocodePrecision; accuracyM: number } {
  const { house_number, road } = place.address;
  if (house_number && isNumberAskedFor(query, house_number)) return { precision: 'NUMBER', accuracyM: HOUSE_M };
  const reach = Math.max(reachM(place), AREA_FLOOR_M);
  if (isRoad(place)) return { precision: 'STREET', accuracyM: reach };
  const area = areaPrecision(place);
  if (area) return { precision: area, accuracyM: reach };
  // Another house, a shop or a school: it says nothing about the number asked for.
  if (house_number || road) return { precision: 'STREET', accuracyM: Math.max(reach, SOMEWHERE_IN_STREET_M) };
  return { precision: 'MUNICIPALITY', accuracyM: reach };
}

function areaPrecision({ address, addresstype, category, type }: NominatimPlace): GeocodePrecision | null {
  if (address.house_number) return null;
  const is = (names: readonly string[]) => [addresstype, category, type].some((kind) => kind && names.includes(kind));
  if (is(['postcode'])) return 'POSTAL_CODE';
  return is(QUARTERS) ? 'LOCALITY' : null;
}

/** From the point to the furthest corner of the place's box. */
function reachM({ boundingbox, lat, lon }: NominatimPlace): number {
  if (!boundingbox) return 0;
  const [south, north, west, east] = boundingbox;
  const corners = [south, north].flatMap((cornerLat) => [west, east].map((lng) => ({ lat: cornerLat, lng })));
  return Math.max(...corners.map((corner) => distanceM({ lat, lng: lon }, corner)));
}
