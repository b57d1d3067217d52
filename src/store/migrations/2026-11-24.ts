import { type Kysely, sql } from 'kysely';

const FIRST_TABLES = [
  sql`create table operation (
    id uuid primary key,
    action text not null,
    contract_code text,
    project_id text,
    state text not null check (state in ('PENDING', 'QUEUED', 'APPLIED', 'REFUSED', 'UNKNOWN', 'FAILED')),
    owner_id text not null,
    owner_name text not null,
    cnt_user text,
    token_hash text not null,
    input json,
    input_hash text not null,
    idempotency_key text,
    box_ids text[] not null,
    scope json,
    facts json,
    outcome json,
    problem json,
    requested_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    queued_at timestamptz,
    expires_at timestamptz,
    expiry_settled boolean not null default false,
    run_id uuid,
    process_id uuid,
    last_write_at timestamptz,
    look_at timestamptz,
    looks integer not null default 0,
    erase_requested boolean not null default false
  )`,
  sql`create unique index operation_key on operation (owner_id, idempotency_key) where idempotency_key is not null`,
  sql`create index operation_contract on operation (contract_code, id desc)`,
  sql`create index operation_project on operation (project_id, id desc)`,
  sql`create index operation_owner on operation (owner_id, id desc) where project_id is null`,
  sql`create index operation_open on operation (contract_code) where state in ('PENDING', 'QUEUED', 'UNKNOWN')`,
  sql`create index operation_look on operation (look_at) where state = 'UNKNOWN'`,
  sql`create index operation_expiry on operation (expires_at) where not expiry_settled and expires_at is not null`,
  sql`create index operation_requested on operation (requested_at)`,
  sql`create index operation_finished on operation (finished_at) where finished_at is not null`,
  sql`create table operation_step (
    operation_id uuid not null references operation on delete cascade,
    seq integer not null,
    name text not null,
    method text not null,
    path text not null,
    status integer,
    duration_ms integer,
    outcome text not null,
    at timestamptz not null default clock_timestamp(),
    primary key (operation_id, seq)
  )`,
  sql`create table lease (resource text primary key, holder uuid not null, until timestamptz not null)`,
  sql`create index lease_holder on lease (holder)`,
  sql`create table process (id uuid primary key, seen_at timestamptz not null default clock_timestamp())`,
  sql`create table known_token (
    token_hash text primary key,
    owner_id text not null,
    owner_name text not null,
    project_ids json not null,
    verified_at timestamptz not null default clock_timestamp()
  )`,
  sql`create table delivery (
    seq bigint generated always as identity primary key,
    id text not null,
    url text not null,
    order_key text not null,
    operation_id uuid not null,
    body text not null,
    attempts integer not null default 0,
    next_at timestamptz not null default clock_timestamp(),
    created_at timestamptz not null default clock_timestamp()
  )`,
  sql`create index delivery_order on delivery (url, order_key, seq)`,
];

/** The first tables. Never changed once released: what comes later is another function. */
export async function operations(db: Kysely<never>): Promise<void> {
  for (const statement of FIRST_TABLES) await statement.execute(db);
}

/** Tickets of the map page that were used: each opens one sale once, whichever process is asked. */
export async function tickets(db: Kysely<never>): Promise<void> {
  await sql`create table consumed_ticket (id text primary key, expires_at timestamptz not null)`.execute(db);
}
