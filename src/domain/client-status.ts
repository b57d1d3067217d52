/** RESERVED: a port is held, the contract is not active yet. ACTIVE: implanted in OZmap. */
export const CLIENT_STATUSES = ['RESERVED', 'ACTIVE'] as const;
export type ClientStatus = (typeof CLIENT_STATUSES)[number];

/** The same in the words in which CNT declares what a contract is. */
export const CONTRACT_STATES = { RESERVED: 'AWAITING_ACTIVATION', ACTIVE: 'ACTIVE' } as const;
export type ContractState = (typeof CONTRACT_STATES)[ClientStatus];

/** What a client's implantation flag means to CNT. */
export function clientStatus(client: { implanted: boolean }): ClientStatus {
  return client.implanted ? 'ACTIVE' : 'RESERVED';
}
