import { type Kysely, sql } from 'kysely';

/**
 * One place for when the background next claims an operation, whatever it waits for, and for how often it did. The job queue of earlier
 * versions goes: it held ids of QUEUED operations and nothing else.
 */
export async function up(db: Kysely<never>): Promise<void> {
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
