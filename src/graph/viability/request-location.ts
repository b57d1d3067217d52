import { type Coordinates, isUsable } from '../../domain/geo.js';
import type { ViabilityMode, ViabilityReason } from '../../domain/viability.js';
import { BadUserInputError } from '../../errors/app-error.js';
import type { AddressQuery, GeocodeAnswer, GeocodedLocation, Geocoder } from '../../geocoding/geocoder.js';
import { correctionsOf, type Position, readPosition } from '../../geocoding/positions.js';
import { ANYWHERE, mayHold, middleOf, type ServiceArea } from '../../geocoding/service-area.js';

/** Where, and how to look: an address or a location; with both, the location decides and the address is kept as text. */
export interface ViabilityRequest {
  address?: AddressQuery;
  location?: Coordinates;
  /** How far off `location` may be; 0 (a pin) when absent. */
  accuracyM?: number;
  mode?: ViabilityMode;
  /** May narrow OZmap's search radius, never widen it. */
  radiusM?: number;
  /** Ids or names. */
  tags?: string[];
}

/** The one place meant, or why there is none, with the places it might be. */
export type Located =
  | { location: GeocodedLocation }
  | { location: null; reason: ViabilityReason; candidates: GeocodedLocation[] };

/**
 * Turns a request into one place. A location decides over an address, which is then kept as its text; without one the geocoder is asked,
 * unless the address is a position itself. A place outside the area is a candidate, corrected where its writer may have taken latitude
 * for longitude.
 *
 * Errors: BAD_USER_INPUT (neither address nor location) · those of the geocoder.
 */
export async function locate(
  request: ViabilityRequest,
  geocoder: Geocoder,
  area: ServiceArea = ANYWHERE,
): Promise<Located> {
  const { location, address } = request;
  if (location && isUsable(location)) {
    const formattedAddress = address ? addressText(address) : null;
    return withinArea({ ...location, accuracyM: request.accuracyM ?? 0 }, formattedAddress, area);
  }
  if (!address) {
    if (location) return { location: null, reason: 'OTHER', candidates: [] };
    throw new BadUserInputError('an address or a location is needed', [{ field: 'address' }, { field: 'location' }]);
  }
  const position = 'text' in address ? readPosition(address.text, middleOf(area)) : null;
  if (position) return withinArea(position, null, area);
  return inArea(await geocoder.geocode(address), area);
}

function inArea(answer: GeocodeAnswer, area: ServiceArea): Located {
  if (answer.kind === 'not-found') return { location: null, reason: 'ADDRESS_NOT_FOUND', candidates: [] };
  const places = answer.kind === 'found' ? [answer.location] : answer.candidates;
  const inside = answer.kind === 'outside' ? [] : places.filter((place) => area.covers(place));
  const [first] = inside;
  if (!first) return { location: null, reason: 'OUTSIDE_SERVICE_AREA', candidates: places };
  return answer.kind === 'found'
    ? { location: first }
    : { location: null, reason: 'ADDRESS_AMBIGUOUS', candidates: inside };
}

function withinArea(position: Position, formattedAddress: string | null, area: ServiceArea): Located {
  const pin = ({ lat, lng }: Coordinates): GeocodedLocation => ({
    lat,
    lng,
    accuracyM: position.accuracyM,
    precision: 'PIN',
    formattedAddress,
    neighbourhood: null,
    provider: 'caller',
  });
  if (mayHold(area, position)) return { location: pin(position) };
  const corrected = correctionsOf(position, (point) => mayHold(area, point));
  return {
    location: null,
    reason: 'OUTSIDE_SERVICE_AREA',
    candidates: (corrected.length > 0 ? corrected : [position]).map(pin),
  };
}

/** An address in one line, as Brazilians write it. */
function addressText(address: AddressQuery): string {
  if ('text' in address) return address.text;
  const { street, number, complement, neighbourhood, city, state, postalCode } = address.parts;
  const door = [street, number].filter(Boolean).join(', ');
  const place = [city, state].filter(Boolean).join(' - ');
  return [[door, complement].filter(Boolean).join(' '), neighbourhood, place, postalCode].filter(Boolean).join(', ');
}
