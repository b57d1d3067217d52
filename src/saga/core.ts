import type { Receiver } from '../domain/events.js';
import type { Database } from '../store/database.js';
import type { Commands } from './commands.js';
import type { LeaseRenewer } from './leases/lease-renewer.js';
import type { Leases } from './leases/leases.js';
import type { JournalLogger, JournalObserver, JournalSettings } from './options.js';
import type { ScheduledWork } from './scheduled.js';

/** What every part of the journal shares. */
export interface Core {
  readonly database: Database;
  readonly settings: JournalSettings;
  readonly logger: JournalLogger;
  readonly observer: JournalObserver;
  /** Gone once the service stops: nothing new is taken on. */
  readonly signal: AbortSignal;
  /** This process, for as long as it lives. */
  readonly processId: string;
  readonly leases: Leases;
  readonly leaseRenewer: LeaseRenewer;
  /** Who is told of what happens, as it is now. */
  readonly receivers: () => readonly Receiver[];
  /** Whether anybody ever is. */
  readonly hasReceivers: boolean;
  readonly commands: Commands;
  readonly scheduled: readonly ScheduledWork[];
}

/** Thrown inside a transaction to roll it back; `orInstead` answers with what it says. */
export class Rollback<T> extends Error {
  constructor(readonly instead: T) {
    super('rolled back');
  }
}

/** What a transaction answers or, where a Rollback ended it, what that says instead. */
export async function orInstead<T>(transaction: Promise<T>): Promise<T> {
  try {
    return await transaction;
  } catch (error) {
    if (error instanceof Rollback) return error.instead as T;
    throw error;
  }
}
