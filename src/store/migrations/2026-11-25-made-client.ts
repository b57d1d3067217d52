import { type Kysely, sql } from 'kysely';

/** Which client a reservation made: outlives the outcome's snapshot, and tells it from another client under the same code. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column made_client_id text`.execute(db);
  await sql`update operation set made_client_id = outcome #>> '{client,id}'
    where action = 'port.reserve' and state = 'APPLIED'`.execute(db);
}
