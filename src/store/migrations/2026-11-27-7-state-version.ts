import { type Kysely, sql } from 'kysely';

/** Which version of its saga's state an operation holds. What was written before this is version 0. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column state_version integer default 0`.execute(db);
}
