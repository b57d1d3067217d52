import { type Kysely, sql } from 'kysely';

/** Who last had a failed operation tried again, as the journal shows people. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column retried_by text`.execute(db);
}
