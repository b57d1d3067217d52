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
  cntUser: string | null;
}

/** Makes links to the map page. */
export interface OzlocLinks {
  /** A link that opens this sale once. Errors: CONFLICT LINKS_NOT_CONFIGURED. */
  issue(sale: Sale, by: Principal): Promise<{ url: string; expiresAt: Date }>;
}
