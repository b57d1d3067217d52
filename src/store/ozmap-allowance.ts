import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.js';

/**
 * Takes up to `count` requests out of a bucket that all processes share, as long as `reserve` stays in it: one statement, whatever it takes.
 * `size` is what the bucket holds when full, `perSecond` what runs into it.
 */
export async function drawRequests(
  db: Kysely<Tables>,
  { size, perSecond }: { size: number; perSecond: number },
  count: number,
  reserve: number,
): Promise<{ granted: number; left: number }> {
  const { rows } = await sql<{ granted: number; left: number }>`
    with bucket as (
      select least(${size}::float8,
        coalesce(requests_left, ${size}::float8)
          + greatest(0, extract(epoch from clock_timestamp() - filled_at)::float8) * ${perSecond}::float8) as requests
      from ozmap_allowance for update
    ), drawn as (
      select requests, greatest(0, least(${count}::float8, floor(requests - ${reserve}::float8))) as granted from bucket
    )
    update ozmap_allowance set requests_left = requests - granted, filled_at = clock_timestamp()
    from drawn returning granted, requests_left as left`.execute(db);
  return rows[0] ?? { granted: 0, left: 0 };
}
