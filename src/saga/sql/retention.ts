import { type Kysely, type RawBuilder, sql } from 'kysely';
import { isId } from '../../store/ids.js';
import type { Tables } from '../../store/tables.js';

/** Taken from the oldest on, so many at once: no statement holds up others for long, nor reads what is not due. */
const BATCH = 1_000;
/** A day more than the sender tries for. */
const UNDELIVERED_DAYS = 8;
const DEAD_LETTER_DAYS = 30;
const DELIVERED_DAYS = 7;

/**
 * Takes the personal data out of finished operations and leaves the trail: who did what to which contract, when, by which requests, how it ended.
 * The key stays for its days: without it, whoever repeats the command would write it again. What somebody asked to have erased loses the
 * person in CNT, too.
 */
async function strip(db: Kysely<Tables>, which: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ stripped: number }>`
    with stripped as (
      update operation set input = null, input_hash = null, outcome = null, facts = null, erase_requested = false,
        cnt_user = case when erase_requested then null else cnt_user end,
        retried_cnt_user = case when erase_requested then null else retried_cnt_user end,
        problem = case when problem is null then null else json_build_object('code', problem->>'code',
          'reason', problem->>'reason', 'message', 'details were removed', 'details', '[]'::json) end
      where state in ('APPLIED', 'REFUSED', 'FAILED') and (${which})
      returning id
    ) select count(*)::int as stripped from stripped`.execute(db);
  return rows[0]?.stripped ?? 0;
}

/**
 * Erases a person's data from all operations of a contract, the transfers to it and the leads that name it included, or from the one operation that `code` is the number
 * of: a lead may name none.
 * Those still running or waiting need theirs: they are marked, and erased once they are finished (`pending`).
 * `known`: there was something of it, erased earlier or now.
 */
export async function eraseContract(
  db: Kysely<Tables>,
  code: string,
): Promise<{ known: boolean; erased: number; pending: number }> {
  const ofContract = sql`contract_code = ${code} or to_contract_code = ${code} or (action = 'prospect.create' and input ->> 'contractCode' = ${code})`;
  const ofPerson = isId(code) ? sql`(${ofContract} or id = ${code}::uuid)` : sql`(${ofContract})`;
  const { rows } = await sql<{ marked: number; known: number }>`
    with marked as (
      update operation set erase_requested = true
      where ${ofPerson} and (input is not null or outcome is not null or facts is not null
        or cnt_user is not null or retried_cnt_user is not null) returning state
    ) select (count(*) filter (where state in ('PENDING', 'QUEUED', 'UNKNOWN')))::int as marked,
      (select count(*) from operation where ${ofPerson})::int as known from marked`.execute(db);
  const { marked = 0, known = 0 } = rows[0] ?? {};
  const erased = await strip(db, sql`erase_requested and ${ofPerson}`);
  const sales = await db.deleteFrom('sale').where('contract_code', '=', code).executeTakeFirst();
  return { known: known > 0 || sales.numDeletedRows > 0n, erased, pending: marked };
}

/** Removes what its time is over for, and answers how much. Reservations that are yet to expire keep what their withdrawal needs; an operation stays as long as its key. */
export async function sweep(
  db: Kysely<Tables>,
  { snapshotDays, journalDays, keyDays }: { snapshotDays: number; journalDays: number; keyDays: number },
) {
  const before = (days: number) => sql`statement_timestamp() - ${days}::float8 * interval '1 day'`;
  const erased = await strip(db, sql`erase_requested`);
  const old = sql`id in (select id from operation where (input is not null or outcome is not null or facts is not null)
    and finished_at < ${before(snapshotDays)} and (expires_at is null or due_at is null or expires_at < ${before(1)})
    order by finished_at limit ${BATCH}::int)`;
  const snapshots = await inBatches(() => strip(db, old));
  const count = async (statement: RawBuilder<unknown>) => (await statement.execute(db)).rows.length;
  const countAll = (statement: RawBuilder<unknown>) => inBatches(() => count(statement));
  const keys = await countAll(sql`update operation set idempotency_key = null where id in (
      select id from operation where idempotency_key is not null and finished_at is not null and requested_at < ${before(keyDays)}
      order by requested_at limit ${BATCH}::int) returning 1`);
  const operations = await countAll(sql`delete from operation where id in (
      select id from operation where idempotency_key is null and finished_at < ${before(journalDays)}
      order by finished_at limit ${BATCH}::int) returning 1`);
  await sql`delete from known_token k where verified_at < ${before(30)}
    and not exists (select 1 from operation o where o.state = 'QUEUED' and o.token_hash = k.token_hash)`.execute(db);
  await sql`delete from process p where seen_at < ${before(1)}
    and not exists (select 1 from operation o where o.state = 'PENDING' and o.process_id = p.id)`.execute(db);
  await sql`delete from sale where expires_at < ${before(0)}`.execute(db);
  // Where nothing delivers any more, as without WEBHOOK_URLS, nothing else sets them aside.
  await sql`update delivery set dead_at = statement_timestamp(), due_at = null
    where dead_at is null and created_at < ${before(UNDELIVERED_DAYS)}`.execute(db);
  await countAll(sql`delete from delivered where seq in (
      select seq from delivered where last_at < ${before(DELIVERED_DAYS)} limit ${BATCH}::int) returning 1`);
  const deadLetters = await count(sql`delete from delivery where dead_at < ${before(DEAD_LETTER_DAYS)} returning 1`);
  return { snapshots: snapshots + erased, operations, keys, deadLetters };
}

async function inBatches(sweepSome: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const swept = await sweepSome();
    total += swept;
    if (swept < BATCH) return total;
  }
}
