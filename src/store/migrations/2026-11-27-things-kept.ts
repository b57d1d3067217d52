import { type Kysely, sql } from 'kysely';

/** What an operation keeps from others until it is finished. Empty for all that a release without it opens. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column kept text[] not null default '{}'`.execute(db);
}
