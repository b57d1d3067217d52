import type { WarningCode } from '../../domain/warnings.js';
import type { Command } from '../../journal/command.js';
import type { FtthClient, Property } from '../../ozmap/types.js';
import type { Session } from '../session.js';

/** Which contract goes where. */
export type RelocateClientCommandInput = {
  contractCode: string;
  propertyId?: string | null;
  boxId?: string | null;
  location?: { lat: number; lng: number } | null;
  address?: string | null;
  /** From the client to the box. */
  dropPath?: { lat: number; lng: number }[] | null;
  splitterId?: string | null;
  /** Counts from 1; needs `splitterId`. */
  port?: number | null;
  /** True when absent. */
  keepOldProperty?: boolean | null;
};

/** The client at its new home. */
export interface RelocationOutcome {
  client: FtthClient;
  property: Property;
  /** The home that was left, when it stays. */
  oldProperty: Property | null;
  warnings: WarningCode[];
}

/** Moves a contract to another home: the address change. */
export const relocateClient: Command<Session, RelocateClientCommandInput, RelocationOutcome> = {
  action: 'client.relocate',
  queueable: false,
  async run() {
    throw new Error('being built');
  },
  async look() {
    throw new Error('being built');
  },
};
