import { type Kysely, sql } from 'kysely';

/** Which database the journal lies in and when a process last worked on it, and the operations that a person decides on after a restore. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create table journal_instance (
    id integer primary key default 1 check (id = 1),
    mark text not null,
    seen_at timestamptz not null default clock_timestamp()
  )`.execute(db);
  await sql`alter table operation add column held_at timestamptz`.execute(db);
}
