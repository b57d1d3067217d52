import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import type { DeliveryTable, Tables } from '../../store/tables.js';
import { type Claimed, claimRows } from './claims.js';

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

/** The receiver has it. */
export async function deleteDelivery(db: Kysely<Tables>, { key }: Claimed<unknown>): Promise<void> {
  await sql`delete from delivery where seq = ${key}::bigint`.execute(db);
}

/** How an attempt to deliver failed. */
export interface Refusal {
  /** HTTP status; null when there was no answer. */
  status: number | null;
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
  { status, permanent }: Refusal,
  { againMs, refusedMs, maxAgeMs }: { againMs: number; refusedMs: number; maxAgeMs: number },
): Promise<boolean> {
  const ago = (ms: number) => sql`clock_timestamp() - ${ms}::float8 * interval '1 ms'`;
  const { rows } = await sql<{ dead: boolean }>`
    update delivery d set last_status = ${status}::int,
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

/** Makes dead letters due again: those of one operation, or all. Gives back how many. */
export async function redeliver(db: Kysely<Tables>, operationId: string | null): Promise<number> {
  const { rows } = await sql`
    update delivery set dead_at = null, refused_at = null, attempts = 0, created_at = clock_timestamp(),
      due_at = clock_timestamp()
    where dead_at is not null and (${operationId}::uuid is null or operation_id = ${operationId}::uuid)
    returning seq`.execute(db);
  return rows.length;
}
