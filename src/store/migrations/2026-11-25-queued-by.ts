import { type Kysely, sql } from 'kysely';

/** Which process accepted a command that waits: it alone may hold the caller's token. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column queued_by uuid`.execute(db);
}
