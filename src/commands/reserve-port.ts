import type { ContractCode } from '../domain/contract-code.js';
import type { WarningCode } from '../domain/warnings.js';
import type { FtthClient, Property } from '../ozmap/types.js';
import type { Command } from '../saga/command.js';
import { lookForNewHome, reserveNewHome } from './new-home.js';
import { parseReservation } from './reservation-request.js';
import type { Session } from './session.js';
import { lookForTakeOver, takeOverHome } from './take-over.js';

/** What to reserve. */
export type ReservePortCommandInput = {
  contractCode: ContractCode;
  /** Take over this client-less home, its drop and its port; box and location then come from it. */
  propertyId?: string | null;
  boxId?: string | null;
  location?: { lat: number; lng: number } | null;
  name?: string | null;
  address?: string | null;
  observation?: string | null;
  /** From the client to the box. */
  dropPath?: { lat: number; lng: number }[] | null;
  splitterId?: string | null;
  /** Counts from 1; needs `splitterId`. */
  port?: number | null;
};

/** The reservation as read back. */
export interface ReservationOutcome {
  client: FtthClient;
  property: Property | null;
  warnings: WarningCode[];
}

/**
 * Holds a port for a contract: a client, not implanted, whose code is the contract's, in a home whose drop ends at the chosen box.
 * Everything is read back; what is not as asked is undone. Six requests for a new home with a straight drop on any port.
 *
 * Errors: BAD_USER_INPUT · NOT_FOUND (home to take over) · CONFLICT CODE_IN_USE, BOX_NOT_OFFERED, BOX_FULL, PORT_TAKEN, DROP_TOO_LONG,
 *         DROP_OFF_NETWORK, PROPERTY_OCCUPIED · UPSTREAM_REFUSED · UPSTREAM_OUTCOME_UNKNOWN · UPSTREAM_UNEXPECTED_EFFECT.
 */
export const reservePort: Command<Session, ReservePortCommandInput, ReservationOutcome> = {
  action: 'port.reserve',
  queueable: false,

  async run(input, session, operation, facts) {
    const asked = parseReservation(input);
    return asked.propertyId === null
      ? reserveNewHome(asked, session, operation, facts)
      : takeOverHome(asked, session, operation, facts);
  },

  async look(input, session, facts) {
    const asked = parseReservation(input);
    return asked.propertyId === null ? lookForNewHome(asked, session, facts) : lookForTakeOver(asked, session, facts);
  },

  madeId: ({ client }) => client.id,
};
