import type { CancellationSnapshot } from '../../domain/cancellation.js';
import type { WarningCode } from '../../domain/warnings.js';
import type { Command } from '../../journal/command.js';
import type { FtthClient } from '../../ozmap/types.js';
import type { Session } from '../session.js';

/** Which cancellation to undo; the resolver takes all but the id from the cancelled operation in the journal. */
export type UndoCancellationCommandInput = {
  /** The operation that cancelled. */
  operationId: string;
  contractCode: string;
  /** ISO 8601. */
  cancelledAt: string;
  /** The fact `snapshot` that the cancellation noted. */
  snapshot: CancellationSnapshot;
};

/** The client as it is back. */
export interface UndoOutcome {
  client: FtthClient;
  warnings: WarningCode[];
}

/** Restores client, code and connection of a cancelled contract. */
export const undoCancellation: Command<Session, UndoCancellationCommandInput, UndoOutcome> = {
  action: 'cancellation.undo',
  queueable: false,
  async run() {
    throw new Error('being built');
  },
  async look() {
    throw new Error('being built');
  },
};
