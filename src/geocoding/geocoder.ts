import { createFairQueue } from '../budget/fair-queue.js';
import { createInFlight } from '../budget/in-flight.js';
import type { RequestBudget } from '../budget/request-budget.js';
import type { Coordinates } from '../domain/geo.js';

/** How well an address was found, best first. The classes follow IPEA's geocodebr; PIN is a point that a person set. */
export const GEOCODE_PRECISIONS = [
  'PIN',
  'NUMBER',
  'NUMBER_APPROXIMATE',
  'STREET',
  'POSTAL_CODE',
  'LOCALITY',
  'MUNICIPALITY',
] as const;
export type GeocodePrecision = (typeof GEOCODE_PRECISIONS)[number];

/** Where an address lies, and how far off that may be. */
export interface GeocodedLocation extends Coordinates {
  /** Radius in metres of the circle that holds the true point in at least 93 of 100 cases. */
  accuracyM: number;
  precision: GeocodePrecision;
  formattedAddress: string | null;
  neighbourhood: string | null;
  /** `google`, `nominatim`, `gazetteer` or `caller`. */
  provider: string;
}

/** An address in parts, as an ERP holds it. */
export interface AddressParts {
  street: string;
  number?: string | undefined;
  complement?: string | undefined;
  neighbourhood?: string | undefined;
  city?: string | undefined;
  state?: string | undefined;
  postalCode?: string | undefined;
}

export type AddressQuery = { text: string } | { parts: AddressParts };

/** Never a silent first hit: when several places answer to the address equally well, all of them come back. */
export type GeocodeAnswer =
  | { kind: 'found'; location: GeocodedLocation }
  | { kind: 'ambiguous'; candidates: GeocodedLocation[] }
  | { kind: 'not-found' };

/**
 * Turns an address into a place with its error.
 *
 * Errors: UPSTREAM_UNAVAILABLE (the provider did not answer, is over quota or refuses our key) · the reason of the signal, which ends the work.
 */
export interface Geocoder {
  readonly provider: string;
  geocode(query: AddressQuery, signal?: AbortSignal): Promise<GeocodeAnswer>;
}

/** A provider as many requests use it at once. */
export interface SharedGeocoder {
  /**
   * The provider for one request: an address is asked for once however often the request names it, each call is paid from the budget,
   * and ends with it. Further errors: LIMIT_EXCEEDED (`cost`).
   */
  forRequest(budget: RequestBudget): Geocoder;
}

/** Addresses that the provider works on at once, over all requests. */
const AT_ONCE = 8;

/** Asks the provider for few addresses at once, requests in turns; those under way are shared. */
export function shareGeocoder(provider: Geocoder, atOnce = AT_ONCE): SharedGeocoder {
  const queue = createFairQueue(atOnce);
  const inFlight = createInFlight<GeocodeAnswer>();
  return {
    forRequest(budget) {
      const asked = new Map<string, Promise<GeocodeAnswer>>();
      const ask = async (query: AddressQuery, key: string) => {
        // Before it is shared: no other request may be refused because this one has spent its budget.
        if (!inFlight.isUnderWay(provider.provider, key)) budget.spend('geocoder');
        const inTurn = (signal: AbortSignal) => queue.run(budget, () => provider.geocode(query, signal), signal);
        return inFlight.share(provider.provider, key, inTurn, budget.signal);
      };
      return {
        provider: provider.provider,
        geocode(query) {
          const key = keyOf(query);
          const answer = asked.get(key) ?? ask(query, key);
          asked.set(key, answer);
          return answer;
        },
      };
    },
  };
}

/** The same for addresses that differ in capitals and spaces only. */
function keyOf(query: AddressQuery): string {
  const parts = 'text' in query ? { text: query.text } : query.parts;
  const entries = Object.entries(parts).sort(([a], [b]) => a.localeCompare(b));
  return JSON.stringify(
    entries.map(([name, value]) => [name, String(value).toLowerCase().replace(/\s+/g, ' ').trim()]),
  );
}
