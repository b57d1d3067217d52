import { type Kysely, sql } from 'kysely';

/**
 * Who had it tried again, in two columns: nobody can write a second person into the name of the first. What was erased, or past its retention,
 * keeps no hash by which a guess at its input could be confirmed.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column retried_cnt_user text, alter column input_hash drop not null`.execute(db);
  await sql`update operation set input_hash = null
    where input is null and input_hash is not null and state in ('APPLIED', 'REFUSED', 'FAILED')`.execute(db);
}
