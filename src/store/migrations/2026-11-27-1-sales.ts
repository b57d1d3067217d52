import { type Kysely, sql } from 'kysely';

/** Sales by link, from the link to their end, so that all processes know which tickets were used and which sales are over. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create table sale (
    id text primary key,
    owner_id text not null,
    contract_code text not null,
    expires_at timestamptz not null,
    redeemed_at timestamptz,
    ended_at timestamptz,
    places jsonb not null default '[]'
  )`.execute(db);
  await sql`create index sale_contract on sale (contract_code)`.execute(db);
  // Its tickets were good for minutes; nothing reads it any more.
  await sql`drop table consumed_ticket`.execute(db);
}
