import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { OperationAction } from '../../domain/operation.js';
import type { Tables } from '../../store/tables.js';
import type { OperationRow } from './open.js';

/** A row that this process holds by a claim. */
export type Claimed<Row> = Row & {
  key: string;
  /** The claim's end as the database writes it: the fencing token of whoever works on the row. */
  claim: string;
  /** How often the row was claimed, this time included. */
  attempts: number;
};

/** The tables that the background takes work from. */
const TABLES = {
  operation: { table: sql.ref('operation'), key: sql.ref('id'), type: sql.raw('uuid') },
  delivery: { table: sql.ref('delivery'), key: sql.ref('seq'), type: sql.raw('bigint') },
};
export type ClaimTable = keyof typeof TABLES;

/**
 * Claims rows that are due, the longest due first: until the claim ends, no other process gets them. The only statement by which the
 * background takes work from a table. `which`: a condition on `c`, the candidate. `also`: more columns of `t`, the claimed row.
 */
export async function claimRows<Row>(
  db: Kysely<Tables>,
  from: ClaimTable,
  claim: { which: RawBuilder<unknown>; claimMs: number; limit: number; also?: RawBuilder<unknown> },
): Promise<Claimed<Row>[]> {
  const { table, key } = TABLES[from];
  const { rows } = await sql<Claimed<Row>>`
    with due as (
      select c.${key} as key from ${table} c where c.due_at <= statement_timestamp() and ${claim.which}
      order by c.due_at limit ${claim.limit}::int for update of c skip locked
    )
    update ${table} t set attempts = t.attempts + 1,
      due_at = clock_timestamp() + ${claim.claimMs}::float8 * interval '1 ms'
    from due where t.${key} = due.key
    returning t.*, t.${key}::text as key, t.due_at::text as claim${claim.also ? sql`, ${claim.also}` : sql``}`.execute(
    db,
  );
  return rows;
}

/** Kinds of work that is claimed. */
export type WorkName = 'queue' | 'reconciler' | 'schedule' | 'outbox';

/** Of which kinds rows are due, in one statement: to claim in vain costs many times as much. */
export async function findDue(db: Kysely<Tables>): Promise<Record<WorkName, boolean>> {
  const isDue = sql`due_at <= statement_timestamp()`;
  const inState = (state: string) => sql`exists (select 1 from operation where state = ${state} and ${isDue})`;
  const { rows } = await sql<Record<WorkName, boolean>>`
    select ${inState('QUEUED')} as queue, ${inState('UNKNOWN')} as reconciler, ${inState('APPLIED')} as schedule,
      exists (select 1 from delivery where ${isDue}) as outbox`.execute(db);
  return rows[0] ?? { queue: false, reconciler: false, schedule: false, outbox: false };
}

/** Ends a claim: the row is due again after `inMs`. No effect once the claim was lost. `counts` false: as if the attempt had not been made. */
export async function postpone(
  db: Kysely<Tables>,
  from: ClaimTable,
  { key, claim }: Claimed<unknown>,
  { inMs, counts = true }: { inMs: number; counts?: boolean },
): Promise<void> {
  const { table, key: column, type } = TABLES[from];
  await sql`
    update ${table} set due_at = clock_timestamp() + ${inMs}::float8 * interval '1 ms',
      attempts = attempts - ${counts ? 0 : 1}::int
    where ${column} = ${key}::${type} and due_at = ${claim}::timestamptz`.execute(db);
}

/** Ends the claim of an operation that the background has nothing more to do with. No effect once the claim was lost. */
export async function settle(db: Kysely<Tables>, { key, claim }: Claimed<unknown>): Promise<void> {
  await sql`update operation set due_at = null, attempts = 0
    where id = ${key}::uuid and due_at = ${claim}::timestamptz`.execute(db);
}

/** Everything that waits for OZmap or is in doubt is due at once: the process that had claimed or postponed it is gone. */
export async function releaseClaims(db: Kysely<Tables>): Promise<void> {
  await sql`update operation set due_at = clock_timestamp(), attempts = 0 where state in ('QUEUED', 'UNKNOWN')`.execute(
    db,
  );
}

/**
 * Operations whose turn it is to be carried out now that OZmap may be back: of each contract the one that was asked for first, also where it
 * was in doubt before it came to wait, and only where nothing of the contract is running or in doubt. Those that another living process accepted are left to it: it may hold the caller's token.
 */
export function claimQueued(
  db: Kysely<Tables>,
  claim: { known: readonly StateVersion[]; processId: string; deadAfterMs: number; claimMs: number; limit: number },
): Promise<Claimed<OperationRow>[]> {
  const which = sql`c.state = 'QUEUED' and c.held_at is null and ${isKnown(claim.known)} and not exists (
      select 1 from operation first where (first.contract_code = c.contract_code or first.to_contract_code = c.contract_code)
        and first.state in ('PENDING', 'QUEUED', 'UNKNOWN')
        and (first.state <> 'QUEUED' or (first.requested_at, first.id) < (c.requested_at, c.id))
    ) and not exists (
      select 1 from process p where p.id = c.queued_by and p.id <> ${claim.processId}::uuid
        and p.seen_at >= clock_timestamp() - ${claim.deadAfterMs}::float8 * interval '1 ms'
    )`;
  return claimRows(db, 'operation', { ...claim, which });
}

/** With the seconds since the answer to its last write was given up. */
export type UnknownOperation = OperationRow & { quiet_s: number };
export type UnknownRow = Claimed<UnknownOperation>;

/** Operations in doubt that are due for a look. */
export function claimUnknown(
  db: Kysely<Tables>,
  { known, ...claim }: { known: readonly StateVersion[]; claimMs: number; limit: number },
): Promise<UnknownRow[]> {
  return claimRows(db, 'operation', {
    ...claim,
    which: sql`c.state = 'UNKNOWN' and ${isKnown(known)}`,
    also: sql`extract(epoch from clock_timestamp() - coalesce(t.last_write_at, t.requested_at))::float8 as quiet_s`,
  });
}

/** `is_early`: what it is scheduled for is not due yet, but its warning is. */
export type AppliedRow = OperationRow & { is_early: boolean };

/** Applied operations of these actions whose scheduled work, or the warning of it, is due. */
export function claimApplied(
  db: Kysely<Tables>,
  { actions, ...claim }: { actions: readonly OperationAction[]; claimMs: number; limit: number },
): Promise<Claimed<AppliedRow>[]> {
  return claimRows(db, 'operation', {
    ...claim,
    which: sql`c.state = 'APPLIED' and c.action = any(${[...actions]}::text[])`,
    also: sql`t.expires_at > clock_timestamp() as is_early`,
  });
}

/** Actions of what was applied after the operation on its contract; of a transfer, on the new one. A chain counts as what it was carried out as. */
export async function appliedSince(db: Kysely<Tables>, operationId: string): Promise<OperationAction[]> {
  // Compared in the database: a Date has no microseconds.
  const { rows } = await sql<{ action: OperationAction }>`
    select distinct coalesce(link ->> 'action', later.action) as action from operation o
    join operation later on later.contract_code = coalesce(o.to_contract_code, o.contract_code) and later.state = 'APPLIED' and later.finished_at > o.finished_at
    left join lateral json_array_elements(later.facts -> 'chain' -> 'links') as link on true
    where o.id = ${operationId}::uuid`.execute(db);
  return rows.map(({ action }) => action);
}

/** A version of a saga's state, by the saga's action. */
export interface StateVersion {
  action: string;
  version: number;
}

/**
 * Whether this release may go on with an operation (`c`): it knows its action and, where there is one, the version of its saga's state. What
 * another release began is left to that one, as it is. One that waits with empty facts has no state, whoever wrote it.
 */
export function isKnown(known: readonly StateVersion[]): RawBuilder<boolean> {
  const actions = known.map(({ action }) => action);
  const versions = known.map(({ version }) => version);
  return sql<boolean>`exists (
      select 1 from unnest(${actions}::text[], ${versions}::int[]) as known (action, version)
      where known.action = c.action and (c.state_version is null or known.version = c.state_version
        or (c.state = 'QUEUED' and coalesce(c.facts::text, '{}') = '{}'))
    )`;
}
