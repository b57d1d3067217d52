import fetch from 'node-fetch';
import { distanceM } from '../domain/geo.js';
import { UpstreamUnavailableError } from '../errors/app-error.js';
import { type AddressQuery, GEOCODE_PRECISIONS, type GeocodeAnswer, type GeocodedLocation } from './geocoder.js';

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
 * Errors: UPSTREAM_UNAVAILABLE (no answer in time, not 2xx, not JSON) · the signal's reason.
 */
export async function askProvider(
  url: URL,
  { provider, timeoutMs, headers = {}, signal }: ProviderRequest,
): Promise<unknown> {
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
    throw new UpstreamUnavailableError(`the geocoder ${provider} did not answer`);
  }
  if (status < 200 || status > 299) throw new UpstreamUnavailableError(`the geocoder ${provider} answered ${status}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new UpstreamUnavailableError(`the geocoder ${provider} answered something that is not JSON`);
  }
}

/** One line, the way Brazilians write it: `Rua A, 12 - Centro, Contagem - MG, 32000-000`. The complement finds nothing and is left out. */
export function queryText(query: AddressQuery): string {
  if ('text' in query) return query.text.trim();
  const { street, number, neighbourhood, city, state, postalCode } = query.parts;
  const join = (separator: string, ...parts: (string | undefined)[]) => parts.filter(Boolean).join(separator);
  return join(', ', join(' - ', join(', ', street, number), neighbourhood), join(' - ', city, state), postalCode);
}

const POSTAL_CODE = /\b\d{5}-?\d{3}\b/g;
/** `1.200`, as Brazilians may write 1200. */
const THOUSANDS = /(\d)\.(?=\d{3}\b)/g;

/**
 * Whether the house number a provider names is the one asked for; providers answer with a neighbour's door without saying so.
 * Letters do not count (`120 A` is next to `120`), and of several numbers (`118;120`) one is enough. Without a number in the
 * answer, only an address in parts can tell that one is missing: a line may hold other numbers, or a building's name.
 */
export function isNumberAskedFor(query: AddressQuery, answered: string | undefined): boolean {
  const asked = 'text' in query ? numbersIn(query.text) : numbersIn(query.parts.number ?? '');
  if (answered === undefined) return 'text' in query || asked.length === 0;
  return numbersIn(answered).some((number) => asked.includes(number));
}

function numbersIn(text: string): number[] {
  return (text.replace(POSTAL_CODE, ' ').replace(THOUSANDS, '$1').match(/\d+/g) ?? []).map(Number);
}

const MAX_CANDIDATES = 10;
/** Two points on one plot are one place, however exact each claims to be. */
const SAME_PLACE_M = 50;

/** Chooses among a provider's places: the most precise one, unless another, as precise, lies further off than both their errors reach. */
export function bestOf(places: readonly GeocodedLocation[]): GeocodeAnswer {
  const rank = ({ precision }: GeocodedLocation) => GEOCODE_PRECISIONS.indexOf(precision);
  const sorted = [...places].sort((a, b) => rank(a) - rank(b) || a.accuracyM - b.accuracyM);
  const [best] = sorted;
  if (!best) return { kind: 'not-found' };
  const rivals = sorted.filter(
    (place) =>
      rank(place) === rank(best) && distanceM(place, best) > Math.max(place.accuracyM, best.accuracyM, SAME_PLACE_M),
  );
  if (rivals.length === 0) return { kind: 'found', location: best };
  return { kind: 'ambiguous', candidates: [best, ...rivals].slice(0, MAX_CANDIDATES) };
}
