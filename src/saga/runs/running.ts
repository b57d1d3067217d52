import type { JsonObject } from '../../domain/json.js';
import { type OperationAction, SYSTEM } from '../../domain/operation.js';
import type { NewOperation, OperationRow } from '../sql/open.js';
import type { RunIdentity, StepsSoFar } from '../sql/steps.js';
import type { ClaimedRun } from './claiming.js';

/** What a run starts from: nothing for a new command, what the earlier run left for a resumed one. */
export interface RunStart extends RunIdentity {
  facts: JsonObject;
  /** Of the saga's state among the facts; null: there is none. */
  version: number | null;
  projectId: string | null;
  /** Steps recorded by earlier runs. */
  steps: number;
  /** Of these, acknowledged ones. */
  done: number;
  /** An earlier run sent a write that was never answered, and it is not known that it had no effect. */
  hasUnresolvedWrite: boolean;
  /**
   * Background runs act for a caller with another token: the projects that caller saw. Null when the caller's own token is at work, which
   * OZmap checks itself.
   */
  scope: readonly string[] | null;
}

/** An operation in the hands of this process. */
export interface RunningOperation {
  start: RunStart;
  action: OperationAction;
  contractCode: string | null;
  /** Of a transfer. */
  newContractCode: string | null;
  /** Nobody asked for it: its time had come. */
  isScheduled: boolean;
  requestedAt: Date;
  queueable: boolean;
  /**
   * OZmap is away and nothing was written. `wait`: wait for it. `fail`: refuse. `forget`: as if it had never been tried.
   */
  whenAway: 'wait' | 'fail' | 'forget';
}

/*
 * The five ways in which an operation comes into the hands of a run. How they differ is said here, and nowhere else.
 */

/** A command that was just recorded: it knows nothing yet, and works with its caller's token. */
export function fresh(
  { id, runId, request }: NewOperation,
  { leases, ...how }: Pick<RunningOperation, 'queueable' | 'whenAway'> & { leases: number },
): RunningOperation {
  const nothing = { facts: {}, version: null, projectId: null, steps: 0, done: 0, hasUnresolvedWrite: false };
  return {
    start: { operationId: id, runId, leases, ...nothing, scope: null },
    action: request.action,
    contractCode: request.contractCode,
    newContractCode: request.newContractCode ?? null,
    isScheduled: request.actor.ownerId === SYSTEM.ownerId,
    requestedAt: new Date(),
    ...how,
  };
}

/** An operation whose turn has come now that OZmap may be back; should it still be away, it waits on. */
export function queued(claimed: ClaimedRun): RunningOperation {
  return { ...described(claimed.row), start: startOf(claimed), queueable: true, whenAway: 'wait' };
}

/** An operation in doubt of which a part was seen in OZmap: it can no longer end as if nothing had been written, and does not wait. */
export function resumed(claimed: ClaimedRun): RunningOperation {
  const start = startOf(claimed);
  const seen = { ...start, done: Math.max(1, start.done) };
  return { ...described(claimed.row), start: seen, queueable: false, whenAway: 'fail' };
}

/** A failed operation that somebody has tried again, with their own token. */
export function retried(claimed: ClaimedRun, queueable: boolean): RunningOperation {
  return { ...described(claimed.row), start: { ...startOf(claimed), scope: null }, queueable, whenAway: 'wait' };
}

/** An operation that is brought to its end, or made to wait, without another write: it holds no lease. */
export function closingOnly(
  row: OperationRow,
  { runId, steps, hasUnresolvedWrite = false }: { runId: string; steps: StepsSoFar; hasUnresolvedWrite?: boolean },
): RunningOperation {
  const start = { ...startOf({ row, runId, steps, leases: 0 }), hasUnresolvedWrite };
  return { ...described(row), start, queueable: false, whenAway: 'fail' };
}

export function described(row: OperationRow): Omit<RunningOperation, 'start' | 'queueable' | 'whenAway'> {
  return {
    action: row.action,
    contractCode: row.contract_code,
    newContractCode: row.to_contract_code,
    isScheduled: row.owner_id === SYSTEM.ownerId,
    requestedAt: row.requested_at,
  };
}

function startOf({ row, runId, leases, steps }: Omit<ClaimedRun, 'leave'>): RunStart {
  const facts = row.facts ?? {};
  return {
    operationId: row.id,
    runId,
    leases,
    facts,
    version: row.state_version,
    projectId: row.project_id,
    steps: steps.count,
    done: steps.done,
    hasUnresolvedWrite: steps.inDoubt > 0 && Object.keys(facts).length > 0,
    scope: row.scope ?? [],
  };
}
