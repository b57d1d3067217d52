import { z } from 'zod';
import { UpstreamUnavailableError } from '../errors/app-error.js';
import { bestOf } from './best-of.js';
import type { AddressQuery, GeocodeAnswer, Geocoder } from './geocoder.js';
import { toLocation } from './google/to-location.js';
import { answerShape, type GoogleAnswer } from './google/wire.js';
import { askProvider } from './provider-request.js';
import { queryText } from './query-text.js';

const PROVIDER = 'google';
const API = 'https://maps.googleapis.com/maps/api/geocode/json';

export interface GoogleOptions {
  /** Never in logs or errors. */
  apiKey: string;
  /** For tests; Google's own otherwise. */
  url?: string;
  /** 5,000 unless told. */
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
