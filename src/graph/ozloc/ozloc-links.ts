/** One sale, as a link to the map page opens it. */
export interface Sale {
  contractCode: string;
  name: string | null;
  address: string | null;
  location: { lat: number; lng: number } | null;
  tags: string[];
  /** The client exists and moves to another home. */
  relocate: boolean;
}

/** On whose behalf the seller works. */
export interface Principal {
  /** The caller's OZmap token. */
  token: string;
  /** The token's owner. */
  ownerId: string;
  cntUser: string | null;
}

/** Makes links to the map page, and takes them back. */
export interface OzlocLinks {
  /** A link that opens this sale once. Errors: CONFLICT LINKS_NOT_CONFIGURED · JOURNAL_UNAVAILABLE. */
  issue(sale: Sale, by: Principal): Promise<{ url: string; expiresAt: Date }>;
  /** Ends an owner's links and sales of a contract; how many were not over yet. Errors: JOURNAL_UNAVAILABLE. */
  revoke(ownerId: string, contractCode: string): Promise<number>;
}
