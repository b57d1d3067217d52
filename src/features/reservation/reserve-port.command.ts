import type { WarningCode } from '../../domain/warnings.js';
import type { Command } from '../../journal/command.js';
import type { FtthClient, Property } from '../../ozmap/types.js';
import type { Session } from '../session.js';

/** What to reserve. */
export type ReservePortCommandInput = {
  contractCode: string;
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

/** Holds a port for a contract. */
export const reservePort: Command<Session, ReservePortCommandInput, ReservationOutcome> = {
  action: 'port.reserve',
  queueable: false,
  async run() {
    throw new Error('being built');
  },
  async look() {
    throw new Error('being built');
  },
};
