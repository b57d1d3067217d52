import { type Kysely, sql } from 'kysely';

/** What all processes may still ask OZmap in this minute, counted in one place. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create table ozmap_allowance (
    id integer primary key default 1 check (id = 1),
    requests_left double precision,
    filled_at timestamptz not null default clock_timestamp()
  )`.execute(db);
  await sql`insert into ozmap_allowance default values`.execute(db);
}
