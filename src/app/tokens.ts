import { ForbiddenError, UnauthenticatedError, UpstreamUnavailableError } from '../errors/app-error.js';
import { fingerprint, type TokenOwner, type VerifiedOwner } from '../http/authenticator.js';
import type { Ozmap } from '../ozmap/types.js';
import type { TokenCheck } from '../saga/options.js';
import type { Viewer } from '../saga/reads/records.js';

/** Who remembers tokens while OZmap is away. */
interface Memory {
  tokens: { rememberedOwner(token: string): Promise<TokenOwner | null> };
  journal: { forgetToken(token: string): Promise<void> };
}

/**
 * Looks up a token's owner in OZmap; where OZmap does not say, the token's fingerprint is used as the owner. While OZmap is
 * down, its last answer counts. Errors: UNAUTHENTICATED · UPSTREAM_UNAVAILABLE.
 */
export async function tokenOwner(ozmap: Ozmap, token: string, { tokens, journal }: Memory): Promise<VerifiedOwner> {
  try {
    const { id, username } = await ozmap.whoAmI();
    const ownerId = id ?? `token:${fingerprint(token).slice(0, 16)}`;
    return { ownerId, ownerName: username ?? ownerId, confirmed: true };
  } catch (error) {
    // What waits for this owner will not be carried out.
    if (error instanceof UnauthenticatedError) await journal.forgetToken(token).catch(() => {});
    const remembered = error instanceof UpstreamUnavailableError ? await tokens.rememberedOwner(token) : null;
    if (!remembered) throw error;
    return { ownerId: remembered.ownerId, ownerName: remembered.ownerName, confirmed: false };
  }
}

/** What the journal keeps of tokens. */
interface TokenStore {
  rememberToken(token: string, seen: TokenOwner & { projectIds: readonly string[] }): Promise<void>;
  findRememberedToken(
    token: string,
    withinHours: number,
  ): Promise<(TokenOwner & { projectIds: readonly string[] }) | null>;
}

export interface TokenMemoryOptions {
  store: TokenStore;
  /** The in-memory cache of tokens. */
  held: { hold(token: string): void };
  /** Ids of the projects that a token sees, asked of OZmap. Errors: UNAUTHENTICATED · FORBIDDEN · UPSTREAM_UNAVAILABLE. */
  projectIdsOf: (token: string) => Promise<readonly string[]>;
  /** For how long an answer serves without asking again. */
  ttlMs: number;
  graceHours: number;
  now?: () => number;
}

/** More tokens than any provider has. */
const MAX_TOKENS = 1_000;

/**
 * Knows which projects a token sees: asked once in a while, written down for the time when OZmap is away, and taken from there then.
 * A command that is queued is later held to the projects that its caller saw.
 */
export class TokenMemory {
  private readonly known = new Map<string, { viewer: Promise<Viewer>; until: number }>();
  private readonly now: () => number;

  constructor(private readonly options: TokenMemoryOptions) {
    this.now = options.now ?? Date.now;
  }

  /**
   * What a token may see: owner and project ids.
   * Errors: UNAUTHENTICATED · FORBIDDEN · UPSTREAM_UNAVAILABLE (OZmap is away, and did not know the token lately) · JOURNAL_UNAVAILABLE.
   */
  viewer(token: string, owner: TokenOwner): Promise<Viewer> {
    const key = fingerprint(token);
    const known = this.known.get(key);
    if (known && known.until > this.now()) return known.viewer;
    this.options.held.hold(token);
    const asked = this.ask(token, owner);
    const viewer = asked.then(({ confirmed: _, ...seen }) => seen);
    this.known.delete(key);
    this.known.set(key, { viewer, until: this.now() + this.options.ttlMs });
    for (const oldest of this.known.keys()) {
      if (this.known.size <= MAX_TOKENS) break;
      this.known.delete(oldest);
    }
    const forget = () => void (this.known.get(key)?.viewer === viewer && this.known.delete(key));
    // What is only remembered must not outlive OZmap's absence.
    asked.then(({ confirmed }) => confirmed || forget(), forget);
    return viewer;
  }

  /** The owner of a token that OZmap knew lately, for while it is away. */
  rememberedOwner(token: string): Promise<TokenOwner | null> {
    return this.options.store.findRememberedToken(token, this.options.graceHours);
  }

  private async ask(token: string, owner: TokenOwner): Promise<Viewer & { confirmed: boolean }> {
    const { store, projectIdsOf, graceHours } = this.options;
    const { ownerId, ownerName } = owner;
    try {
      const projectIds = await projectIdsOf(token);
      await store.rememberToken(token, { ownerId, ownerName, projectIds });
      return { ownerId, projectIds, confirmed: true };
    } catch (error) {
      // A refusal is OZmap's word, and a newer one than what was written down.
      if (!(error instanceof UpstreamUnavailableError)) throw error;
      const remembered = await store.findRememberedToken(token, graceHours);
      if (!remembered) throw error;
      return { ownerId, projectIds: remembered.projectIds, confirmed: false };
    }
  }
}

/** More tokens than any provider has; the oldest is forgotten first. */
const MAX_HELD_TOKENS = 1_000;

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
      if (this.tokens.size <= MAX_HELD_TOKENS) break;
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
