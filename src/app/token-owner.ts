import { fingerprint, type TokenOwner } from '../http/authenticator.js';
import type { OzmapConnector } from '../ozmap/types.js';

/** Whose token it is, as OZmap tells; where OZmap keeps that to itself the token's fingerprint stands for the owner. */
export async function tokenOwner(connector: OzmapConnector, token: string): Promise<TokenOwner> {
  const { id, username } = await connector.as(token).whoAmI();
  const ownerId = id ?? `token:${fingerprint(token).slice(0, 16)}`;
  return { ownerId, ownerName: username ?? ownerId };
}
