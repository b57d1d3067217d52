import { concerns, type EventType, type Receiver } from '../../domain/events.js';
import { newId } from '../../store/ids.js';
import { type FinishedState, isFinished } from '../../store/operation-state.js';
import type { StoredProblem } from '../../store/tables.js';
import type { NewDelivery } from '../sql/deliveries.js';
import type { OperationRow } from '../sql/open.js';

/** A finished operation as its receivers hear of it. No personal data: who may see more asks for the operation. */
export interface FinishedOperation {
  operationId: string;
  action: string;
  contractCode: string | null;
  /** Of a transfer. */
  newContractCode: string | null;
  /** Nobody asked for it: its time had come. */
  isScheduled: boolean;
  projectId: string | null;
  state: FinishedState;
  requestedAt: Date;
  problem: StoredProblem | null;
}

const ENDED: Readonly<Record<FinishedState, EventType>> = {
  APPLIED: 'operation.applied',
  REFUSED: 'operation.refused',
  FAILED: 'operation.failed',
};

/** Whose it is, beside all else that is told. */
type EventData = { projectId: string | null } & Record<string, unknown>;

/**
 * An event for each receiver that the operation has come to its end; where that was a reservation's, whose time was over, another one that says so.
 * `late`: it finished before, as not applied, and took effect since.
 */
export function deliveriesOf(
  operation: FinishedOperation,
  receivers: readonly Receiver[],
  late?: { finishedAt: Date },
): NewDelivery[] {
  const { action, contractCode, isScheduled, state } = operation;
  const now = new Date();
  const data = dataOf(operation, late?.finishedAt ?? now);
  const types: EventType[] = [late ? 'operation.late_effect' : ENDED[state]];
  const hasExpired = action === 'reservation.withdraw' && isScheduled && state === 'APPLIED';
  if (hasExpired) types.push('reservation.expired');
  return types.flatMap((type) =>
    tellAll(receivers, { type, now, data, orderKey: contractCode ?? operation.operationId }),
  );
}

/** An event for each receiver that a reservation is about to expire: of the operation that made, extended or handed it over. */
export function warningsOf(row: OperationRow, receivers: readonly Receiver[]): NewDelivery[] {
  const { id: operationId, action, project_id: projectId, state, requested_at, finished_at, expires_at, problem } = row;
  if (!isFinished(state)) return [];
  const contractCode = row.to_contract_code ?? row.contract_code;
  const codes = { contractCode, newContractCode: null };
  const operation = { operationId, action, ...codes, projectId, state, requestedAt: requested_at, problem };
  const data = { ...dataOf(operation, finished_at ?? requested_at), expiresAt: expires_at?.toISOString() ?? null };
  return tellAll(receivers, {
    type: 'reservation.expiring',
    now: new Date(),
    data,
    orderKey: contractCode ?? operationId,
  });
}

function dataOf(
  {
    operationId,
    action,
    contractCode,
    newContractCode,
    projectId,
    state,
    requestedAt,
    problem,
  }: Omit<FinishedOperation, 'isScheduled'>,
  finishedAt: Date,
): EventData {
  return {
    operationId,
    action,
    contractCode,
    ...(newContractCode !== null && { newContractCode }),
    projectId,
    state,
    requestedAt: requestedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    problem: problem && { code: problem.code, reason: problem.reason },
  };
}

/** To all whom it concerns. The id is the event's: the same for every receiver and on every attempt. */
function tellAll(
  receivers: readonly Receiver[],
  { type, now, data, orderKey }: { type: EventType; now: Date; data: EventData; orderKey: string },
): NewDelivery[] {
  const id = `msg_${newId()}`;
  const body = JSON.stringify({ type, timestamp: now.toISOString(), data });
  const concerned = receivers.filter((receiver) => concerns(receiver, type, data.projectId));
  return concerned.map(({ key: receiverKey }) => ({ id, receiverKey, orderKey, body }));
}
