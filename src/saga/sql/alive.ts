import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../store/tables.js';

/** Whether a process gave a sign of life within `deadAfterMs`. */
export async function isAlive(db: Kysely<Tables>, processId: string, deadAfterMs: number): Promise<boolean> {
  const { rows } = await sql`select 1 from process where id = ${processId}::uuid
    and seen_at >= clock_timestamp() - ${deadAfterMs}::float8 * interval '1 ms'`.execute(db);
  return rows.length === 1;
}
