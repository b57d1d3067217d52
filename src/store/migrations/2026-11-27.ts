import { type Kysely, sql } from 'kysely';

/** Sales by link, from the link to their end, so that all processes know which tickets were used and which sales are over. */
export async function sales(db: Kysely<never>): Promise<void> {
  await sql`create table sale (
    id text primary key,
    owner_id text not null,
    contract_code text not null,
    expires_at timestamptz not null,
    redeemed_at timestamptz,
    ended_at timestamptz,
    places jsonb not null default '[]'
  )`.execute(db);
  await sql`create index sale_contract on sale (contract_code)`.execute(db);
  // Its tickets were good for minutes; nothing reads it any more.
  await sql`drop table consumed_ticket`.execute(db);
}

/**
 * One place for when the background next claims an operation, whatever it waits for, and for how often it did. The job queue of earlier
 * versions goes: it held ids of QUEUED operations and nothing else.
 */
export async function singleQueue(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column due_at timestamptz, add column attempts integer not null default 0`.execute(
    db,
  );
  await sql`update operation set due_at = case state when 'QUEUED' then clock_timestamp() when 'UNKNOWN' then look_at
      else coalesce(expiry_next_at, expires_at) end,
    attempts = case state when 'QUEUED' then 0 when 'UNKNOWN' then looks else expiry_tries end
    where state in ('QUEUED', 'UNKNOWN') or (state = 'APPLIED' and expires_at is not null and not expiry_settled)`.execute(
    db,
  );
  await sql`alter table operation drop column look_at, drop column looks, drop column expiry_settled,
    drop column expiry_next_at, drop column expiry_tries`.execute(db);
  await sql`create index operation_due on operation (state, due_at) where due_at is not null`.execute(db);
  await dropJobs(db);
}

/** Only a schema that holds what pg-boss makes: another one of that name is not ours. */
async function dropJobs(db: Kysely<never>): Promise<void> {
  const { rows } = await sql<{ schema: string }>`
    select table_schema as schema from information_schema.tables
    where table_schema = current_schema() || '_jobs' and table_name in ('version', 'queue', 'job')
    group by table_schema having count(*) = 3`.execute(db);
  for (const { schema } of rows) await sql`drop schema ${sql.id(schema)} cascade`.execute(db);
}

const WITHHELD = [
  // What an operation keeps from others until it is finished; empty for all that a release without it opens.
  sql`alter table operation add column kept text[] not null default '{}'`,
  // What was closed as not applied is looked at once more, and tells when something of it was seen after all.
  sql`alter table operation add column look_again_at timestamptz, add column late_effect_at timestamptz`,
  sql`create index operation_look_again on operation (look_again_at) where look_again_at is not null`,
];

/** Homes and boxes stay with a command until its end, and late effects are told. */
export async function withheld(db: Kysely<never>): Promise<void> {
  for (const statement of WITHHELD) await statement.execute(db);
}

/**
 * Who had it tried again, in two columns: nobody can write a second person into the name of the first. What was erased, or past its retention,
 * keeps no hash by which a guess at its input could be confirmed.
 */
export async function whoRetried(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column retried_cnt_user text, alter column input_hash drop not null`.execute(db);
  await sql`update operation set input_hash = null
    where input is null and input_hash is not null and state in ('APPLIED', 'REFUSED', 'FAILED')`.execute(db);
}

/** Events that a receiver refuses are set aside as dead letters, so that they do not hold up the next of their contract. */
export async function deadLetters(db: Kysely<never>): Promise<void> {
  await sql`alter table delivery rename column next_at to due_at`.execute(db);
  await sql`alter table delivery alter column due_at drop not null, add column refused_at timestamptz,
    add column last_status integer, add column dead_at timestamptz`.execute(db);
  await sql`drop index delivery_order`.execute(db);
  await sql`create index delivery_waiting on delivery (url, order_key, seq) where dead_at is null`.execute(db);
}

/** Which database the journal lies in and when a process last worked on it, and the operations that a person decides on after a restore. */
export async function staleBackup(db: Kysely<never>): Promise<void> {
  await sql`create table journal_instance (
    id integer primary key default 1 check (id = 1),
    mark text not null,
    seen_at timestamptz not null default clock_timestamp()
  )`.execute(db);
  await sql`alter table operation add column held_at timestamptz`.execute(db);
}

/** Which version of its saga's state an operation holds. What was written before this is version 0. */
export async function stateVersion(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column state_version integer default 0`.execute(db);
}

/** What all processes may still ask OZmap in this minute, counted in one place. */
export async function ozmapAllowance(db: Kysely<never>): Promise<void> {
  await sql`create table ozmap_allowance (
    id integer primary key default 1 check (id = 1),
    requests_left double precision,
    filled_at timestamptz not null default clock_timestamp()
  )`.execute(db);
  await sql`insert into ozmap_allowance default values`.execute(db);
}

/** When a contract was in the state that was declared: an older word does not undo a newer one. */
export async function declaredAt(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column declared_at timestamptz`.execute(db);
}
