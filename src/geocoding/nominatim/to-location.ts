import { distanceM, isUsable } from '../../domain/geo.js';
import type { GeocodedLocation, GeocodePrecision } from '../geocoder.js';
import type { NominatimPlace } from './wire.js';

/** A mapped house is its own building, or a point at its door. */
const HOUSE_M = 20;
const AREA_FLOOR_M = 50;

const ROADS = ['road', 'street', 'pedestrian', 'highway'];
const QUARTERS = ['suburb', 'neighbourhood', 'quarter', 'city_block', 'residential', 'hamlet', 'village', 'district'];

/** A place with its error; null where Nominatim's point cannot be one. */
export function toLocation(place: NominatimPlace, provider: string): GeocodedLocation | null {
  const point = { lat: place.lat, lng: place.lon };
  if (!isUsable(point)) return null;
  const precision = precisionOf(place);
  return {
    ...point,
    precision,
    accuracyM: precision === 'NUMBER' ? HOUSE_M : Math.round(Math.max(reachM(place), AREA_FLOOR_M)),
    formattedAddress: place.display_name ?? null,
    neighbourhood: place.address.neighbourhood ?? place.address.suburb ?? null,
    provider,
  };
}

function precisionOf({ address, addresstype, category, type }: NominatimPlace): GeocodePrecision {
  // A shop or a school without a house number says nothing about the number asked for.
  if (address.house_number) return 'NUMBER';
  const kinds = [addresstype, category, type].filter((kind) => kind !== undefined);
  const is = (names: readonly string[]) => kinds.some((kind) => names.includes(kind));
  if (is(ROADS)) return 'STREET';
  if (is(['postcode'])) return 'POSTAL_CODE';
  if (is(QUARTERS)) return 'LOCALITY';
  return is(['building', 'amenity', 'shop', 'office', 'place']) && address.road ? 'STREET' : 'MUNICIPALITY';
}

/** From the point to the furthest corner of the place's box. */
function reachM({ boundingbox, lat, lon }: NominatimPlace): number {
  if (!boundingbox) return 0;
  const [south, north, west, east] = boundingbox;
  const corners = [south, north].flatMap((cornerLat) => [west, east].map((lng) => ({ lat: cornerLat, lng })));
  return Math.max(...corners.map((corner) => distanceM({ lat, lng: lon }, corner)));
}
