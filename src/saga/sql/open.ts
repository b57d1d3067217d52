import { type Kysely, type Selectable, sql } from 'kysely';
import type { Actor } from '../../domain/operation.js';
import type { OperationTable, Tables } from '../../store/tables.js';
import type { OperationRequest } from '../journal.js';
import { isOpen } from './leases.js';
import { ofContracts } from './visible.js';

/** An operation as it lies in the database. */
export type OperationRow = Selectable<OperationTable>;

/** A command about to get its row. */
export interface NewOperation {
  id: string;
  runId: string;
  processId: string;
  request: OperationRequest;
  inputHash: string;
  tokenHash: string;
}

/** What a command may meet others in. */
interface Neighbourhood {
  contractCodes: readonly (string | null)[];
  ownerId: string;
  key: string | null;
  resources: readonly string[];
  id: string;
}

/** What already stands beside a new command. */
export interface Neighbours {
  /** The operation that carries the same idempotency key of the same owner. */
  sameKey: OperationRow | null;
  /** The contract's operation that is running or being found out. */
  open: OperationRow | null;
  /** The contract's last operation that waits for OZmap. */
  queued: OperationRow | null;
  /** The contract's last applied operation. */
  lastApplied: OperationRow | null;
  /** Another operation that is not finished and keeps one of the resources. */
  keeper: OperationRow | null;
}

/** One look at everything that decides whether a new command may open. Also frees the caller's key when it is past its days. */
export async function findNeighbours(
  db: Kysely<Tables>,
  { contractCodes, ownerId, key, resources, id }: Neighbourhood,
): Promise<Neighbours> {
  const ofContract = ofContracts(contractCodes.filter((code) => code !== null));
  const { rows } = await sql<OperationRow & { role: keyof Neighbours }>`
    select 'sameKey' as role, o.* from operation o where o.owner_id = ${ownerId} and o.idempotency_key = ${key}::text
    union all (select 'open', o.* from operation o
      where ${ofContract} and o.state in ('PENDING', 'UNKNOWN') order by o.id limit 1)
    union all (select 'queued', o.* from operation o
      where ${ofContract} and o.state = 'QUEUED' order by o.id desc limit 1)
    union all (select 'lastApplied', o.* from operation o
      where ${ofContract} and o.state = 'APPLIED'
      order by o.finished_at desc, o.id desc limit 1)
    union all (select 'keeper', o.* from operation o
      where ${isOpen} and o.kept && ${[...resources]}::text[] and o.id <> ${id}::uuid order by o.state = 'PENDING' limit 1)`.execute(
    db,
  );
  const found = (role: keyof Neighbours) => rows.find((row) => row.role === role) ?? null;
  return {
    sameKey: found('sameKey'),
    open: found('open'),
    queued: found('queued'),
    lastApplied: found('lastApplied'),
    keeper: found('keeper'),
  };
}

/** The operation that carries this key, whatever its age. */
export async function findByKey(db: Kysely<Tables>, ownerId: string, key: string): Promise<OperationRow | null> {
  const of = db.selectFrom('operation').selectAll().where('owner_id', '=', ownerId);
  return (await of.where('idempotency_key', '=', key).executeTakeFirst()) ?? null;
}

/** Takes a key off its operation, so that it may be used anew. */
export async function releaseKey(db: Kysely<Tables>, operationId: string): Promise<void> {
  await db.updateTable('operation').set({ idempotency_key: null }).where('id', '=', operationId).execute();
}

/**
 * Writes the row. `scope` is what the caller's token saw when OZmap last verified it.
 * False when another process has just used the same key.
 */
export async function insertOperation(
  db: Kysely<Tables>,
  operation: NewOperation,
  state: 'PENDING' | 'QUEUED',
): Promise<boolean> {
  const { request } = operation;
  const running = state === 'PENDING';
  const { rows } = await sql`
    insert into operation (id, action, contract_code, to_contract_code, state, owner_id, owner_name, cnt_user, token_hash, input, input_hash,
      idempotency_key, box_ids, kept, state_version, scope, run_id, process_id, queued_at, due_at, queued_by, declared_at)
    values (${operation.id}::uuid, ${request.action}, ${request.contractCode}, ${request.newContractCode ?? null}, ${state}, ${request.actor.ownerId},
      ${request.actor.ownerName}, ${request.actor.cntUser}, ${operation.tokenHash}, ${JSON.stringify(request.input)}::json,
      ${operation.inputHash}, ${request.idempotencyKey}, ${[...request.boxIds]}::text[], ${keptBy(request)}::text[], null,
      (select project_ids from known_token where token_hash = ${operation.tokenHash}),
      ${running ? operation.runId : null}::uuid, ${running ? operation.processId : null}::uuid,
      case when ${running}::boolean then null else clock_timestamp() end,
      case when ${running}::boolean then null else clock_timestamp() end, ${running ? null : operation.processId}::uuid,
      case when ${request.declaredAt !== undefined}::boolean then coalesce(${request.declaredAt ?? null}::timestamptz, clock_timestamp()) end)
    on conflict do nothing
    returning id`.execute(db);
  return rows.length === 1;
}

/** A transfer keeps its new contract, too: whoever opens a command there goes by what is kept. */
function keptBy({ keeps = [], newContractCode }: OperationRequest): string[] {
  return newContractCode ? [...keeps, `contract:${newContractCode}`] : [...keeps];
}

/** Takes the leases and writes the row, PENDING, where nothing stands in its way. False: something does, and nothing was written. */
export async function openAtOnce(
  db: Kysely<Tables>,
  { id, runId, processId, request, inputHash, tokenHash }: NewOperation,
  {
    resources,
    ttlMs,
    staleOperationId,
  }: { resources: readonly string[]; ttlMs: number; staleOperationId: string | null },
): Promise<boolean> {
  const { actor } = request;
  const { rows } = await sql<{ opened: boolean }>`
    select open_at_once(${id}::uuid, ${runId}::uuid, ${processId}::uuid, ${request.action}, ${request.contractCode},
      ${actor.ownerId}, ${actor.ownerName}, ${actor.cntUser}, ${tokenHash}, ${JSON.stringify(request.input)}::json,
      ${inputHash}, ${request.idempotencyKey}, ${[...request.boxIds]}::text[], ${[...(request.keeps ?? [])]}::text[],
      ${request.declaredAt !== undefined}::boolean, ${request.declaredAt ?? null}::timestamptz,
      ${[...resources]}::text[], ${ttlMs}::float8, ${staleOperationId}::uuid) as opened`.execute(db);
  return rows[0]?.opened === true;
}

/** Who asks for an operation anew: with which token, and `by` whom as its readers see people. */
export interface Renewal {
  tokenHash: string;
  by: Actor;
}

/** Which operation goes to which run. `claim`: of the background, that it must still be under. */
interface Handover {
  id: string;
  from: 'QUEUED' | 'UNKNOWN' | 'FAILED';
  claim?: string | null | undefined;
  runId: string;
  processId: string;
  renew?: Renewal | undefined;
}

/**
 * Gives an operation that waits, is in doubt or failed to a new run. Null when it is no longer in that state, or under that claim of the
 * background: another run was faster.
 * `renew`: somebody asked for it anew; how long it may wait is counted anew, and its place among those that wait stays.
 */
export async function claimOperation(
  db: Kysely<Tables>,
  { id, from, claim = null, runId, processId, renew }: Handover,
): Promise<OperationRow | null> {
  const hash = renew?.tokenHash ?? null;
  const { rows } = await sql<OperationRow>`
    update operation set state = 'PENDING', run_id = ${runId}::uuid, process_id = ${processId}::uuid, finished_at = null,
      problem = null, look_again_at = null, due_at = null, attempts = case when state = 'QUEUED' then attempts else 0 end,
      token_hash = coalesce(${hash}::text, token_hash),
      retried_by = coalesce(${renew?.by.ownerName ?? null}::text, retried_by),
      retried_cnt_user = case when ${hash}::text is null then retried_cnt_user else ${renew?.by.cntUser ?? null}::text end,
      queued_at = case when ${hash}::text is null then queued_at end,
      queued_by = case when ${hash}::text is null then queued_by end,
      scope = case when ${hash}::text is null then scope
        else (select project_ids from known_token where token_hash = ${hash}::text) end
    where id = ${id}::uuid and state = ${from} and (${claim}::timestamptz is null or due_at = ${claim}::timestamptz)
    returning *`.execute(db);
  return rows[0] ?? null;
}

/** The operation of this id. */
export async function findOperation(db: Kysely<Tables>, id: string): Promise<OperationRow | null> {
  return (await db.selectFrom('operation').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}
