import { type Kysely, sql } from 'kysely';

/** When a reservation whose time is over is tried to be withdrawn again, and how often it was in vain. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column expiry_next_at timestamptz, add column expiry_tries integer not null default 0`.execute(
    db,
  );
}
