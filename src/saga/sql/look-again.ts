import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../store/tables.js';
import { insertDeliveries, type NewDelivery } from './deliveries.js';
import type { OperationRow } from './open.js';

/** With whether a later command of its contract was carried out or is not finished, and whether this is the last look. */
export type ClosedRow = OperationRow & { superseded: boolean; last: boolean };

/** Operations that were closed as not applied and are due for another look, claimed for `claimMs`. The last is `afterS` after their end. */
export async function claimClosed(
  db: Kysely<Tables>,
  { claimMs, limit, afterS }: { claimMs: number; limit: number; afterS: number },
): Promise<ClosedRow[]> {
  const { rows } = await sql<ClosedRow>`
    update operation o set look_again_at = clock_timestamp() + ${claimMs}::float8 * interval '1 ms'
    where o.id in (
      select id from operation where look_again_at <= clock_timestamp()
      order by look_again_at limit ${limit}::int for update skip locked
    )
    returning o.*, o.finished_at + ${afterS}::float8 * interval '1 s' <= clock_timestamp() as last,
      exists (select 1 from operation later where later.contract_code = o.contract_code and later.id > o.id
        and later.state in ('PENDING', 'QUEUED', 'UNKNOWN', 'APPLIED')) as superseded`.execute(db);
  return rows;
}

/** Nothing was seen: looks once more `afterS` after its end, or never again. */
export async function lookedAgain(
  db: Kysely<Tables>,
  operationId: string,
  { last, afterS }: { last: boolean; afterS: number },
): Promise<void> {
  await sql`update operation
    set look_again_at = case when ${last}::boolean then null else finished_at + ${afterS}::float8 * interval '1 s' end
    where id = ${operationId}::uuid and look_again_at is not null`.execute(db);
}

/** Looks at all of them at once, as after a start: what was stopped with a write in its hands goes on when machines do. */
export async function lookAgainNow(db: Kysely<Tables>): Promise<void> {
  await sql`update operation set look_again_at = clock_timestamp() where look_again_at > clock_timestamp()`.execute(db);
}

/** Writes down that something of it was seen after all, with the events that tell of it. False when somebody else did, or tries it again. */
export async function recordLateEffect(
  db: Kysely<Tables>,
  operationId: string,
  deliveries: readonly NewDelivery[],
): Promise<boolean> {
  const { rows } = await sql`
    with mine as (
      update operation set late_effect_at = clock_timestamp(), look_again_at = null
      where id = ${operationId}::uuid and state = 'FAILED' and look_again_at is not null returning id
    ), told as (${insertDeliveries(deliveries)})
    select id from mine`.execute(db);
  return rows.length === 1;
}
