import { setTimeout as delay } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { createFairQueue } from '../budget/fair-queue.js';
import { createInFlight } from '../budget/in-flight.js';
import type { RequestBudget } from '../budget/request-budget.js';
import { foldedLine } from '../domain/text.js';
import { GeocoderError } from '../errors/app-error.js';
import type { AddressQuery, GeocodeAnswer, Geocoder } from './geocoder.js';

/** How the provider took the last question. */
export type GeocoderStanding = 'up' | 'down' | 'refused' | 'quota';

/** A provider as many requests use it at once. */
export interface SharedGeocoder {
  readonly provider: string;
  /** Of the last question; `up` before the first. */
  standing(): GeocoderStanding;
  /** Asks the provider once, for its standing only; never rejects. */
  check(query: AddressQuery): Promise<void>;
  /**
   * The provider for one request: an address is asked for once however often the request names it, each call is paid from the budget,
   * and ends with it. Further errors: LIMIT_EXCEEDED (`cost`).
   */
  forRequest(budget: RequestBudget): Geocoder;
}

/** How the provider is spared, and what stands in for it. */
export interface SharedGeocoderOptions {
  /** Addresses that the provider works on at once, over all requests. */
  atOnce?: number;
  /** Questions that are sent at most; null: no limit. */
  perSecond?: number | null;
  /** For how long an answer is taken again; 0: never. A provider of our own has no need of it. */
  cacheHours?: number;
  /** Asked where the provider fails or finds nothing. */
  fallback?: Geocoder | null;
  /** Called on each change. */
  onStanding?: (standing: GeocoderStanding) => void;
}

const ANSWERS_KEPT = 10_000;
const STANDING = { GEOCODER_UNAVAILABLE: 'down', GEOCODER_REFUSED: 'refused', GEOCODER_QUOTA: 'quota' } as const;

/** Asks the provider for few addresses at once, requests in turns; those under way are shared, and answers are kept. */
export function shareGeocoder(provider: Geocoder, options: SharedGeocoderOptions = {}): SharedGeocoder {
  const { atOnce = 8, perSecond = null, cacheHours = 0, fallback = null, onStanding = () => {} } = options;
  const queue = createFairQueue(atOnce);
  const inFlight = createInFlight<GeocodeAnswer>();
  const answers =
    cacheHours > 0 ? new LRUCache<string, GeocodeAnswer>({ max: ANSWERS_KEPT, ttl: cacheHours * 3_600_000 }) : null;
  const pace = createPace(perSecond);
  let standing: GeocoderStanding = 'up';

  function note(now: GeocoderStanding) {
    if (now === standing) return;
    standing = now;
    onStanding(now);
  }

  function noteFailure(error: unknown) {
    if (error instanceof GeocoderError) note(STANDING[error.code]);
  }

  async function askProvider(query: AddressQuery, key: string, signal: AbortSignal): Promise<GeocodeAnswer> {
    try {
      await pace(signal);
      const given = await provider.geocode(query, signal);
      note('up');
      const answer = given.kind === 'not-found' && fallback ? await fallback.geocode(query, signal) : given;
      answers?.set(key, answer);
      return answer;
    } catch (error) {
      if (!(error instanceof GeocoderError)) throw error;
      noteFailure(error);
      const instead = await fallback?.geocode(query, signal);
      if (!instead || instead.kind === 'not-found') throw error;
      return instead;
    }
  }

  return {
    provider: provider.provider,
    standing: () => standing,
    check: async (query) => {
      await provider.geocode(query).then(() => note('up'), noteFailure);
    },
    forRequest(budget) {
      const asked = new Map<string, Promise<GeocodeAnswer>>();
      const ask = async (query: AddressQuery, key: string) => {
        const kept = answers?.get(key);
        if (kept) return kept;
        // Before it is shared: no other request may be refused because this one has spent its budget.
        if (!inFlight.isUnderWay(provider.provider, key)) budget.spend('geocoder');
        const inTurn = (signal: AbortSignal) => queue.run(budget, () => askProvider(query, key, signal), { signal });
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

/** Lets so many through in a second, evenly; the others wait for their turn. */
function createPace(perSecond: number | null): (signal: AbortSignal) => Promise<void> {
  let next = 0;
  return async (signal) => {
    if (perSecond === null) return;
    const now = performance.now();
    const turn = Math.max(now, next);
    next = turn + 1_000 / perSecond;
    if (turn > now) await delay(turn - now, undefined, { signal }).catch(() => signal.throwIfAborted());
  };
}

/** The same for addresses that differ in capitals, accents and spaces only. */
function keyOf(query: AddressQuery): string {
  const parts = 'text' in query ? { text: query.text } : query.parts;
  const entries = Object.entries(parts).sort(([a], [b]) => a.localeCompare(b));
  return JSON.stringify(entries.map(([name, value]) => [name, foldedLine(String(value))]));
}
