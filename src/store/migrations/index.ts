import type { Migration } from 'kysely/migration';
import * as operations from './2026-11-24-operations.js';
import * as tickets from './2026-11-24-tickets.js';
import * as madeClient from './2026-11-25-made-client.js';
import * as nextExpiry from './2026-11-25-next-expiry.js';
import * as queuedBy from './2026-11-25-queued-by.js';
import * as snapshots from './2026-11-25-snapshots.js';
import * as triedAgainBy from './2026-11-25-tried-again-by.js';
import * as sales from './2026-11-27-sales.js';
import * as singleQueue from './2026-11-27-single-queue.js';
import * as staleBackup from './2026-11-27-stale-backup.js';
import * as whoRetried from './2026-11-27-who-retried.js';
import * as withheld from './2026-11-27-withheld.js';
import * as deadLetters from './2026-11-28-dead-letters.js';
import * as stateVersion from './2026-11-28-state-version.js';

/**
 * Every change of the journal's tables, by date. Append only: a new name sorts after all others, or a database that has those is refused. One for each
 * release at most, and the release before must be able to work with what it leaves: new columns are nullable or have a default, and what that
 * one reads or writes goes a release later.
 */
export const migrations: Record<string, Migration> = {
  '2026-11-24-operations': operations,
  '2026-11-24-tickets': tickets,
  '2026-11-25-made-client': madeClient,
  '2026-11-25-next-expiry': nextExpiry,
  '2026-11-25-queued-by': queuedBy,
  '2026-11-25-snapshots': snapshots,
  '2026-11-25-tried-again-by': triedAgainBy,
  '2026-11-27-sales': sales,
  '2026-11-27-single-queue': singleQueue,
  '2026-11-27-stale-backup': staleBackup,
  '2026-11-27-who-retried': whoRetried,
  '2026-11-27-withheld': withheld,
  '2026-11-28-dead-letters': deadLetters,
  '2026-11-28-state-version': stateVersion,
};
