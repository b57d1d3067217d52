import { setTimeout as sleep } from 'node:timers/promises';
import { createFairQueue } from '../budget/fair-queue.js';
import { LimitExceededError, RateLimitedError } from '../errors/app-error.js';
import type { DocumentLimits } from './document-size.js';

/** What a caller may send whose token OZmap knows. The worst that fits is validated within some 75 ms. */
export const CALLER_LIMITS: DocumentLimits = {
  documentBytes: 262_144,
  documentTokens: 2_500,
  // MAX_ALIASES holds for the operation.
  aliases: Number.POSITIVE_INFINITY,
  fragments: 500,
  nesting: 64,
};

/** What anybody may send. */
export const STRANGER_LIMITS: DocumentLimits = {
  documentBytes: 16_384,
  documentTokens: 2_000,
  aliases: 20,
  fragments: 60,
  nesting: 32,
};

/** Items of the lists among the variables: of a stranger, and of a caller whose token OZmap knows. Each is read before it can be refused. */
export const STRANGER_ITEMS = 500;
export const CALLER_ITEMS = 2_500;
/** Requests of strangers under way at once, over all addresses. */
const AT_ONCE = 4;
/** Requests of one address that may wait for their turn. */
const WAITING_AT_MOST = 50;

/** After each of them, the place is kept free for so many times what it took, so that strangers never have most of our time. */
const REST_FACTOR = 8;
const REST_AT_MOST_MS = 2_000;

/** Lets callers in whose token OZmap does not know: few at once, addresses in turns. */
export interface Strangers {
  /**
   * Answers when the work is done; its place is free again after a rest.
   * Errors: RATE_LIMITED (too many of this address wait already) · what the work throws.
   */
  run<T>(address: string, work: () => Promise<T>): Promise<T>;
}

export function createStrangers(): Strangers {
  const queue = createFairQueue(AT_ONCE);
  return {
    run: (address, work) =>
      new Promise((resolve, reject) => {
        if (queue.waiting(address) >= WAITING_AT_MOST) return reject(new RateLimitedError(1));
        const inPlace = async () => {
          const startedAt = performance.now();
          await work().then(resolve, reject);
          const restMs = Math.min(REST_AT_MOST_MS, REST_FACTOR * (performance.now() - startedAt));
          await sleep(restMs, undefined, { ref: false });
        };
        void queue.run(address, inPlace);
      }),
  };
}

/** Holds the lists among the variables to a length in all. Errors: LIMIT_EXCEEDED. */
export function assertListsWithin(variables: unknown, max: number): void {
  if (typeof variables !== 'object' || variables === null) return;
  let items = 0;
  for (const value of Object.values(variables)) if (Array.isArray(value)) items += value.length;
  if (items > max) throw new LimitExceededError('listItems', max, items);
}
