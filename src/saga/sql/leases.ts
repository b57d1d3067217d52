import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../store/tables.js';

/** Takes all of these, in the order given, or reports that somebody else holds one: then the caller's transaction must not commit. */
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
      where lease.until < clock_timestamp()
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

/** Prolongs the leases of runs that are still going on. */
export async function renewLeases(
  db: Kysely<Tables>,
  { holders, ttlMs }: { holders: readonly string[]; ttlMs: number },
): Promise<void> {
  await sql`
    update lease set until = clock_timestamp() + ${ttlMs}::float8 * interval '1 ms'
    where holder = any(${[...holders]}::uuid[])`.execute(db);
}
