/** Who asks: the owner of the OZmap token, and the unverified name that CNT passes along in `X-CNT-User`. */
export interface Actor {
  /** OZmap user id; where OZmap does not tell, `token:` and the first 16 hex digits of the token's SHA-256. */
  readonly ownerId: string;
  readonly ownerName: string;
  /** At most 120 characters, unverified. */
  readonly cntUser: string | null;
}

/** In whose name scheduled work is done. */
export const SYSTEM: Actor = { ownerId: 'system', ownerName: 'system', cntUser: null };
