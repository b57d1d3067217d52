import type { WarningCode } from '../../domain/warnings.js';
import type { Command } from '../../journal/command.js';
import type { FtthClient } from '../../ozmap/types.js';
import type { Session } from '../session.js';

/** What to change: null clears, absence leaves. */
export type UpdateClientCommandInput = {
  contractCode: string;
  name?: string | null;
  observation?: string | null;
  /** What the caller believes stands there; null: nothing stands there. */
  expectedObservation?: string | null;
};

/** The client as read back. */
export interface UpdateOutcome {
  client: FtthClient;
  warnings: WarningCode[];
}

/** Changes the name and observation of a client. */
export const updateClient: Command<Session, UpdateClientCommandInput, UpdateOutcome> = {
  action: 'client.update',
  queueable: true,
  async run() {
    throw new Error('being built');
  },
  async look() {
    throw new Error('being built');
  },
};
