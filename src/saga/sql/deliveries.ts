import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import type { DeliveryTable, Tables } from '../../store/tables.js';
import type { Viewer } from '../../store/tokens/token-memory.js';
import type { DeliveryFilter, DeliveryRecord, DeliveryState } from '../reads/records.js';
import { type Claimed, claimRows } from './claims.js';
import { ofContracts, visibleTo } from './visible.js';

export type DeliveryRow = Selectable<DeliveryTable>;

/** An event for one receiver, as it is written down. */
export interface NewDelivery {
  id: string;
  receiverKey: string;
  orderKey: string;
  body: string;
}

/** Part of a statement: writes events down for the operation in `mine`, which is there once or not at all. */
export function insertDeliveries(deliveries: readonly NewDelivery[]): RawBuilder<unknown> {
  return sql`insert into delivery (id, url, order_key, operation_id, body)
    select d.id, d.url, d.order_key, mine.id, d.body
    from mine, unnest(${deliveries.map(({ id }) => id)}::text[], ${deliveries.map(({ receiverKey }) => receiverKey)}::text[],
      ${deliveries.map(({ orderKey }) => orderKey)}::text[], ${deliveries.map(({ body }) => body)}::text[])
      as d (id, url, order_key, body)`;
}

/** Ends the claim of an operation until what it is scheduled for is due, with events that tell of it. No effect once the claim was lost. */
export async function settleUntilDue(
  db: Kysely<Tables>,
  { key, claim }: Claimed<unknown>,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  await sql`
    with mine as (
      update operation set due_at = expires_at, attempts = 0
      where id = ${key}::uuid and due_at = ${claim}::timestamptz returning id
    ) ${insertDeliveries(deliveries)}`.execute(db);
}

/** More than all receivers take at once. */
const LIMIT = 1_000;

/**
 * Events that are due: of each contract and receiver only the oldest, so that none overtakes another, and of each receiver no more
 * than are left to it of `limitPerReceiver` after those `underWay`. Dead letters are left out, and hold up none.
 */
export function claimDeliveries(
  db: Kysely<Tables>,
  {
    claimMs,
    limitPerReceiver,
    underWay,
  }: { claimMs: number; limitPerReceiver: number; underWay: ReadonlyMap<string, number> },
): Promise<Claimed<DeliveryRow>[]> {
  const which = sql`c.seq in (
    select seq from (
      select seq, url, row_number() over (partition by url order by due_at) as place
      from (select distinct on (url, order_key) seq, url, due_at from delivery where dead_at is null
        order by url, order_key, seq) head
      where due_at <= statement_timestamp()
    ) ranked
    left join unnest(${[...underWay.keys()]}::text[], ${[...underWay.values()]}::int[]) as busy (url, count) using (url)
    where ranked.place <= ${limitPerReceiver}::int - coalesce(busy.count, 0)
  )`;
  return claimRows(db, 'delivery', { which, claimMs, limit: LIMIT });
}

/** What came back of one attempt to deliver. */
export interface DeliveryAnswer {
  /** HTTP status; null when there was no answer. */
  status: number | null;
  durationMs: number;
}

/** The receiver has it: the row goes to those that are only looked at. */
export async function recordDelivered(
  db: Kysely<Tables>,
  { key }: Claimed<unknown>,
  { status, durationMs }: DeliveryAnswer,
): Promise<void> {
  await sql`
    with taken as (delete from delivery where seq = ${key}::bigint returning *)
    insert into delivered (seq, id, url, order_key, operation_id, body, attempts, last_status, last_at, last_ms, created_at)
    select seq, id, url, order_key, operation_id, body, attempts, ${status}::int, clock_timestamp(), ${durationMs}::int, created_at
    from taken`.execute(db);
}

/** How an attempt to deliver failed. */
export interface Refusal extends DeliveryAnswer {
  /** Why there was no answer: a system error's code, or a word of ours. */
  error: string | null;
  /** The receiver will not take it as it is. */
  permanent: boolean;
}

/**
 * Writes down that an attempt failed: the event comes again after `againMs`, or is a dead letter, where it was refused for good for
 * `refusedMs` or could not be delivered for `maxAgeMs`. True when it became a dead letter. No effect once the claim was lost.
 */
export async function failDelivery(
  db: Kysely<Tables>,
  { key, claim }: Claimed<unknown>,
  { status, durationMs, error, permanent }: Refusal,
  { againMs, refusedMs, maxAgeMs }: { againMs: number; refusedMs: number; maxAgeMs: number },
): Promise<boolean> {
  const ago = (ms: number) => sql`clock_timestamp() - ${ms}::float8 * interval '1 ms'`;
  const { rows } = await sql<{ dead: boolean }>`
    update delivery d set last_status = ${status}::int, last_at = clock_timestamp(), last_ms = ${durationMs}::int, last_error = ${error},
      refused_at = case when ${permanent}::boolean then coalesce(d.refused_at, clock_timestamp()) end,
      dead_at = case when judged.dead then clock_timestamp() end,
      due_at = case when not judged.dead then clock_timestamp() + ${againMs}::float8 * interval '1 ms' end
    from (
      select seq, created_at < ${ago(maxAgeMs)}
        or (${permanent}::boolean and coalesce(refused_at < ${ago(refusedMs)}, false)) as dead
      from delivery where seq = ${key}::bigint
    ) judged
    where d.seq = judged.seq and d.due_at = ${claim}::timestamptz
    returning judged.dead`.execute(db);
  return rows[0]?.dead ?? false;
}

/** Events that no receiver took, oldest first. */
export function listDeadLetters(db: Kysely<Tables>, limit: number): Promise<DeliveryRow[]> {
  return db.selectFrom('delivery').selectAll().where('dead_at', 'is not', null).orderBy('seq').limit(limit).execute();
}

/** Dead letters that are made due again. */
const AFRESH = sql`dead_at = null, refused_at = null, attempts = 0, created_at = clock_timestamp(), due_at = clock_timestamp()`;

/** Makes dead letters due again: those of one operation, or all. Gives back how many. */
export async function redeliver(db: Kysely<Tables>, operationId: string | null): Promise<number> {
  const { rows } = await sql`
    update delivery set ${AFRESH}
    where dead_at is not null and (${operationId}::uuid is null or operation_id = ${operationId}::uuid)
    returning seq`.execute(db);
  return rows.length;
}

/** Makes one delivery due again, be it a dead letter or delivered. One that is on its way stays as it is. */
export async function redeliverOne(db: Kysely<Tables>, seq: string): Promise<void> {
  await sql`
    with revived as (update delivery set ${AFRESH} where seq = ${seq}::bigint and dead_at is not null),
      back as (delete from delivered where seq = ${seq}::bigint returning *)
    insert into delivery (seq, id, url, order_key, operation_id, body, due_at, created_at)
    overriding system value
    select seq, id, url, order_key, operation_id, body, clock_timestamp(), clock_timestamp() from back`.execute(db);
}

/** Of either table. */
export type ListedDelivery = Omit<DeliveryRecord, 'type' | 'receiver'> & { url: string; body: string };

/** So many of the newest one request searches for those that somebody may see. */
const SEARCHED_AT_ONCE = 10_000;

const ON_THE_WAY = sql`select seq, id, url, operation_id, body, attempts, last_status, last_at, last_ms, last_error, due_at as next_at,
  created_at, case when dead_at is null then 'WAITING' else 'DEAD_LETTER' end as state from delivery`;
const DONE = sql`select seq, id, url, operation_id, body, attempts, last_status, last_at, last_ms, null::text as last_error,
  null::timestamptz as next_at, created_at, 'DELIVERED' as state from delivered`;

/** Deliveries of operations that this viewer may see, newest first. `searchedTo`: where the search ended, when the page is not full. */
export async function listDeliveries(
  db: Kysely<Tables>,
  { states, contractCode, seq }: DeliveryFilter & { seq?: string | undefined },
  { beforeSeq, limit }: { beforeSeq: string | null; limit: number },
  viewer: Viewer,
): Promise<{ rows: ListedDelivery[]; searchedTo: string | null }> {
  const from = beforeSeq === null ? sql`true` : sql`seq < ${beforeSeq}::bigint`;
  const before = seq === undefined ? from : sql`seq = ${seq}::bigint`;
  const newest = (table: RawBuilder<unknown>, state: RawBuilder<unknown>) =>
    sql`(${table} where ${before} and ${state} order by seq desc limit ${SEARCHED_AT_ONCE}::int)`;
  const wants = (state: DeliveryState) => !states || states.includes(state);
  const dead = sql`(dead_at is not null) = any(${[...(wants('DEAD_LETTER') ? [true] : []), ...(wants('WAITING') ? [false] : [])]}::boolean[])`;
  const searched = sql`select * from (${newest(ON_THE_WAY, dead)} union all ${newest(DONE, wants('DELIVERED') ? sql`true` : sql`false`)})
    either order by seq desc limit ${SEARCHED_AT_ONCE}::int`;
  const conditions = [visibleTo(viewer), ...(contractCode ? [ofContracts([contractCode])] : [])];
  const { rows } = await sql<ListedDelivery>`
    with d as materialized (${searched})
    select d.seq::text as id, d.id as "webhookId", d.url, d.operation_id as "operationId", o.contract_code as "contractCode", d.body,
      d.state, d.attempts, d.last_status as "lastStatus", d.last_at as "lastAt", d.last_ms as "lastMs", d.last_error as "lastError",
      d.next_at as "nextAt", d.created_at as "createdAt"
    from d join operation o on o.id = d.operation_id
    where ${sql.join(conditions, sql` and `)} order by d.seq desc limit ${limit}::int`.execute(db);
  if (rows.length === limit) return { rows, searchedTo: null };
  const { rows: last } = await sql<{ seq: string }>`
    select seq::text as seq from (${searched}) searched order by searched.seq desc offset ${SEARCHED_AT_ONCE - 1}::int limit 1`.execute(
    db,
  );
  return { rows, searchedTo: last[0]?.seq ?? null };
}
