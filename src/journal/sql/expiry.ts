import { type Kysely, sql } from 'kysely';
import type { Tables } from '../database/tables.js';
import type { OperationRow } from './open.js';

/** What ends a reservation, or begins another one. */
const ENDINGS = ['port.reserve', 'reservation.withdraw', 'client.activate', 'client.cancel'];

/** Reservations made here whose time is over and that nothing recorded here has ended. */
export async function findExpired(db: Kysely<Tables>, limit: number): Promise<OperationRow[]> {
  const { rows } = await sql<OperationRow>`
    select o.* from operation o
    where o.state = 'APPLIED' and not o.expiry_settled and o.expires_at <= clock_timestamp()
      and not exists (
        select 1 from operation later where later.contract_code = o.contract_code and later.state = 'APPLIED'
          and later.action = any(${ENDINGS}::text[]) and later.finished_at > o.finished_at
      )
    order by o.expires_at limit ${limit}::int`.execute(db);
  return rows;
}

/** Its expiry needs no more attention. */
export async function settleExpiry(db: Kysely<Tables>, operationId: string): Promise<void> {
  await db.updateTable('operation').set({ expiry_settled: true }).where('id', '=', operationId).execute();
}
