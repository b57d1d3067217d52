import { UpstreamUnavailableError } from '../errors/app-error.js';
import { bestOf } from './best-of.js';
import type { AddressQuery, GeocodeAnswer, Geocoder } from './geocoder.js';
import { isNumberAskedFor } from './house-number.js';
import { joinStreets } from './nominatim/join-streets.js';
import { toLocation } from './nominatim/to-location.js';
import { answerShape, type NominatimPlace } from './nominatim/wire.js';
import { askProvider } from './provider-request.js';
import { queryText } from './query-text.js';

const PROVIDER = 'nominatim';
const LIMIT = '10';
/** Places this much less important than the best are not what was meant (importance runs from 0 to 1). */
const IMPORTANCE_GAP = 0.1;

export interface NominatimOptions {
  /** The server, e.g. `https://nominatim.customer.example`; `/search` is added. */
  url: string;
  /** Nominatim's usage policy wants each application to name itself. */
  userAgent: string;
  /** 5,000 unless told. */
  timeoutMs?: number;
}

/**
 * A Nominatim server, over OpenStreetMap's data.
 *
 * Errors: UPSTREAM_UNAVAILABLE (no answer, refused, an answer that cannot be read).
 * Source: Nominatim manual, "Search queries" and "Place output", format jsonv2.
 */
export function createNominatimGeocoder({ url, userAgent, timeoutMs = 5_000 }: NominatimOptions): Geocoder {
  return {
    provider: PROVIDER,
    async geocode(query: AddressQuery, signal?: AbortSignal): Promise<GeocodeAnswer> {
      if (queryText(query) === '') return { kind: 'not-found' };
      const target = new URL(`${url.replace(/\/+$/, '')}/search`);
      target.search = searchParams(query).toString();
      const headers = { 'user-agent': userAgent };
      const answer = answerShape.safeParse(
        await askProvider(target, { provider: PROVIDER, timeoutMs, headers, signal }),
      );
      if (!answer.success) throw new UpstreamUnavailableError(`the geocoder ${PROVIDER} answered in another shape`);
      return bestOf(meant(answer.data, query).flatMap((place) => toLocation(place, query, PROVIDER) ?? []));
    },
  };
}

/** The houses with the number asked for, however unimportant a house is; without any, what is about as important as the best. */
function meant(places: readonly NominatimPlace[], query: AddressQuery): NominatimPlace[] {
  const houses = places.filter(
    ({ address: { house_number } }) => house_number && isNumberAskedFor(query, house_number),
  );
  if (houses.length > 0) return houses;
  const top = Math.max(...places.map(({ importance }) => importance));
  return joinStreets(places.filter(({ importance }) => importance >= top - IMPORTANCE_GAP));
}

function searchParams(query: AddressQuery): URLSearchParams {
  const params = new URLSearchParams({
    format: 'jsonv2',
    addressdetails: '1',
    limit: LIMIT,
    countrycodes: 'br',
    'accept-language': 'pt-BR',
  });
  const asked =
    'text' in query
      ? { q: queryText(query) }
      : {
          street: [query.parts.number, query.parts.street].filter(Boolean).join(' '),
          city: query.parts.city,
          state: query.parts.state,
          postalcode: query.parts.postalCode,
        };
  for (const [name, value] of Object.entries(asked)) if (value) params.set(name, value);
  return params;
}
