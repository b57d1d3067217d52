import { type Kysely, sql } from 'kysely';
import type { OperationState } from '../../domain/operation.js';
import type { Database } from '../../store/database.js';
import type { Tables } from '../../store/tables.js';
import { leaseChannel } from '../leases/notifier.js';

/** An operation `o` that is not at its end: what it keeps is kept. As the index of open operations has it. */
export const isOpen = sql<boolean>`o.state in ('PENDING', 'QUEUED', 'UNKNOWN')`;

/** Takes all of these that this holder does not have yet, in the order given, or reports that somebody else holds one: then the caller's transaction must not commit. */
export async function takeLeases(
  db: Kysely<Tables>,
  { resources, holder, ttlMs }: { resources: readonly string[]; holder: string; ttlMs: number },
): Promise<boolean> {
  if (resources.length === 0) return true;
  const { rows } = await sql`
    insert into lease (resource, holder, until)
    select wanted.resource, ${holder}::uuid, clock_timestamp() + ${ttlMs}::float8 * interval '1 ms'
    from unnest(${[...resources]}::text[]) with ordinality as wanted (resource, place)
    order by wanted.place
    on conflict (resource) do update set holder = excluded.holder, until = excluded.until
      where lease.until < clock_timestamp() or lease.holder = excluded.holder
    returning resource`.execute(db);
  return rows.length === resources.length;
}

/** Gives back everything a run holds, and wakes who waits for it. */
export async function freeLeases(
  db: Kysely<Tables>,
  { holder, channel }: { holder: string; channel: string },
): Promise<void> {
  await sql`
    with freed as (delete from lease where holder = ${holder}::uuid returning resource)
    select count(pg_notify(${channel}, resource)) from freed`.execute(db);
}

/** Gives back the boxes that a run holds before it has written anything, and wakes who waits for them; answers which they were. */
export async function giveUpBoxes({ db, schema }: Database, holder: string): Promise<string[]> {
  const { rows } = await sql<{ resource: string }>`
    with freed as (delete from lease where holder = ${holder}::uuid and resource like 'box:%' returning resource)
    select resource, pg_notify(${leaseChannel(schema)}, resource) from freed`.execute(db);
  return rows.map(({ resource }) => resource);
}

/**
 * Writes down what a run's operation keeps from others, unless another open operation keeps one of the `exclusive` ones: `keeper` is its
 * state. `mine`: the operation is still this run's. `count`: all that the run has leased.
 */
export async function keepForRun(
  db: Kysely<Tables>,
  { operationId, runId }: { operationId: string; runId: string },
  { kept, exclusive }: { kept: readonly string[]; exclusive: readonly string[] },
): Promise<{ keeper: OperationState | null; mine: boolean; count: number }> {
  const { rows } = await sql<{ keeper: OperationState | null; mine: boolean; count: number }>`
    with keeper as (
      select o.state from operation o where ${isOpen} and o.kept && ${[...exclusive]}::text[]
        and o.id <> ${operationId}::uuid order by o.state = 'PENDING' limit 1
    ), mine as (
      update operation set kept = array(select distinct unnest(kept || ${[...kept]}::text[]))
      where id = ${operationId}::uuid and run_id = ${runId}::uuid and state = 'PENDING' returning id
    )
    select (select state from keeper) as keeper, exists (select 1 from mine) as mine,
      (select count(*) from lease where holder = ${runId}::uuid)::int as count`.execute(db);
  return rows[0] ?? { keeper: null, mine: false, count: 0 };
}

/** Homes that an operation keeps which is not at its end, by id. */
export async function findKeptHomes(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct substr(kept.resource, length('property:') + 1) as id
    from operation o cross join unnest(o.kept) as kept (resource)
    where ${isOpen} and kept.resource like 'property:%'`.execute(db);
  return rows.map(({ id }) => id);
}

/** Prolongs the leases of runs that are still going on. */
export async function renewLeases(
  db: Kysely<Tables>,
  { holders, ttlMs }: { holders: readonly string[]; ttlMs: number },
): Promise<void> {
  await sql`
    update lease set until = clock_timestamp() + ${ttlMs}::float8 * interval '1 ms'
    where holder = any(${[...holders]}::uuid[])`.execute(db);
}
