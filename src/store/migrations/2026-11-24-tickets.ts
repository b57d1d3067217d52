import { type Kysely, sql } from 'kysely';

/** Tickets of the map page that were used: each opens one sale once, whichever process is asked. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create table consumed_ticket (id text primary key, expires_at timestamptz not null)`.execute(db);
}
