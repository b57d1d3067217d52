import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../../store/database.js';
import type { StoredProblem, Tables } from '../../store/tables.js';
import type { OperationRow } from './open.js';

const DROPPED: StoredProblem = {
  code: 'UPSTREAM_UNAVAILABLE',
  reason: null,
  message: 'not carried out: dropped by a person after the journal was restored',
  details: [],
};

/**
 * Holds all open operations of a journal that was restored from a backup: what they ask for may have been done, or taken back, since. A
 * journal counts as restored where it lies in another database than before, or where no process worked on it for `silentMs`.
 * Answers how many it has just held.
 */
export async function holdIfRestored(database: Database, silentMs: number): Promise<number> {
  const mark = await markOf(database.db);
  return database.transact(async (trx) => {
    const { rows: made } = await sql`
      insert into journal_instance (mark) values (${mark}) on conflict do nothing returning id`.execute(trx);
    if (made.length > 0) return 0;
    const { rows } = await sql<{ restored: boolean }>`
      select mark <> ${mark} or greatest(seen_at, (select max(seen_at) from process)) <
        clock_timestamp() - ${silentMs}::float8 * interval '1 ms' as restored
      from journal_instance for update`.execute(trx);
    const held = rows[0]?.restored ? await holdOpen(trx) : 0;
    await sql`update journal_instance set mark = ${mark}, seen_at = clock_timestamp()`.execute(trx);
    return held;
  });
}

/** Holds all open operations, and answers how many it has just held. */
export async function holdOpen(db: Kysely<Tables>): Promise<number> {
  const { rows } = await sql`update operation set held_at = clock_timestamp()
    where state in ('PENDING', 'QUEUED', 'UNKNOWN') and held_at is null returning id`.execute(db);
  return rows.length;
}

/** An operation on which a person decides. */
type HeldOperation = Pick<OperationRow, 'id' | 'action' | 'contract_code' | 'state' | 'requested_at'>;

/** The oldest first. */
export async function listHeld(db: Kysely<Tables>): Promise<HeldOperation[]> {
  const { rows } = await sql<HeldOperation>`
    select id, action, contract_code, state, requested_at from operation
    where held_at is not null and state in ('PENDING', 'QUEUED', 'UNKNOWN') order by id`.execute(db);
  return rows;
}

/** Lets a held operation, or all, go on as if nothing had happened. Answers how many. */
export async function releaseHeld(db: Kysely<Tables>, id: string | null): Promise<number> {
  const { rows } = await sql`update operation set held_at = null where ${heldBy(id)} returning id`.execute(db);
  return rows.length;
}

/** Ends held operations that wait, as FAILED, so that they can be tried again; tells nobody. Answers how many. Those in doubt are still found out by reading. */
export async function dropHeld(db: Kysely<Tables>, id: string | null): Promise<number> {
  const { rows } =
    await sql`update operation set held_at = null, state = 'FAILED', finished_at = clock_timestamp(), due_at = null,
      problem = ${JSON.stringify(DROPPED)}::json
    where ${heldBy(id)} and state = 'QUEUED' returning id`.execute(db);
  return rows.length;
}

function heldBy(id: string | null): RawBuilder<boolean> {
  return sql<boolean>`(held_at is not null and (${id}::uuid is null or id = ${id}::uuid))`;
}

/** Tells a database from a copy of it: a restored dump lies in another one, or in other tables. */
async function markOf(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ oid: string }>`
    select concat_ws('.', (select oid from pg_database where datname = current_database()), 'operation'::regclass::oid) as oid`.execute(
    db,
  );
  // Some providers do not let everybody ask for it.
  const system = await sql<{ id: string }>`select system_identifier::text as id from pg_control_system()`
    .execute(db)
    .catch(() => ({ rows: [] }));
  return [system.rows[0]?.id, rows[0]?.oid].join('.');
}
