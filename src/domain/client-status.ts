/** RESERVED: a port is held, the contract is not active yet. ACTIVE: implanted in OZmap. */
export const CLIENT_STATUSES = ['RESERVED', 'ACTIVE'] as const;
export type ClientStatus = (typeof CLIENT_STATUSES)[number];

/** What a client's implantation flag means to CNT. */
export function clientStatus(client: { implanted: boolean }): ClientStatus {
  return client.implanted ? 'ACTIVE' : 'RESERVED';
}
