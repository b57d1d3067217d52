import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../store/tables.js';

/** An event due at one receiver. */
export interface DueDelivery {
  seq: string;
  id: string;
  url: string;
  body: string;
  attempts: number;
}

/**
 * The events that are due, claimed for `claimMs`: of each contract and receiver only the oldest, so that none overtakes another, and of
 * each receiver (by URL) no more than are left to it of `limitPerUrl` after those `underWay`.
 */
export async function claimDeliveries(
  db: Kysely<Tables>,
  { claimMs, limitPerUrl, underWay }: { claimMs: number; limitPerUrl: number; underWay: ReadonlyMap<string, number> },
): Promise<DueDelivery[]> {
  const { rows } = await sql<DueDelivery>`
    with head as (
      select distinct on (url, order_key) seq, url, next_at from delivery order by url, order_key, seq
    ), due as (
      select seq from (
        select seq, url, row_number() over (partition by url order by next_at) as place
        from head where next_at <= clock_timestamp()
      ) ranked
      left join unnest(${[...underWay.keys()]}::text[], ${[...underWay.values()]}::int[]) as busy (url, count) using (url)
      where ranked.place <= ${limitPerUrl}::int - coalesce(busy.count, 0)
    )
    update delivery d set attempts = d.attempts + 1, next_at = clock_timestamp() + ${claimMs}::float8 * interval '1 ms'
    from due where d.seq = due.seq and d.next_at <= clock_timestamp()
    returning d.seq::text as seq, d.id, d.url, d.body, d.attempts`.execute(db);
  return rows;
}

/** The receiver has it. */
export async function deleteDelivery(db: Kysely<Tables>, seq: string): Promise<void> {
  await db.deleteFrom('delivery').where('seq', '=', seq).execute();
}

/** The receiver does not have it yet. */
export async function postponeDelivery(db: Kysely<Tables>, seq: string, inMs: number): Promise<void> {
  await sql`update delivery set next_at = clock_timestamp() + ${inMs}::float8 * interval '1 ms'
    where seq = ${seq}::bigint`.execute(db);
}
