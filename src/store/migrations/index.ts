import type { Migration } from 'kysely/migration';
import * as operations from './2026-11-24-operations.js';
import * as tickets from './2026-11-24-tickets.js';
import * as madeClient from './2026-11-25-made-client.js';
import * as nextExpiry from './2026-11-25-next-expiry.js';
import * as queuedBy from './2026-11-25-queued-by.js';
import * as snapshots from './2026-11-25-snapshots.js';
import * as triedAgainBy from './2026-11-25-tried-again-by.js';
import * as sales from './2026-11-27-1-sales.js';
import * as singleQueue from './2026-11-27-2-single-queue.js';
import * as withheld from './2026-11-27-3-withheld.js';
import * as whoRetried from './2026-11-27-4-who-retried.js';
import * as deadLetters from './2026-11-27-5-dead-letters.js';
import * as staleBackup from './2026-11-27-6-stale-backup.js';
import * as stateVersion from './2026-11-27-7-state-version.js';
import * as ozmapAllowance from './2026-11-27-8-ozmap-allowance.js';
import * as declaredAt from './2026-11-27-9-declared-at.js';
import * as openAtOnce from './2026-11-28-1-open-at-once.js';
import * as newContract from './2026-11-28-2-new-contract.js';

/**
 * Every change of the journal's tables, by date, and by number within a day. Append only: a new name sorts after all others, because Kysely goes by
 * names and refuses a database that has had a later one. One for each
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
  '2026-11-27-1-sales': sales,
  '2026-11-27-2-single-queue': singleQueue,
  '2026-11-27-3-withheld': withheld,
  '2026-11-27-4-who-retried': whoRetried,
  '2026-11-27-5-dead-letters': deadLetters,
  '2026-11-27-6-stale-backup': staleBackup,
  '2026-11-27-7-state-version': stateVersion,
  '2026-11-27-8-ozmap-allowance': ozmapAllowance,
  '2026-11-27-9-declared-at': declaredAt,
  '2026-11-28-1-open-at-once': openAtOnce,
  '2026-11-28-2-new-contract': newContract,
};
