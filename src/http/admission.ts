import { setTimeout as sleep } from 'node:timers/promises';
import { normalizeIP } from '@fastify/rate-limit';
import { BulkheadRejectedError, bulkhead } from 'cockatiel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createFairQueue } from '../budget/fair-queue.js';
import { LimitExceededError, RateLimitedError, UnauthenticatedError } from '../errors/app-error.js';
import type { Authenticator, TokenOwner } from '../store/tokens/authenticator.js';
import { tokenHash } from '../store/tokens/known-tokens.js';
import type { DocumentLimits } from './document-size.js';

/** What admission needs. */
export interface AdmissionOptions {
  authenticator: Authenticator;
  /** The OZmap token that a request brings, or that its platform's stands for; null: none. Errors: why it could not be read. */
  tokenOf(request: FastifyRequest): Promise<string | null>;
  /** Requests of one caller; 0: no limit. */
  ratePerMinute: number;
  /** Tokens that OZmap refuses, from one address; 0: no limit. */
  failedPerMinute: number;
}

/** Decides which requests are taken at all. */
export interface Admission {
  /** Counts a request, once however often it is asked. Errors: RATE_LIMITED. */
  admit(request: FastifyRequest): Promise<void>;
  /** Whose token a request brings, found out once per request. Errors: UNAUTHENTICATED · UPSTREAM_UNAVAILABLE · those of `tokenOf`. */
  ownerOf(request: FastifyRequest): Promise<TokenOwner>;
  /**
   * Lets a request try a secret of whatever kind: one that fails counts as a refused token of its address, and one that is good always gets in.
   * Errors: RATE_LIMITED · what the work throws, of which UNAUTHENTICATED is a failure.
   */
  signIn<T>(request: FastifyRequest, work: () => Promise<T>): Promise<T>;
  /** Of a request that was admitted with a token that OZmap accepts: the token's hash. Null: of any other. */
  accountOf(request: FastifyRequest): string | null;
}

const WINDOW_MS = 60_000;
/** Tokens that wait to be verified after their address has spent its budget. Who comes when all places are taken is refused unheard. */
const WAITING = 50;
const RETRY_AFTER_BUSY_S = 1;

/**
 * Counts requests by caller: a token that OZmap accepts has an account of its own, whatever address it comes from; without one the address
 * has. Refused tokens are counted apart, against their address. Where those are too many, that address's unknown tokens are verified one
 * at a time: guesses cost OZmap little then, and a good token among them still gets in.
 */
export function createAdmission(app: FastifyInstance, options: AdmissionOptions): Admission {
  const { authenticator, tokenOf, ratePerMinute, failedPerMinute } = options;
  const owners = new WeakMap<FastifyRequest, Promise<TokenOwner>>();
  const accounts = new WeakMap<FastifyRequest, string>();
  const admitted = new WeakMap<FastifyRequest, Promise<void>>();
  const requests = app.createRateLimit({
    max: ratePerMinute || Number.MAX_SAFE_INTEGER,
    timeWindow: WINDOW_MS,
    keyGenerator: (request) => accounts.get(request) ?? addressOf(request),
  });
  const failures = app.createRateLimit({
    max: failedPerMinute || Number.MAX_SAFE_INTEGER,
    timeWindow: WINDOW_MS,
    keyGenerator: addressOf,
  });
  const oneAtATime = bulkhead(1, WAITING);

  const ownerOf = (request: FastifyRequest) => {
    const known = owners.get(request) ?? findOwner(request);
    owners.set(request, known);
    return known;
  };
  const findOwner = async (request: FastifyRequest) => {
    const token = await tokenOf(request);
    if (token === null) throw UnauthenticatedError.withoutToken();
    return authenticator.ownerOf(token);
  };

  const signIn = async <T>(request: FastifyRequest, work: () => Promise<T>): Promise<T> => {
    const spent = await failures(request, { increment: false });
    try {
      return await (!spent.isAllowed && spent.remaining === 0 ? oneAtATime.execute(work) : work());
    } catch (error) {
      if (error instanceof BulkheadRejectedError) throw new RateLimitedError(RETRY_AFTER_BUSY_S);
      if (error instanceof UnauthenticatedError) assertWithin(await failures(request));
      throw error;
    }
  };

  /** How a token turns out that was not seen valid lately, or could not be read. Errors: RATE_LIMITED. */
  const verified = async (request: FastifyRequest): Promise<'accepted' | 'refused' | 'unanswered'> => {
    try {
      await signIn(request, () => ownerOf(request));
      return 'accepted';
    } catch (error) {
      if (error instanceof RateLimitedError) throw error;
      return error instanceof UnauthenticatedError ? 'refused' : 'unanswered';
    }
  };

  const admitOnce = async (request: FastifyRequest) => {
    const token = await tokenOf(request).catch(() => undefined);
    if (token !== null) {
      const isKnown = token !== undefined && authenticator.hasSeenValid(token);
      const standing = isKnown ? 'accepted' : await verified(request);
      // Counted as a failure already; the answer says UNAUTHENTICATED.
      if (standing === 'refused') return;
      if (standing === 'accepted' && token !== undefined) accounts.set(request, tokenHash(token));
    }
    assertWithin(await requests(request));
  };

  return {
    ownerOf,
    signIn,
    accountOf: (request) => accounts.get(request) ?? null,
    admit: (request) => {
      const known = admitted.get(request) ?? admitOnce(request);
      admitted.set(request, known);
      return known;
    },
  };
}

function assertWithin(rate: Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>): void {
  if (!rate.isAllowed && rate.isExceeded) throw new RateLimitedError(rate.ttlInSeconds);
}

/** IPv6 by its /64 network: one customer of a provider has all of it. */
export function addressOf({ ip }: FastifyRequest): string {
  return normalizeIP(ip);
}

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
