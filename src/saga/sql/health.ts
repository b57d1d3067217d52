import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { newId } from '../../store/ids.js';
import type { Tables } from '../../store/tables.js';
import { isKnown, type StateVersion } from './claims.js';

/** Operations that are not at their end, and events that are not delivered. */
interface OpenCounts {
  pending: number;
  queued: number;
  unknown: number;
  /** Of these, such as a person decides on. */
  held: number;
  /** Of each receiver with events that wait or were set aside. */
  deliveries: readonly OpenDeliveries[];
  oldestQueuedS: number;
  /** Those that wait or are in doubt and were begun by a release whose saga's state this one does not know. */
  leftOpen: readonly LeftOpen[];
}

/** Events of one receiver that wait, and that were set aside. */
export interface OpenDeliveries {
  receiverKey: string;
  waiting: number;
  dead: number;
}

interface LeftOpen extends StateVersion {
  count: number;
}

/** More than what is free of a page: the database must take a new one for it. */
const REHEARSAL_BYTES = 8_192;

/**
 * Counts for health and metrics, in one statement that looks at open operations only: however long the journal is. It writes this process's
 * sign of life, and asks for the right to write operations: where these may only be read, or are locked, it fails.
 */
export async function countOpen(
  db: Kysely<Tables>,
  { processId, known }: { processId: string; known: readonly StateVersion[] },
): Promise<OpenCounts> {
  const { rows } = await sql<OpenCounts>`
    with alive as (update process set seen_at = clock_timestamp() where id = ${processId}::uuid),
      writable as (update operation set attempts = attempts where false)
    select (count(*) filter (where state = 'PENDING'))::int as pending, (count(*) filter (where state = 'QUEUED'))::int as queued,
      (count(*) filter (where state = 'UNKNOWN'))::int as unknown, (count(held_at))::int as held,
      (select coalesce(json_agg(json_build_object('receiverKey', url, 'waiting', waiting, 'dead', dead)), '[]') from (
        select url, (count(*) - count(dead_at))::int as waiting, count(dead_at)::int as dead from delivery group by url
      ) deliveries) as deliveries,
      coalesce(extract(epoch from clock_timestamp() - min(queued_at) filter (where state = 'QUEUED')), 0)::float8 as "oldestQueuedS",
      (select coalesce(json_agg(json_build_object('action', action, 'version', version, 'count', count)), '[]') from (
        select c.action, coalesce(c.state_version, 0) as version, count(*)::int as count from operation c
        where c.state in ('QUEUED', 'UNKNOWN') and not ${isKnown(known)} group by 1, 2 order by 1, 2
      ) left_open) as "leftOpen"
    from operation where state in ('PENDING', 'QUEUED', 'UNKNOWN')`.execute(db);
  // A count always has its row.
  return rows[0] as OpenCounts;
}

/** Writes an operation as a command does. The caller rolls it back. */
export async function rehearse(trx: Kysely<Tables>): Promise<void> {
  await sql`
    insert into operation (id, action, state, owner_id, owner_name, token_hash, input, input_hash, box_ids)
    values (${newId()}::uuid, 'health', 'FAILED', '', '', '',
      ${JSON.stringify(randomBytes(REHEARSAL_BYTES).toString('hex'))}::json, '', '{}')`.execute(trx);
}
