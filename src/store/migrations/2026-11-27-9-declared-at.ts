import { type Kysely, sql } from 'kysely';

/** When a contract was in the state that was declared: an older word does not undo a newer one. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column declared_at timestamptz`.execute(db);
}
