import type { WarningCode } from '../../domain/warnings.js';
import type { Command } from '../../journal/command.js';
import type { FtthClient, Property } from '../../ozmap/types.js';
import type { Session } from '../session.js';

/** Where to move. */
export type ChangePortCommandInput = {
  contractCode: string;
  boxId: string;
  splitterId?: string | null;
  /** Counts from 1; needs `splitterId`. */
  port?: number | null;
  /** From the client to the box. */
  dropPath?: { lat: number; lng: number }[] | null;
};

/** The client and its home as read back. */
export interface ChangePortOutcome {
  client: FtthClient;
  property: Property;
  warnings: WarningCode[];
}

/** Moves a client to another box or port; the home stays. */
export const changePort: Command<Session, ChangePortCommandInput, ChangePortOutcome> = {
  action: 'port.change',
  queueable: false,
  async run() {
    throw new Error('being built');
  },
  async look() {
    throw new Error('being built');
  },
};
