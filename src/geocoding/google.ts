import { z } from 'zod';
import { distanceM, isUsable } from '../domain/geo.js';
import { GeocoderError, type GeocoderFailure } from '../errors/app-error.js';
import type { GeocodePrecision, Geocoder } from './geocoder.js';
import { askProvider, chooseAmong, type ProvidedPlace, type Trust } from './provider.js';
import { isNumberIn, type Question } from './reader/question.js';
import { stateOf } from './reader/towns.js';
import { ANYWHERE, onlyTownOf, type ServiceArea } from './service-area.js';

const point = z.object({ lat: z.number(), lng: z.number() });
const box = z.object({ northeast: point, southwest: point });

/** What we read of Google's answer; unknown keys pass. */
const answerShape = z.object({
  status: z.string(),
  results: z
    .array(
      z.object({
        formatted_address: z.string().optional(),
        partial_match: z.boolean().optional(),
        types: z.array(z.string()).default([]),
        address_components: z
          .array(z.object({ long_name: z.string(), short_name: z.string().optional(), types: z.array(z.string()) }))
          .default([]),
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

type GoogleResult = z.infer<typeof answerShape>['results'][number];

/** Metres that Google's words are taken to mean; Google itself names none. */
const ROOFTOP_M = 15;
/** Between two corners. The gazetteer, measured on a real city, needs about as much for a number between known ones. */
const INTERPOLATED_M = 100;
const AREA_FLOOR_M = 100;
/** "Did not return an exact match for the original request"; the same for a door that was not the one asked for. */
const PARTIAL_MATCH_M = 300;

/** A state, the country and the like: no place to look for boxes. */
const TOO_VAGUE = ['country', 'administrative_area_level_1', 'continent', 'archipelago', 'natural_feature'];

/** A place with its error, as an answer to the question; null where Google's point cannot be one. */
function toPlace(result: GoogleResult, question: Question): ProvidedPlace | null {
  const { location } = result.geometry;
  if (!isUsable(location) || TOO_VAGUE.some((type) => result.types.includes(type))) return null;
  const { precision, accuracyM } = trust(result, question);
  return {
    location: {
      ...location,
      precision,
      accuracyM: Math.round(accuracyM),
      formattedAddress: result.formatted_address ?? null,
      neighbourhood: component(result, 'sublocality') ?? component(result, 'neighborhood') ?? null,
      provider: PROVIDER,
    },
    towns: ['administrative_area_level_2', 'locality'].flatMap((type) => component(result, type) ?? []),
    state: stateOf(component(result, 'administrative_area_level_1') ?? ''),
  };
}

function trust(result: GoogleResult, question: Question): Trust {
  const exact = byLocationType(result);
  const isDoor = exact.precision === 'NUMBER' || exact.precision === 'NUMBER_APPROXIMATE';
  const isOther = isDoor && !isNumberAskedFor(question, component(result, 'street_number'));
  if (!result.partial_match && !isOther) return exact;
  const precision = exact.precision === 'NUMBER' ? 'NUMBER_APPROXIMATE' : exact.precision;
  return { precision, accuracyM: Math.max(exact.accuracyM, PARTIAL_MATCH_M) };
}

/** The very number; without one asked for, none is named either. */
function isNumberAskedFor({ number }: Question, answered: string | undefined): boolean {
  if (number === null) return answered === undefined;
  return answered !== undefined && isNumberIn(answered, number);
}

function byLocationType(result: GoogleResult): Trust {
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
  /** Google's own when absent; for tests and proxies. */
  url?: string;
  /** Where to look. */
  area?: ServiceArea;
  /** Default 5,000. */
  timeoutMs?: number;
}

/**
 * Google's Geocoding API.
 *
 * Shape:  ZERO_RESULTS is `not-found`; several places as good as each other are `ambiguous`.
 * Errors: GEOCODER_UNAVAILABLE (no answer, or one that cannot be read) · GEOCODER_REFUSED (the key) · GEOCODER_QUOTA.
 * Source: Google Maps Platform, Geocoding API, "Geocoding responses".
 */
export function createGoogleGeocoder({
  apiKey,
  url = API,
  area = ANYWHERE,
  timeoutMs = 5_000,
}: GoogleOptions): Geocoder {
  const ask = (text: string, signal: AbortSignal | undefined) => {
    const target = new URL(url);
    const bounds = area.bounds();
    target.search = new URLSearchParams({
      address: text,
      key: apiKey,
      region: 'br',
      language: 'pt-BR',
      components: componentsOf(area),
      ...(bounds && { bounds: `${bounds.south},${bounds.west}|${bounds.north},${bounds.east}` }),
    }).toString();
    return askProvider(target, answerShape, { provider: PROVIDER, timeoutMs, signal });
  };
  return chooseAmong(PROVIDER, area, async (question, _query, signal) => {
    const text = withTown(question, area);
    let answer = await ask(text, signal);
    // Google: "the request may succeed if you try again".
    if (answer.status === 'UNKNOWN_ERROR') answer = await ask(text, signal);
    if (answer.status === 'ZERO_RESULTS') return [];
    if (answer.status !== 'OK') throw failed(answer.status);
    return answer.results.flatMap((result) => toPlace(result, question) ?? []);
  });
}

/** Brazil, and the state where all towns are in one. */
function componentsOf({ towns }: ServiceArea): string {
  const states = new Set(towns.map(({ state }) => state));
  return ['country:BR', ...(states.size === 1 ? [`administrative_area:${[...states][0]}`] : [])].join('|');
}

/** A street without a town is meant in the only one that is sold in. */
function withTown({ text, town }: Question, area: ServiceArea): string {
  const only = onlyTownOf(area);
  return only && town === null ? `${text}, ${only.name} - ${only.state}` : text;
}

const FAILURES: Readonly<Record<string, GeocoderFailure>> = {
  OVER_QUERY_LIMIT: 'GEOCODER_QUOTA',
  OVER_DAILY_LIMIT: 'GEOCODER_QUOTA',
  REQUEST_DENIED: 'GEOCODER_REFUSED',
  INVALID_REQUEST: 'GEOCODER_REFUSED',
  UNKNOWN_ERROR: 'GEOCODER_UNAVAILABLE',
};

/** Names a status that Google documents, or none: an error repeats no text of strangers. */
function failed(status: string): GeocoderError {
  const code = Object.hasOwn(FAILURES, status) ? FAILURES[status] : undefined;
  return new GeocoderError(
    code ?? 'GEOCODER_UNAVAILABLE',
    `the geocoder ${PROVIDER} answered ${code ? status : 'an unknown status'}`,
  );
}
