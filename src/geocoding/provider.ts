import fetch from 'node-fetch';
import type { z } from 'zod';
import { distanceM } from '../domain/geo.js';
import { jsonOf } from '../domain/json.js';
import { GeocoderError } from '../errors/app-error.js';
import {
  type AddressQuery,
  answerOf,
  GEOCODE_PRECISIONS,
  type GeocodeAnswer,
  type GeocodedLocation,
  type Geocoder,
} from './geocoder.js';
import { isSamePlace, type Question, questionOf } from './reader/question.js';
import { townKey } from './reader/towns.js';
import type { ServiceArea } from './service-area.js';

/** How to ask a geocoding provider. */
export interface ProviderRequest {
  /** Named in errors, which hold neither the URL (it carries the key and the address) nor the answer. */
  provider: string;
  timeoutMs: number;
  headers?: Record<string, string>;
  /** The caller no longer waits for the answer. */
  signal?: AbortSignal | undefined;
}

/**
 * Asks a geocoding provider for JSON, once.
 * Errors: GEOCODER_UNAVAILABLE (no answer in time, not 2xx, not JSON, another shape) · GEOCODER_REFUSED (401, 403) · GEOCODER_QUOTA (429) · the signal's reason.
 */
export async function askProvider<T>(
  url: URL,
  shape: z.ZodType<T>,
  { provider, timeoutMs, headers = {}, signal }: ProviderRequest,
): Promise<T> {
  let status: number;
  let text: string;
  try {
    const ends = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
    // Node's own class, which node-fetch's types do not know.
    const response = await fetch(url, { headers, signal: ends as never, redirect: 'error' });
    status = response.status;
    text = await response.text();
  } catch {
    signal?.throwIfAborted();
    // The cause would name the URL, and with it the key.
    throw new GeocoderError('GEOCODER_UNAVAILABLE', `the geocoder ${provider} did not answer`);
  }
  if (status < 200 || status > 299)
    throw new GeocoderError(failureOf(status), `the geocoder ${provider} answered ${status}`);
  const json = jsonOf(text);
  if (json === undefined)
    throw new GeocoderError('GEOCODER_UNAVAILABLE', `the geocoder ${provider} answered something that is not JSON`);
  const answer = shape.safeParse(json);
  if (!answer.success)
    throw new GeocoderError('GEOCODER_UNAVAILABLE', `the geocoder ${provider} answered in another shape`);
  return answer.data;
}

function failureOf(status: number) {
  if (status === 429) return 'GEOCODER_QUOTA';
  return status === 401 || status === 403 ? 'GEOCODER_REFUSED' : 'GEOCODER_UNAVAILABLE';
}

/** How exact a provider's place is. */
export type Trust = Pick<GeocodedLocation, 'precision' | 'accuracyM'>;

/** A provider's place, with the town and state that it says it is in. */
export interface ProvidedPlace {
  location: GeocodedLocation;
  /** All names that may be the municipality's. */
  towns: readonly string[];
  /** Two letters, where it says so. */
  state: string | null;
}

/** A geocoder that chooses among the places that a provider has for a question. */
export function chooseAmong(
  provider: string,
  area: ServiceArea,
  placesFor: (question: Question, query: AddressQuery, signal?: AbortSignal) => Promise<readonly ProvidedPlace[]>,
): Geocoder {
  return {
    provider,
    async geocode(query, signal) {
      const question = questionOf(query);
      if (question.text === '') return { kind: 'not-found' };
      return bestOf(await placesFor(question, query, signal), question, area);
    },
  };
}

const MAX_CANDIDATES = 10;
/** Two points on one plot are one place, however exact each claims to be. */
const SAME_PLACE_M = 50;
/** A place vaguer than any municipality is none. */
const VAGUEST_M = 150_000;

/**
 * Chooses among a provider's places. Those in another town or state than asked for, or outside the towns that are sold in, are never the
 * answer: they come back as candidates. Of the others the most precise one, unless another, as precise, lies further off than both
 * their errors reach.
 */
function bestOf(places: readonly ProvidedPlace[], question: Question, area: ServiceArea): GeocodeAnswer {
  const usable = places.filter(({ location }) => location.accuracyM <= VAGUEST_M);
  const asked = usable.filter((place) => isInTownAskedFor(place, question));
  const inArea = asked.filter((place) => isInTowns(place, area));
  if (inArea.length > 0) return mostPrecise(inQuarterAskedFor(inArea, question).map(({ location }) => location));
  const candidates = (asked.length > 0 ? asked : usable).map(({ location }) => location).slice(0, MAX_CANDIDATES);
  if (candidates.length === 0) return { kind: 'not-found' };
  return { kind: asked.length > 0 ? 'outside' : 'ambiguous', candidates };
}

function isInTownAskedFor({ towns, state }: ProvidedPlace, question: Question): boolean {
  if (question.state !== null && state !== null && state !== question.state) return false;
  return question.town === null || towns.length === 0 || towns.some((town) => townKey(town) === question.town);
}

function isInTowns({ towns, state }: ProvidedPlace, area: ServiceArea): boolean {
  if (area.towns.length === 0 || towns.length === 0) return true;
  return area.towns.some(
    (one) => (state === null || state === one.state) && towns.some((town) => townKey(town) === townKey(one.name)),
  );
}

/** The neighbourhood decides between places where some of them lie in it. */
function inQuarterAskedFor(places: readonly ProvidedPlace[], { neighbourhood }: Question): readonly ProvidedPlace[] {
  const there = neighbourhood
    ? places.filter(({ location }) => location.neighbourhood && isSamePlace(neighbourhood, location.neighbourhood))
    : [];
  return there.length > 0 ? there : places;
}

function mostPrecise(places: readonly GeocodedLocation[]): GeocodeAnswer {
  const rank = ({ precision }: GeocodedLocation) => GEOCODE_PRECISIONS.indexOf(precision);
  const sorted = [...places].sort((a, b) => rank(a) - rank(b) || a.accuracyM - b.accuracyM);
  const [best] = sorted;
  if (!best) return { kind: 'not-found' };
  const rivals = sorted.filter(
    (place) =>
      rank(place) === rank(best) && distanceM(place, best) > Math.max(place.accuracyM, best.accuracyM, SAME_PLACE_M),
  );
  return answerOf([best, ...rivals].slice(0, MAX_CANDIDATES));
}
