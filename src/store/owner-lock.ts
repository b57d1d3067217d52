import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** SQLite's "database is locked": another living process holds the file. */
const SQLITE_BUSY = 5;

/** Held until closed, or until the process dies: the kernel gives the lock back, so there is nothing stale to clean up. */
export interface OwnerLock {
  release(): void;
}

/**
 * Makes this process the only owner of a data folder. PGlite does not lock its folder, and two processes on one folder diverge silently.
 *
 * Errors: an Error with a plain sentence when another process owns the folder. Not for network file systems.
 */
export function takeOwnerLock(folder: string): OwnerLock {
  mkdirSync(folder, { recursive: true });
  const lock = new DatabaseSync(join(folder, 'owner.lock'), { timeout: 0 });
  try {
    lock.exec('pragma locking_mode=exclusive; pragma journal_mode=delete; begin exclusive');
  } catch (error) {
    lock.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY)
      throw new Error(
        `The data folder ${folder} is in use by another running process. Stop that one first, give this one another DATA_DIR, or let both share a PostgreSQL server with DATABASE_URL.`,
      );
    throw error;
  }
  return { release: () => lock.close() };
}
