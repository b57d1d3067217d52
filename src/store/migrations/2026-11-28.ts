import { type Kysely, sql } from 'kysely';

/**
 * Opens an operation in one round trip where nothing stands in its way: leases, then a look at its neighbours, then its row. False, and nothing
 * stays, where anything does: `src/saga/runs/opening.ts` then finds out what. In a function, each statement sees what was committed before it,
 * as in a transaction of three; in one statement, the look could be older than the leases. Its plans are kept with the connection.
 */
export async function openAtOnce(db: Kysely<never>): Promise<void> {
  await sql`
    create function open_at_once(
      new_id uuid, new_run_id uuid, new_process_id uuid, new_action text, new_contract_code text, new_owner_id text,
      new_owner_name text, new_cnt_user text, new_token_hash text, new_input json, new_input_hash text, new_key text,
      new_box_ids text[], new_kept text[], is_declared boolean, new_declared_at timestamptz, resources text[],
      ttl_ms float8, stale_id uuid
    ) returns boolean language plpgsql as $$
    declare
      done bigint;
    begin
      insert into lease (resource, holder, until)
        select wanted.resource, new_run_id, clock_timestamp() + ttl_ms * interval '1 ms'
        from unnest(resources) with ordinality as wanted (resource, place)
        order by wanted.place
        on conflict (resource) do update set holder = excluded.holder, until = excluded.until
          where lease.until < clock_timestamp();
      get diagnostics done = row_count;
      if done < cardinality(resources)
        or exists (select from operation o where o.owner_id = new_owner_id and o.idempotency_key = new_key)
        or exists (select from operation o where o.contract_code = new_contract_code
          and o.state in ('PENDING', 'QUEUED', 'UNKNOWN'))
        or exists (select from operation o where o.state in ('PENDING', 'QUEUED', 'UNKNOWN') and o.kept && resources)
        or new_key is null and exists (
          select from (select o.id, o.input_hash from operation o
            where o.contract_code = new_contract_code and o.state = 'APPLIED'
            order by o.finished_at desc, o.id desc limit 1) last
          where last.input_hash = new_input_hash and last.id is distinct from stale_id)
      then
        raise exception 'something stands in the way';
      end if;
      insert into operation (id, action, contract_code, state, owner_id, owner_name, cnt_user, token_hash, input, input_hash,
          idempotency_key, box_ids, kept, state_version, scope, run_id, process_id, declared_at)
        values (new_id, new_action, new_contract_code, 'PENDING', new_owner_id, new_owner_name, new_cnt_user, new_token_hash,
          new_input, new_input_hash, new_key, new_box_ids, new_kept, null,
          (select k.project_ids from known_token k where k.token_hash = new_token_hash), new_run_id, new_process_id,
          case when is_declared then coalesce(new_declared_at, clock_timestamp()) end)
        on conflict do nothing;
      get diagnostics done = row_count;
      if done = 0 then
        raise exception 'its key was used meanwhile';
      end if;
      return true;
    -- Takes the leases back with all else.
    exception when raise_exception then
      return false;
    end
    $$`.execute(db);
}

/** The contract that a transfer hands a client over to: its timeline shows the transfer, and erasing its data finds it. */
export async function newContract(db: Kysely<never>): Promise<void> {
  await sql`alter table operation add column to_contract_code text`.execute(db);
  await sql`create index operation_to_contract on operation (to_contract_code, id) where to_contract_code is not null`.execute(
    db,
  );
}

/**
 * For the journal's filters: the newest of a project, a state and an action, however rare they are in a long journal. Before the first release no
 * journal is long enough for the making of it to hold anybody up.
 */
export async function filters(db: Kysely<never>): Promise<void> {
  await sql`create index operation_filtered on operation (project_id, state, action, id desc)`.execute(db);
}

/** What came of the last attempt to deliver, and what was delivered: in a table of its own, so that the one that work is claimed from stays small. */
export async function delivered(db: Kysely<never>): Promise<void> {
  await sql`alter table delivery add column last_at timestamptz, add column last_ms integer, add column last_error text`.execute(
    db,
  );
  await sql`create table delivered (
    seq bigint primary key,
    id text not null,
    url text not null,
    order_key text not null,
    operation_id uuid not null,
    body text not null,
    attempts integer not null,
    last_status integer,
    last_at timestamptz not null,
    last_ms integer,
    created_at timestamptz not null
  )`.execute(db);
}
