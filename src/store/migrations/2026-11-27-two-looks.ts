import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  sql`alter table operation add column look_again_at timestamptz, add column late_effect_at timestamptz`,
  sql`create index operation_look_again on operation (look_again_at) where look_again_at is not null`,
];

/** What was closed as not applied is looked at once more, and tells when something of it was seen after all. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
