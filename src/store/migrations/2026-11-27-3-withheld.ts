import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  // What an operation keeps from others until it is finished; empty for all that a release without it opens.
  sql`alter table operation add column kept text[] not null default '{}'`,
  // What was closed as not applied is looked at once more, and tells when something of it was seen after all.
  sql`alter table operation add column look_again_at timestamptz, add column late_effect_at timestamptz`,
  sql`create index operation_look_again on operation (look_again_at) where look_again_at is not null`,
];

/** Homes and boxes stay with a command until its end, and late effects are told. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
