import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../store/tables.js';
import type { OperationRow } from './open.js';
import type { RunIdentity } from './steps.js';

/** Takes back a run that did nothing, row and all. */
export async function forgetRun(
  db: Kysely<Tables>,
  run: Pick<RunIdentity, 'operationId' | 'runId'>,
  channel: string,
): Promise<void> {
  await sql`
    with gone as (
      delete from operation where id = ${run.operationId}::uuid and run_id = ${run.runId}::uuid
    ), freed as (
      delete from lease where holder = ${run.runId}::uuid returning resource
    )
    select count(pg_notify(${channel}, resource)) from freed`.execute(db);
}

/** Writes this process's heartbeat, which is the journal's as well. */
export async function beat(db: Kysely<Tables>, processId: string): Promise<void> {
  await sql`with seen as (update journal_instance set seen_at = clock_timestamp())
    insert into process (id) values (${processId}::uuid)
    on conflict (id) do update set seen_at = clock_timestamp()`.execute(db);
}

/** Removes our heartbeat, so that others take over at once what this process leaves open. */
export async function unregisterProcess(db: Kysely<Tables>, processId: string): Promise<void> {
  await db.deleteFrom('process').where('id', '=', processId).execute();
}

/** Operations that a dead process left running: its last sign of life is older than `deadAfterMs`, or it has none. */
export async function findAbandoned(
  db: Kysely<Tables>,
  { processId, deadAfterMs, limit }: { processId: string; deadAfterMs: number; limit: number },
): Promise<OperationRow[]> {
  const { rows } = await sql<OperationRow>`
    select o.* from operation o left join process p on p.id = o.process_id
    where o.state = 'PENDING' and o.process_id is distinct from ${processId}::uuid
      and (p.id is null or p.seen_at < clock_timestamp() - ${deadAfterMs}::float8 * interval '1 ms')
    order by o.id limit ${limit}::int`.execute(db);
  return rows;
}

/** Operations that this very process has open, except those of the runs it is at work on. */
export async function findUnheld(
  db: Kysely<Tables>,
  { processId, held, limit }: { processId: string; held: readonly string[]; limit: number },
): Promise<OperationRow[]> {
  const { rows } = await sql<OperationRow>`
    select * from operation
    where state = 'PENDING' and process_id = ${processId}::uuid and run_id <> all(${[...held]}::uuid[])
    order by id limit ${limit}::int`.execute(db);
  return rows;
}

/**
 * Takes an operation away from the run that left it and frees its leases: the operation as that run left it, or null when it is no longer on
 * it. The old run, should it still live, is stopped before its next write.
 */
export async function takeOver(
  db: Kysely<Tables>,
  {
    operationId,
    runId,
    newRunId,
    processId,
  }: { operationId: string; runId: string; newRunId: string; processId: string },
  channel: string,
): Promise<OperationRow | null> {
  const { rows } = await sql<OperationRow>`
    with mine as (
      update operation set run_id = ${newRunId}::uuid, process_id = ${processId}::uuid
      where id = ${operationId}::uuid and run_id = ${runId}::uuid and state = 'PENDING' returning *
    ), freed as (
      delete from lease where holder = ${runId}::uuid and exists (select 1 from mine) returning resource
    )
    select mine.*, (select count(pg_notify(${channel}, resource)) from freed) as woken from mine`.execute(db);
  return rows[0] ?? null;
}
