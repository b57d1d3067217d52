import { type Kysely, sql } from 'kysely';

/** What still holds personal data or a key, by age, and what is to be erased: the hourly sweep reads these, not the whole journal. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create index operation_snapshot on operation (finished_at)
    where input is not null or outcome is not null or facts is not null`.execute(db);
  await sql`create index operation_key_age on operation (requested_at) where idempotency_key is not null`.execute(db);
  await sql`create index operation_erase on operation (contract_code) where erase_requested`.execute(db);
}
