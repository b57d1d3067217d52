import { type Kysely, sql } from 'kysely';

/** Events that a receiver refuses are set aside as dead letters, so that they do not hold up the next of their contract. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table delivery rename column next_at to due_at`.execute(db);
  await sql`alter table delivery alter column due_at drop not null, add column refused_at timestamptz,
    add column last_status integer, add column dead_at timestamptz`.execute(db);
  await sql`drop index delivery_order`.execute(db);
  await sql`create index delivery_waiting on delivery (url, order_key, seq) where dead_at is null`.execute(db);
}
