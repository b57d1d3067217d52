import { createFairQueue } from '../budget/fair-queue.js';
import { createInFlight } from '../budget/in-flight.js';
import type { RequestBudget } from '../budget/request-budget.js';
import type { AddressQuery, GeocodeAnswer, Geocoder } from './geocoder.js';

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
        // Before it is shared: nobody else is to be refused because this request has spent its budget.
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
