import { isUsable } from '../../domain/geo.js';
import type { ViabilityReason } from '../../domain/viability.js';
import { BadUserInputError } from '../../errors/app-error.js';
import type { AddressQuery, GeocodedLocation, Geocoder } from '../../geocoding/geocoder.js';
import type { ViabilityRequest } from './viability.service.js';

/** The one place meant, or why there is none, with the places it might be. */
export type Located =
  | { location: GeocodedLocation }
  | { location: null; reason: ViabilityReason; candidates: GeocodedLocation[] };

/**
 * Turns a request into one place. A location decides over an address, which is then kept as its text; without one the geocoder is asked.
 *
 * Errors: BAD_USER_INPUT (neither address nor location) · UPSTREAM_UNAVAILABLE (geocoder).
 */
export async function locate(request: ViabilityRequest, geocoder: Geocoder): Promise<Located> {
  const { location, address } = request;
  if (location && isUsable(location)) {
    return {
      location: {
        lat: location.lat,
        lng: location.lng,
        accuracyM: request.accuracyM ?? 0,
        precision: 'PIN',
        formattedAddress: address ? addressText(address) : null,
        neighbourhood: null,
        provider: 'caller',
      },
    };
  }
  if (!address) {
    if (location) return { location: null, reason: 'OTHER', candidates: [] };
    throw new BadUserInputError('an address or a location is needed', [{ field: 'address' }, { field: 'location' }]);
  }
  const answer = await geocoder.geocode(address);
  if (answer.kind === 'found') return { location: answer.location };
  if (answer.kind === 'ambiguous') {
    return { location: null, reason: 'ADDRESS_AMBIGUOUS', candidates: answer.candidates };
  }
  return { location: null, reason: 'ADDRESS_NOT_FOUND', candidates: [] };
}

/** An address in one line, as Brazilians write it. */
function addressText(address: AddressQuery): string {
  if ('text' in address) return address.text;
  const { street, number, complement, neighbourhood, city, state, postalCode } = address.parts;
  const door = [street, number].filter(Boolean).join(', ');
  const place = [city, state].filter(Boolean).join(' - ');
  return [[door, complement].filter(Boolean).join(' '), neighbourhood, place, postalCode].filter(Boolean).join(', ');
}
