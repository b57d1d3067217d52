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
  /** The street at the nearest corner, where it is known: tells apart what has one name in one neighbourhood. */
  crossStreet?: string | null;
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
  /** All of them lie where nothing is sold. */
  | { kind: 'outside'; candidates: GeocodedLocation[] }
  | { kind: 'not-found' };

/** What places come to: one is the answer, several are asked back about. */
export function answerOf(places: readonly GeocodedLocation[]): GeocodeAnswer {
  const [only, ...others] = places;
  if (!only) return { kind: 'not-found' };
  return others.length === 0 ? { kind: 'found', location: only } : { kind: 'ambiguous', candidates: [...places] };
}

/**
 * Turns an address into a place with its error.
 *
 * Errors: GEOCODER_UNAVAILABLE · GEOCODER_REFUSED · GEOCODER_QUOTA · the reason of the signal, which ends the work.
 */
export interface Geocoder {
  readonly provider: string;
  geocode(query: AddressQuery, signal?: AbortSignal): Promise<GeocodeAnswer>;
}

/** What an address that is being typed may become. */
export const SUGGESTION_KINDS = ['DOOR', 'STREET', 'NEIGHBOURHOOD'] as const;
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number];

/** A place that what was typed so far may mean. */
export interface AddressSuggestion {
  kind: SuggestionKind;
  /** What the search box holds once it is taken: `Rua das Flores, 12`. */
  text: string;
  location: GeocodedLocation;
}

/** Suggests places while an address is typed, best first; none for fewer than three letters. Asks nobody. */
export interface Suggester {
  suggest(text: string, near: Coordinates | null, first: number): AddressSuggestion[];
}
