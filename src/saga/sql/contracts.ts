import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../store/tables.js';
import type { OperationRow } from './open.js';

/** What a reservation goes by: the operation that made it, extended it or handed it over. */
type ReservationRow = Pick<OperationRow, 'action' | 'expires_at' | 'made_client_id' | 'facts'> & {
  contract_code: string;
};

/**
 * The last applied operation of each contract that reserved, extended or took over the reservation, where nothing recorded here has removed the
 * client since; in one statement.
 */
export async function findReservations(
  db: Kysely<Tables>,
  contractCodes: readonly string[],
): Promise<ReservationRow[]> {
  const { rows } = await sql<ReservationRow & { starts: boolean }>`
    select last.* from unnest(${[...new Set(contractCodes)]}::text[]) as wanted (code)
    cross join lateral (
      select o.id, o.action, wanted.code as contract_code, o.expires_at, o.made_client_id, o.facts,
        o.action in ('port.reserve', 'reservation.extend') or o.to_contract_code = wanted.code as starts
      from operation o
      where (o.contract_code = wanted.code or o.to_contract_code = wanted.code) and o.state = 'APPLIED'
        and o.action in ('port.reserve', 'reservation.extend', 'client.transfer', 'reservation.withdraw', 'client.cancel')
      order by o.finished_at desc, o.id desc limit 1
    ) last`.execute(db);
  return rows.filter(({ starts }) => starts);
}

/**
 * Whether a state of its contract was declared that was so later, and was or may yet be carried out. One that does not say when it was so, is so
 * when it comes: whatever came before it is older, also by a clock that is ahead.
 */
export async function isOutdated(db: Kysely<Tables>, operationId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from operation mine join operation later on later.contract_code = mine.contract_code
      and ((later.declared_at, later.id) > (mine.declared_at, mine.id) and (later.id > mine.id or mine.input ->> 'at' is not null)
        or later.id > mine.id and later.input is not null and later.input ->> 'at' is null)
      and later.state in ('PENDING', 'QUEUED', 'UNKNOWN', 'APPLIED')
    where mine.id = ${operationId}::uuid limit 1`.execute(db);
  return rows.length > 0;
}
