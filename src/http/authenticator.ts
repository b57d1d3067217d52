import { createHash } from 'node:crypto';

/** The owner of a token, as OZmap tells. */
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

/** More tokens than any provider has; the oldest is forgotten first. */
const MAX_TOKENS = 1_000;

/**
 * Finds out whose a token is: asks OZmap once for however many requests come with it at the same time, and remembers a yes for a while.
 * A no is never remembered: a key that was just made must work. Nor is a yes that OZmap did not just give: a key that was revoked
 * meanwhile is refused as soon as OZmap is back.
 */
export class Authenticator {
  readonly #known = new Map<string, { owner: TokenOwner; until: number }>();
  readonly #asking = new Map<string, Promise<TokenOwner>>();
  readonly #options: Required<AuthenticatorOptions>;

  constructor(options: AuthenticatorOptions) {
    this.#options = { now: Date.now, ...options };
  }

  /** Errors: UNAUTHENTICATED · UPSTREAM_UNAVAILABLE. */
  ownerOf(token: string): Promise<TokenOwner> {
    const key = fingerprint(token);
    const known = this.#known.get(key);
    if (known && known.until > this.#options.now()) return Promise.resolve(known.owner);
    const asking = this.#asking.get(key) ?? this.#ask(key, token);
    this.#asking.set(key, asking);
    return asking;
  }

  /** True while a yes is remembered. */
  knows(token: string): boolean {
    const known = this.#known.get(fingerprint(token));
    return known !== undefined && known.until > this.#options.now();
  }

  async #ask(key: string, token: string): Promise<TokenOwner> {
    try {
      const { confirmed, ...owner } = await this.#options.verify(token);
      this.#known.delete(key);
      if (!confirmed) return owner;
      this.#known.set(key, { owner, until: this.#options.now() + this.#options.ttlMs });
      for (const oldest of this.#known.keys()) {
        if (this.#known.size <= MAX_TOKENS) break;
        this.#known.delete(oldest);
      }
      return owner;
    } finally {
      this.#asking.delete(key);
    }
  }
}

/** Stands for a token where the token itself should not be kept. */
export function fingerprint(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
