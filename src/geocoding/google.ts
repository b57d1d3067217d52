import { z } from 'zod';
import { distanceM, isUsable } from '../domain/geo.js';
import { UpstreamUnavailableError } from '../errors/app-error.js';
import type { AddressQuery, GeocodeAnswer, GeocodedLocation, GeocodePrecision, Geocoder } from './geocoder.js';
import { askProvider, bestOf, isNumberAskedFor, queryText } from './provider.js';

const point = z.object({ lat: z.number(), lng: z.number() });
const box = z.object({ northeast: point, southwest: point });

/** What we read of Google's answer; unknown keys pass. */
export const answerShape = z.object({
  status: z.string(),
  results: z
    .array(
      z.object({
        formatted_address: z.string().optional(),
        partial_match: z.boolean().optional(),
        types: z.array(z.string()).default([]),
        address_components: z.array(z.object({ long_name: z.string(), types: z.array(z.string()) })).default([]),
        geometry: z.object({
          location: point,
          location_type: z.string(),
          bounds: box.optional(),
          viewport: box.optional(),
        }),
      }),
    )
    .default([]),
});

export type GoogleAnswer = z.infer<typeof answerShape>;
export type GoogleResult = GoogleAnswer['results'][number];

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

const PROVIDER = 'google';
const API = 'https://maps.googleapis.com/maps/api/geocode/json';

export interface GoogleOptions {
  /** Never in logs or errors. */
  apiKey: string;
  /** For tests; Google's own otherwise. */
  url?: string;
  /** Default 5,000. */
  timeoutMs?: number;
}

/**
 * Google's Geocoding API.
 *
 * Shape:  ZERO_RESULTS is `not-found`; several places as good as each other are `ambiguous`.
 * Errors: UPSTREAM_UNAVAILABLE (no answer, over quota, key refused, an answer that cannot be read).
 * Source: Google Maps Platform, Geocoding API, "Geocoding responses".
 */
export function createGoogleGeocoder({ apiKey, url = API, timeoutMs = 5_000 }: GoogleOptions): Geocoder {
  const ask = async (text: string, signal: AbortSignal | undefined): Promise<GoogleAnswer> => {
    const target = new URL(url);
    target.search = new URLSearchParams({ address: text, key: apiKey, region: 'br', language: 'pt-BR' }).toString();
    const answer = answerShape.safeParse(await askProvider(target, { provider: PROVIDER, timeoutMs, signal }));
    if (!answer.success) throw unavailable('answered in another shape');
    return answer.data;
  };
  return {
    provider: PROVIDER,
    async geocode(query: AddressQuery, signal?: AbortSignal): Promise<GeocodeAnswer> {
      const text = queryText(query);
      if (text === '') return { kind: 'not-found' };
      let answer = await ask(text, signal);
      // Google: "the request may succeed if you try again".
      if (answer.status === 'UNKNOWN_ERROR') answer = await ask(text, signal);
      if (answer.status === 'ZERO_RESULTS') return { kind: 'not-found' };
      if (answer.status !== 'OK') throw unavailable(`answered ${knownStatus(answer.status)}`);
      return bestOf(answer.results.flatMap((result) => toLocation(result, query, PROVIDER) ?? []));
    },
  };
}

const STATUSES = z.enum(['OVER_QUERY_LIMIT', 'OVER_DAILY_LIMIT', 'REQUEST_DENIED', 'INVALID_REQUEST', 'UNKNOWN_ERROR']);

/** A status that Google documents, or a word of our own: an error repeats no text of strangers. */
function knownStatus(status: string): string {
  return STATUSES.safeParse(status).data ?? 'an unknown status';
}

function unavailable(what: string): UpstreamUnavailableError {
  return new UpstreamUnavailableError(`the geocoder ${PROVIDER} ${what}`);
}
