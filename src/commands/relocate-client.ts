import type { ContractCode } from '../domain/contract-code.js';
import type { WarningCode } from '../domain/warnings.js';
import type { FtthClient, Property } from '../ozmap/types.js';
import type { Command } from '../saga/command.js';
import { lookAtRelocation, relocate } from './relocation-steps.js';
import type { Session } from './session.js';

/** Which contract goes where. */
export type RelocateClientCommandInput = {
  contractCode: ContractCode;
  /** A client-less home to move into, with its drop and port. */
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

/**
 * Moves a contract to another home: the address change. The client keeps its id and state. The home of an active contract stays, with the code
 * in its observation, unless `keepOldProperty` is false; that of a reserved one goes as in a withdrawal. Ten requests to a new home.
 *
 * Errors: as `reservePort` but CODE_IN_USE, and CONFLICT CODE_AMBIGUOUS, SEVERAL_PROPERTIES.
 */
export const relocateClient: Command<Session, RelocateClientCommandInput, RelocationOutcome> = {
  action: 'client.relocate',
  queueable: false,
  run: relocate,
  look: lookAtRelocation,
};
