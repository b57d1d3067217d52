import type { WarningCode } from '../../domain/warnings.js';
import type { Command } from '../../journal/command.js';
import type { Property } from '../../ozmap/types.js';
import type { Session } from '../session.js';

/** What to cancel. */
export type CancelClientCommandInput = {
  contractCode: string;
  /** Overrides the configured default. */
  disconnectDrop?: boolean | null;
  /** The contract was active in CNT although OZmap never learned it. */
  contractWasActive?: boolean | null;
  /** The plan that the caller saw: another one by now is refused. */
  planFingerprint?: string | null;
};

/** What stays. */
export interface CancellationOutcome {
  /** The home that stays; null when there was none. */
  property: Property | null;
  warnings: WarningCode[];
}

/** Removes the client of an active contract and keeps the home. */
export const cancelClient: Command<Session, CancelClientCommandInput, CancellationOutcome> = {
  action: 'client.cancel',
  queueable: true,
  async run() {
    throw new Error('being built');
  },
  async look() {
    throw new Error('being built');
  },
};
