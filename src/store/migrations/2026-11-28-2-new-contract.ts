import { type Kysely, sql } from 'kysely';

/** The contract that a transfer hands a client over to: its timeline shows the transfer, and erasing its data finds it. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column to_contract_code text`.execute(db);
  await sql`create index operation_to_contract on operation (to_contract_code, id) where to_contract_code is not null`.execute(
    db,
  );
}
