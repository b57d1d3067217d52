import { LRUCache } from 'lru-cache';
import { UnauthenticatedError } from '../../errors/app-error.js';
import { tokenHash } from './known-tokens.js';

/** The owner of a token, as OZmap reports it. */
export interface TokenOwner {
  ownerId: string;
  ownerName: string;
}

/** Whose a token is, and who says so. */
export interface VerifiedOwner extends TokenOwner {
  /** False: OZmap is away, and said so some time ago. */
  confirmed: boolean;
}

/** What the authenticator needs. */
export interface AuthenticatorOptions {
  /** Asks OZmap. Errors: UNAUTHENTICATED · UPSTREAM_UNAVAILABLE. */
  verify: (token: string) => Promise<VerifiedOwner>;
  /** For how long a known token is not asked about again. */
  ttlMs: number;
  now?: () => number;
}

/** More tokens than any provider has. */
const MAX_TOKENS = 1_000;
const MAX_REFUSED = 10_000;
/** A key that was made a moment ago must soon work; a caller that sends a wrong one again and again is not worth a request each time. */
const REFUSED_MS = 5_000;
const SEEN_VALID_MS = 12 * 3_600_000;

/**
 * Finds out whose a token is: asks OZmap once for however many requests come with it at the same time, and remembers a yes for a while and
 * a no for some seconds. A yes that OZmap did not just give is not remembered: a key that was revoked meanwhile is refused as soon as OZmap
 * is back.
 */
export class Authenticator {
  readonly #owners: LRUCache<string, TokenOwner>;
  readonly #refused: LRUCache<string, true>;
  readonly #seenValid: LRUCache<string, true>;
  readonly #asking = new Map<string, Promise<TokenOwner>>();
  readonly #options: AuthenticatorOptions;

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
    const clock = options.now ? { perf: { now: options.now }, ttlResolution: 0 } : {};
    this.#owners = new LRUCache({ max: MAX_TOKENS, ttl: options.ttlMs, ...clock });
    this.#refused = new LRUCache({ max: MAX_REFUSED, ttl: REFUSED_MS, ...clock });
    this.#seenValid = new LRUCache({ max: MAX_TOKENS, ttl: SEEN_VALID_MS, ...clock });
  }

  /** Errors: UNAUTHENTICATED · UPSTREAM_UNAVAILABLE. */
  async ownerOf(token: string): Promise<TokenOwner> {
    const key = tokenHash(token);
    const owner = this.#owners.get(key);
    if (owner) return owner;
    if (this.#refused.has(key)) throw new UnauthenticatedError('OZmap refused the token a moment ago');
    const asking = this.#asking.get(key) ?? this.#ask(key, token);
    this.#asking.set(key, asking);
    return asking;
  }

  /** True for a token that OZmap confirmed in the last hours and has not refused since. */
  hasSeenValid(token: string): boolean {
    return this.#seenValid.has(tokenHash(token));
  }

  async #ask(key: string, token: string): Promise<TokenOwner> {
    try {
      const { confirmed, ...owner } = await this.#options.verify(token);
      if (!confirmed) return owner;
      // To the cache 0 would mean for ever.
      if (this.#options.ttlMs > 0) this.#owners.set(key, owner);
      this.#seenValid.set(key, true);
      return owner;
    } catch (error) {
      if (error instanceof UnauthenticatedError) {
        this.#seenValid.delete(key);
        this.#refused.set(key, true);
      }
      throw error;
    } finally {
      this.#asking.delete(key);
    }
  }
}
