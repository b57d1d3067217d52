import { type Kysely, sql } from 'kysely';

/** Which client a reservation made: outlives the outcome's snapshot, and tells it from another client under the same code. */
export async function madeClient(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column made_client_id text`.execute(db);
  await sql`update operation set made_client_id = outcome #>> '{client,id}'
    where action = 'port.reserve' and state = 'APPLIED'`.execute(db);
}

/** When a reservation whose time is over is tried to be withdrawn again, and how often it was in vain. */
export async function nextExpiry(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column expiry_next_at timestamptz, add column expiry_tries integer not null default 0`.execute(
    db,
  );
}

/** Which process accepted a command that waits: it alone may hold the caller's token. */
export async function queuedBy(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column queued_by uuid`.execute(db);
}

/** What still holds personal data or a key, by age, and what is to be erased: the hourly sweep reads these, not the whole journal. */
export async function snapshots(db: Kysely<never>): Promise<void> {
  await sql`create index operation_snapshot on operation (finished_at)
    where input is not null or outcome is not null or facts is not null`.execute(db);
  await sql`create index operation_key_age on operation (requested_at) where idempotency_key is not null`.execute(db);
  await sql`create index operation_erase on operation (contract_code) where erase_requested`.execute(db);
}

/** Who last had a failed operation tried again, as the journal shows people. */
export async function triedAgainBy(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column retried_by text`.execute(db);
}
