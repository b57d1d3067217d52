import { LRUCache } from 'lru-cache';
import { ForbiddenError, UnauthenticatedError, UpstreamUnavailableError } from '../../errors/app-error.js';
import type { TokenOwner, VerifiedOwner } from './authenticator.js';
import { tokenHash } from './known-tokens.js';

/** What a token may see: its owner's operations, and projects. */
export interface Viewer {
  ownerId: string;
  projectIds: readonly string[];
}

/**
 * What OZmap says of a caller's token now. `unknown`: the token is not at hand (the process that took the command is gone), and nobody
 * can ask.
 */
export type TokenCheck =
  | { kind: 'accepted'; projectIds: readonly string[] }
  | { kind: 'refused' }
  | { kind: 'unknown' };

/** Who remembers tokens while OZmap is away. */
interface Memory {
  tokens: { rememberedOwner(token: string): Promise<TokenOwner | null> };
  journal: { forgetToken(token: string): Promise<void> };
}

/**
 * Looks up a token's owner in OZmap; where OZmap does not say, the token's hash is used as the owner. While OZmap is
 * down, its last answer counts. Errors: UNAUTHENTICATED · UPSTREAM_UNAVAILABLE.
 */
export async function tokenOwner(
  user: { whoAmI(): Promise<{ id: string | null; username: string | null }> },
  token: string,
  { tokens, journal }: Memory,
): Promise<VerifiedOwner> {
  try {
    const { id, username } = await user.whoAmI();
    const ownerId = id ?? `token:${tokenHash(token).slice(0, 16)}`;
    return { ownerId, ownerName: username ?? ownerId, confirmed: true };
  } catch (error) {
    // What waits for this owner will not be carried out.
    if (error instanceof UnauthenticatedError) await journal.forgetToken(token).catch(() => {});
    const remembered = error instanceof UpstreamUnavailableError ? await tokens.rememberedOwner(token) : null;
    if (!remembered) throw error;
    return { ownerId: remembered.ownerId, ownerName: remembered.ownerName, confirmed: false };
  }
}

type Seen = TokenOwner & Pick<Viewer, 'projectIds'>;

/** What the journal keeps of tokens. */
interface TokenStore {
  rememberToken(token: string, seen: Seen): Promise<void>;
  findRememberedToken(token: string, withinHours: number): Promise<Seen | null>;
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
}

/** More tokens than any provider has. */
const MAX_TOKENS = 1_000;

/**
 * Knows which projects a token sees: asked once in a while, written down for the time when OZmap is away, and taken from there then.
 * A command that is queued is later held to the projects that its caller saw.
 */
export class TokenMemory {
  private readonly known: LRUCache<string, Promise<Viewer>>;

  constructor(private readonly options: TokenMemoryOptions) {
    // To the cache 0 would mean for ever.
    this.known = new LRUCache({ max: MAX_TOKENS, ttl: Math.max(options.ttlMs, 1) });
  }

  /**
   * What a token may see: owner and project ids.
   * Errors: UNAUTHENTICATED · FORBIDDEN · UPSTREAM_UNAVAILABLE (OZmap is away, and did not know the token lately) · JOURNAL_UNAVAILABLE.
   */
  viewer(token: string, owner: TokenOwner): Promise<Viewer> {
    const key = tokenHash(token);
    const known = this.known.get(key);
    if (known) return known;
    this.options.held.hold(token);
    const asked = this.ask(token, owner);
    const viewer = asked.then(({ confirmed: _, ...seen }) => seen);
    this.known.set(key, viewer);
    const forget = () => void (this.known.peek(key) === viewer && this.known.delete(key));
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

/**
 * Tokens of callers by their hashes, in memory only and as long as the process lives: a command that waited for OZmap is checked with its
 * caller's own token before it is carried out. The journal stores no token to do that with.
 */
export class HeldTokens {
  private readonly tokens = new LRUCache<string, string>({ max: MAX_TOKENS });

  /** `projectIdsOf` asks OZmap. Errors: UNAUTHENTICATED · FORBIDDEN · UPSTREAM_UNAVAILABLE. */
  constructor(private readonly projectIdsOf: (token: string) => Promise<readonly string[]>) {}

  hold(token: string): void {
    this.tokens.set(tokenHash(token), token);
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
