import type { Command } from '../../journal/command.js';
import type { Prospect } from '../../ozmap/types.js';
import type { Session } from '../session.js';

/** The lead. */
export type CreateProspectCommandInput = {
  name?: string | null;
  phone?: string | null;
  address?: string | null;
  location: { lat: number; lng: number };
  observation?: string | null;
  contractCode?: string | null;
};

/** The lead as OZmap holds it. */
export interface ProspectOutcome {
  prospect: Prospect;
}

/** Leaves a refused address in OZmap as a lead. */
export const createProspect: Command<Session, CreateProspectCommandInput, ProspectOutcome> = {
  action: 'prospect.create',
  queueable: false,
  async run() {
    throw new Error('being built');
  },
  async look() {
    throw new Error('being built');
  },
};
