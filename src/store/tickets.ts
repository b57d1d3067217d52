import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.js';

/** True for the first who uses a ticket. The row is kept until the ticket is over anyway. */
export async function consumeTicket(db: Kysely<Tables>, id: string, expiresAt: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into consumed_ticket (id, expires_at) values (${id}, ${expiresAt}) on conflict (id) do nothing returning id`.execute(
    db,
  );
  return rows.length === 1;
}
