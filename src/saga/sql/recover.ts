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

/** Writes this process's heartbeat. */
export async function beat(db: Kysely<Tables>, processId: string): Promise<void> {
  await sql`insert into process (id) values (${processId}::uuid)
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

/** With the seconds since the answer to its last write was given up. */
export type UnknownRow = OperationRow & { quiet_s: number };

/** Unknown operations that are due for a look, claimed for `claimMs` so that no other process looks at the same time. */
export async function claimUnknown(
  db: Kysely<Tables>,
  { claimMs, limit }: { claimMs: number; limit: number },
): Promise<UnknownRow[]> {
  const { rows } = await sql<UnknownRow>`
    update operation o set look_at = clock_timestamp() + ${claimMs}::float8 * interval '1 ms', looks = o.looks + 1
    where o.id in (
      select id from operation where state = 'UNKNOWN' and look_at <= clock_timestamp()
      order by look_at limit ${limit}::int for update skip locked
    )
    returning o.*, extract(epoch from clock_timestamp() - coalesce(o.last_write_at, o.requested_at))::float8 as quiet_s`.execute(
    db,
  );
  return rows;
}

/** Looks again later. */
export async function lookLater(db: Kysely<Tables>, operationId: string, inMs: number): Promise<void> {
  await sql`update operation set look_at = clock_timestamp() + ${inMs}::float8 * interval '1 ms'
    where id = ${operationId}::uuid and state = 'UNKNOWN'`.execute(db);
}

/** Looks at everything unknown at once: whoever had put it off, or was looking, is gone. */
export async function lookNow(db: Kysely<Tables>): Promise<void> {
  await sql`update operation set look_at = clock_timestamp(), looks = 0 where state = 'UNKNOWN'`.execute(db);
}
