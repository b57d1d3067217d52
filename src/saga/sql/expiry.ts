import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../store/tables.js';
import type { OperationRow } from './open.js';

/** What ends a reservation, or begins another one. */
const ENDINGS = ['port.reserve', 'reservation.withdraw', 'client.activate', 'client.cancel'];

/**
 * A reservation made here whose time is over, that nothing recorded here has ended and whose turn it is; claimed for `claimMs`, so that no
 * other process tries at the same time. Null when none is left.
 */
export async function claimExpired(db: Kysely<Tables>, claimMs: number): Promise<OperationRow | null> {
  const { rows } = await sql<OperationRow>`
    update operation set expiry_next_at = clock_timestamp() + ${claimMs}::float8 * interval '1 ms'
    where id = (
      select o.id from operation o
      where o.state = 'APPLIED' and not o.expiry_settled and o.expires_at <= clock_timestamp()
        and (o.expiry_next_at is null or o.expiry_next_at <= clock_timestamp())
        and not exists (
          select 1 from operation later where later.contract_code = o.contract_code and later.state = 'APPLIED'
            and later.action = any(${ENDINGS}::text[]) and later.finished_at > o.finished_at
        )
      order by o.expires_at limit 1 for update of o skip locked
    )
    returning *`.execute(db);
  return rows[0] ?? null;
}

/** Its expiry needs no more attention. */
export async function settleExpiry(db: Kysely<Tables>, operationId: string): Promise<void> {
  await db.updateTable('operation').set({ expiry_settled: true }).where('id', '=', operationId).execute();
}

/** Its withdrawal is tried again later. `tries`: how many came to nothing so far. */
export async function postponeExpiry(
  db: Kysely<Tables>,
  operationId: string,
  { inMs, tries }: { inMs: number; tries: number },
): Promise<void> {
  await sql`update operation set expiry_tries = ${tries}::int,
      expiry_next_at = clock_timestamp() + ${inMs}::float8 * interval '1 ms'
    where id = ${operationId}::uuid`.execute(db);
}
