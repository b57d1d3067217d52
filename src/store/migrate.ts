import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { migrations } from './migrations/index.js';
import type { Tables } from './tables.js';

/** PostgreSQL: a lock was not to be had in time. */
const LOCKED = '55P03';
const TRIES = 30;

/**
 * Brings the journal's tables up to date. The caller holds the lock: on a server several processes start at once.
 *
 * Answers the name of the migration by which the tables are newer than this release; null where they are not. One is tolerated: every
 * migration leaves tables that the release before it can work with, so that one can go back, and an old process can start during an upgrade.
 *
 * Errors: an Error with a plain sentence where the tables are newer by more than one · the database's.
 */
export async function migrate(
  db: Kysely<Tables>,
  schema: string,
  ours: Record<string, Migration> = migrations,
): Promise<string | null> {
  const done = await namesDone(db, schema);
  const unknown = done.filter((name) => !(name in ours));
  const [newer] = unknown;
  const missing = Object.keys(ours).some((name) => !done.includes(name));
  if (newer === undefined) {
    // The migrator looks through the whole catalogue before it finds that there is nothing to do.
    if (missing) await migrateToLatest(db, schema, ours);
    return null;
  }
  if (unknown.length === 1 && !missing) return newer;
  throw new Error(
    `The journal's tables are newer than this release by ${unknown.length} migrations (${unknown.join(', ')}); it can work with one at most. Start the release that made them, or restore a backup from before.`,
  );
}

/** Migrations that the database has had, in order. */
async function namesDone(db: Kysely<Tables>, schema: string): Promise<string[]> {
  const table = `${schema}.kysely_migration`;
  const { rows: found } = await sql<{ there: boolean }>`select to_regclass(${table}) is not null as there`.execute(db);
  if (!found[0]?.there) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(table)} order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** Where processes of the release before are at work, a table may be locked: the wait for it is short, because it holds up all who come later. */
async function migrateToLatest(db: Kysely<Tables>, schema: string, ours: Record<string, Migration>): Promise<void> {
  const { Migrator } = await import('kysely/migration');
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ours }, migrationTableSchema: schema });
  for (let tried = 1; ; tried += 1) {
    const { error } = await migrator.migrateToLatest();
    if (!error) return;
    const locked = error instanceof Error && 'code' in error && error.code === LOCKED;
    if (!locked || tried === TRIES) throw error;
  }
}
