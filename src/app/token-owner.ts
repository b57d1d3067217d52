import { UnauthenticatedError, UpstreamUnavailableError } from '../errors/app-error.js';
import { fingerprint, type TokenOwner, type VerifiedOwner } from '../http/authenticator.js';
import type { Ozmap } from '../ozmap/types.js';

/** Who remembers tokens while OZmap is away. */
interface Memory {
  tokens: { rememberedOwner(token: string): Promise<TokenOwner | null> };
  journal: { forgetToken(token: string): Promise<void> };
}

/**
 * Whose token it is, as OZmap tells; where OZmap keeps that to itself the token's fingerprint stands for the owner. While OZmap is
 * away, as it told lately. Errors: UNAUTHENTICATED · UPSTREAM_UNAVAILABLE.
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
