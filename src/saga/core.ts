import type { Kysely } from 'kysely';
import type { Database } from '../store/database.js';
import type { Tables } from '../store/tables.js';
import type { LeaseRenewer } from './leases/lease-renewer.js';
import type { JournalLogger, JournalObserver, JournalSettings } from './options.js';

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
  readonly leaseRenewer: LeaseRenewer;
  /** Receivers of events; empty when there are none. */
  readonly webhookUrls: readonly string[];
  /** Puts an operation behind those of the same contract that wait for OZmap, in the transaction that writes its row. */
  enqueue(trx: Kysely<Tables>, operation: { id: string; contractCode: string | null }): Promise<void>;
}
