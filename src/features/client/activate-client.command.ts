import type { WarningCode } from '../../domain/warnings.js';
import type { Command } from '../../journal/command.js';
import type { FtthClient } from '../../ozmap/types.js';
import type { Session } from '../session.js';

/** Which contract. */
export type ActivateClientCommandInput = {
  contractCode: string;
};

/** The client as read back. */
export interface ActivationOutcome {
  client: FtthClient;
  warnings: WarningCode[];
}

/** Marks the client of a contract as implanted. */
export const activateClient: Command<Session, ActivateClientCommandInput, ActivationOutcome> = {
  action: 'client.activate',
  queueable: true,
  async run() {
    throw new Error('being built');
  },
  async look() {
    throw new Error('being built');
  },
};
