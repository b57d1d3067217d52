import { type Kysely, sql } from 'kysely';
import type { OperationState } from '../../domain/operation.js';
import type { StoredProblem, Tables } from '../../store/tables.js';
import { insertDeliveries, type NewDelivery } from './deliveries.js';
import type { RunIdentity, StepEnd } from './steps.js';

/** How a run leaves its operation. */
export interface Closing {
  state: Exclude<OperationState, 'PENDING'>;
  /** JSON text. */
  outcome: string | null;
  problem: StoredProblem | null;
  facts: string;
  /** Of the saga's state among the facts; null: there is none. */
  version: number | null;
  projectId: string | null;
  last: StepEnd | null;
  /** The key may be used again: nothing came of this operation that a caller could be answered with. */
  releaseKey: boolean;
  /** OZmap's id of what was made. */
  madeId: string | null;
  /** When the scheduled work that follows the operation is due, and how long before that is told; null: none does. */
  followUp: { at: Date; warnsBeforeMs: number } | null;
  /** Closed as not applied: when it is looked at once more, seconds from now. */
  lookAgainInS: number | null;
  /** UNKNOWN: when to look first. */
  lookInMs: number | null;
  /** QUEUED: longest pause between two attempts. The pause itself doubles with each. */
  retryMaxMs: number;
  /** One delivery for each receiver; empty unless the operation is finished. */
  deliveries: readonly NewDelivery[];
}

/**
 * Closes a run: its last step, its operation, its leases (who waits is woken) and the events it causes, in one statement.
 * False when the operation is no longer this run's.
 */
export async function closeRun(
  db: Kysely<Tables>,
  run: Pick<RunIdentity, 'operationId' | 'runId'>,
  closing: Closing,
  channel: string,
): Promise<boolean> {
  const { state, last, deliveries, followUp } = closing;
  const finished = state === 'APPLIED' || state === 'REFUSED' || state === 'FAILED';
  const expiresAt = sql`${followUp?.at ?? null}::timestamptz`;
  const { rows } = await sql<{ mine: number }>`
    with mine as (
      update operation set state = ${state}, outcome = ${closing.outcome}::json,
        problem = ${closing.problem ? JSON.stringify(closing.problem) : null}::json, facts = ${closing.facts}::json,
        state_version = ${closing.version}::int,
        project_id = coalesce(${closing.projectId}, project_id), run_id = null, process_id = null,
        attempts = case when ${state}::text = 'QUEUED' then attempts else 0 end,
        finished_at = case when ${finished}::boolean then clock_timestamp() end,
        queued_at = case when ${state}::text = 'QUEUED' then coalesce(queued_at, clock_timestamp()) else queued_at end,
        queued_by = case when ${state}::text = 'QUEUED' then coalesce(queued_by, process_id) else queued_by end,
        idempotency_key = case when ${closing.releaseKey}::boolean then null else idempotency_key end,
        made_client_id = ${closing.madeId},
        -- OZmap may apply it late: late counts from when the answer was given up, not from when the write was sent.
        last_write_at = case when ${state}::text = 'UNKNOWN' then clock_timestamp() else last_write_at end,
        look_again_at = clock_timestamp() + ${closing.lookAgainInS}::float8 * interval '1 s',
        expires_at = ${expiresAt},
        due_at = case when ${followUp !== null}::boolean
          then greatest(${expiresAt} - ${followUp?.warnsBeforeMs ?? 0}::float8 * interval '1 ms',
            clock_timestamp() + (${expiresAt} - clock_timestamp()) * case when ${followUp?.warnsBeforeMs ?? 0}::float8 > 0 then 0.5 else 1 end)
          else clock_timestamp() + interval '1 ms' * case when ${state}::text = 'QUEUED'
            then least(${closing.retryMaxMs}::float8, 1000 * 2 ^ least(attempts, 20)) else ${closing.lookInMs}::float8 end end
      where id = ${run.operationId}::uuid and run_id = ${run.runId}::uuid and state = 'PENDING'
      returning id
    ), ended as (
      update operation_step s
      set outcome = ${last?.outcome ?? null}, status = ${last?.status ?? null}::int, duration_ms = ${last?.durationMs ?? null}::int
      from mine where s.operation_id = mine.id and s.seq = ${last?.seq ?? null}::int
    ), told as (${insertDeliveries(deliveries)}), freed as (
      delete from lease where holder = ${run.runId}::uuid returning resource
    )
    select (select count(*) from mine)::int as mine, (select count(pg_notify(${channel}, resource)) from freed) as woken`.execute(
    db,
  );
  return rows[0]?.mine === 1;
}
