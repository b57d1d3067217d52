import type { Migration } from 'kysely/migration';
import * as day24 from './2026-11-24.js';
import * as day25 from './2026-11-25.js';
import * as day27 from './2026-11-27.js';
import * as day28 from './2026-11-28.js';

/**
 * Every change of the journal's tables, by date, and by number within a day. Append only: a new name sorts after all others, because Kysely goes by
 * names and refuses a database that has had a later one. One for each
 * release at most, and the release before must be able to work with what it leaves: new columns are nullable or have a default, and what that
 * one reads or writes goes a release later.
 */
export const migrations: Record<string, Migration> = {
  '2026-11-24-operations': { up: day24.operations },
  '2026-11-24-tickets': { up: day24.tickets },
  '2026-11-25-made-client': { up: day25.madeClient },
  '2026-11-25-next-expiry': { up: day25.nextExpiry },
  '2026-11-25-queued-by': { up: day25.queuedBy },
  '2026-11-25-snapshots': { up: day25.snapshots },
  '2026-11-25-tried-again-by': { up: day25.triedAgainBy },
  '2026-11-27-1-sales': { up: day27.sales },
  '2026-11-27-2-single-queue': { up: day27.singleQueue },
  '2026-11-27-3-withheld': { up: day27.withheld },
  '2026-11-27-4-who-retried': { up: day27.whoRetried },
  '2026-11-27-5-dead-letters': { up: day27.deadLetters },
  '2026-11-27-6-stale-backup': { up: day27.staleBackup },
  '2026-11-27-7-state-version': { up: day27.stateVersion },
  '2026-11-27-8-ozmap-allowance': { up: day27.ozmapAllowance },
  '2026-11-27-9-declared-at': { up: day27.declaredAt },
  '2026-11-28-1-open-at-once': { up: day28.openAtOnce },
  '2026-11-28-2-new-contract': { up: day28.newContract },
  '2026-11-28-3-filters': { up: day28.filters },
  '2026-11-28-4-delivered': { up: day28.delivered },
};
