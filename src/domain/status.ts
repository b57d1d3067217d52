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

/** How far the building of a box has come, least first. */
export const IMPLANTATION_STATUSES = ['DRAFT', 'NOT_IMPLANTED', 'IMPLANTED', 'CERTIFIED'] as const;
export type ImplantationStatus = (typeof IMPLANTATION_STATUSES)[number];

/** A box's status from its three flags; null when OZmap's answer holds none of them. The strongest word wins: a draft is never sold. */
export function implantationStatus(box: {
  draft: boolean | null;
  implanted: boolean | null;
  certified: boolean | null;
}): ImplantationStatus | null {
  if (box.draft) return 'DRAFT';
  if (box.certified) return 'CERTIFIED';
  if (box.implanted) return 'IMPLANTED';
  return box.implanted === null && box.draft === null && box.certified === null ? null : 'NOT_IMPLANTED';
}
