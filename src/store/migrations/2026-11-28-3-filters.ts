import { type Kysely, sql } from 'kysely';

/**
 * For the journal's filters: the newest of a project, a state and an action, however rare they are in a long journal. Before the first release no
 * journal is long enough for the making of it to hold anybody up.
 */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create index operation_filtered on operation (project_id, state, action, id desc)`.execute(db);
}
