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
import * as undeliveredEvents from './2026-11-27-undelivered-events.js';

/** Every change of the journal's tables, by date. Append only: a new name sorts after all others, or a database that has those is refused. */
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
  '2026-11-27-undelivered-events': undeliveredEvents,
};
