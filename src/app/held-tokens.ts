import { ForbiddenError, UnauthenticatedError } from '../errors/app-error.js';
import { fingerprint } from '../http/authenticator.js';
import type { TokenCheck } from '../saga/options.js';

/** More tokens than any provider has; the oldest is forgotten first. */
const MAX_TOKENS = 1_000;

/**
 * Tokens of callers by their fingerprints, in memory only and as long as the process lives: a command that waited for OZmap is checked with its
 * caller's own token before it is carried out. The journal stores no token to do that with.
 */
export class HeldTokens {
  private readonly tokens = new Map<string, string>();

  /** `projectIdsOf` asks OZmap. Errors: UNAUTHENTICATED · FORBIDDEN · UPSTREAM_UNAVAILABLE. */
  constructor(private readonly projectIdsOf: (token: string) => Promise<readonly string[]>) {}

  hold(token: string): void {
    const key = fingerprint(token);
    this.tokens.delete(key);
    this.tokens.set(key, token);
    for (const oldest of this.tokens.keys()) {
      if (this.tokens.size <= MAX_TOKENS) break;
      this.tokens.delete(oldest);
    }
  }

  /** What OZmap says of a token now. Errors: UPSTREAM_UNAVAILABLE. */
  async check(key: string): Promise<TokenCheck> {
    const token = this.tokens.get(key);
    if (token === undefined) return { kind: 'unknown' };
    try {
      return { kind: 'accepted', projectIds: await this.projectIdsOf(token) };
    } catch (error) {
      if (error instanceof UnauthenticatedError || error instanceof ForbiddenError) return { kind: 'refused' };
      throw error;
    }
  }
}
