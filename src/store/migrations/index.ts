import type { Migration } from 'kysely/migration';
import { operations, tickets } from './2026-11-24.js';
import { madeClient, nextExpiry, queuedBy, snapshots, triedAgainBy } from './2026-11-25.js';
import {
  deadLetters,
  declaredAt,
  ozmapAllowance,
  sales,
  singleQueue,
  staleBackup,
  stateVersion,
  whoRetried,
  withheld,
} from './2026-11-27.js';
import { delivered, filters, newContract, openAtOnce } from './2026-11-28.js';

/**
 * Every change of the journal's tables, by date, and by number within a day. Append only: a new name sorts after all others, because Kysely goes by
 * names and refuses a database that has had a later one. One for each
 * release at most, and the release before must be able to work with what it leaves: new columns are nullable or have a default, and what that
 * one reads or writes goes a release later.
 */
export const migrations: Record<string, Migration> = {
  '2026-11-24-operations': { up: operations },
  '2026-11-24-tickets': { up: tickets },
  '2026-11-25-made-client': { up: madeClient },
  '2026-11-25-next-expiry': { up: nextExpiry },
  '2026-11-25-queued-by': { up: queuedBy },
  '2026-11-25-snapshots': { up: snapshots },
  '2026-11-25-tried-again-by': { up: triedAgainBy },
  '2026-11-27-1-sales': { up: sales },
  '2026-11-27-2-single-queue': { up: singleQueue },
  '2026-11-27-3-withheld': { up: withheld },
  '2026-11-27-4-who-retried': { up: whoRetried },
  '2026-11-27-5-dead-letters': { up: deadLetters },
  '2026-11-27-6-stale-backup': { up: staleBackup },
  '2026-11-27-7-state-version': { up: stateVersion },
  '2026-11-27-8-ozmap-allowance': { up: ozmapAllowance },
  '2026-11-27-9-declared-at': { up: declaredAt },
  '2026-11-28-1-open-at-once': { up: openAtOnce },
  '2026-11-28-2-new-contract': { up: newContract },
  '2026-11-28-3-filters': { up: filters },
  '2026-11-28-4-delivered': { up: delivered },
};
