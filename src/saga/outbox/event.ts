import { z } from 'zod';
import { CONTRACT_EVENT, concerns, type EventType, type Receiver } from '../../domain/events.js';
import type { Json } from '../../domain/json.js';
import { type FinishedState, isFinished, OPERATION_ACTIONS, type OperationAction } from '../../domain/operation.js';
import { newId } from '../../store/ids.js';
import type { StoredProblem } from '../../store/tables.js';
import type { RunningOperation } from '../runs/running.js';
import type { NewDelivery } from '../sql/deliveries.js';
import type { OperationRow } from '../sql/open.js';

/** A finished operation as its receivers hear of it. No personal data: who may see more asks for the operation. */
export interface FinishedOperation
  extends Pick<RunningOperation, 'action' | 'contractCode' | 'newContractCode' | 'isScheduled' | 'requestedAt'> {
  operationId: string;
  projectId: string | null;
  state: FinishedState;
  problem: StoredProblem | null;
  /** What its command gave back; null unless APPLIED. */
  outcome: Json;
  /** Something was sent to OZmap for it, in whichever run. */
  hasWritten: boolean;
  /** When the reservation that it left expires; null: it left none, or one that does not. */
  expiresAt: Date | null;
}

const ENDED: Readonly<Record<FinishedState, EventType>> = {
  APPLIED: 'operation.applied',
  REFUSED: 'operation.refused',
  FAILED: 'operation.failed',
};

/** Whose it is, beside all else that is told. */
type EventData = { projectId: string | null } & Record<string, unknown>;

/**
 * For each receiver whom it concerns an event that the operation has come to its end, and another one for each thing that it did to its contract.
 * `late`: it finished before, as not applied, and took effect since.
 */
export function deliveriesOf(
  operation: FinishedOperation,
  receivers: readonly Receiver[],
  late?: { finishedAt: Date },
): NewDelivery[] {
  if (receivers.length === 0) return [];
  const { contractCode, operationId, state } = operation;
  const now = new Date();
  const data = dataOf(operation, late?.finishedAt ?? now);
  const ended = { type: late ? ('operation.late_effect' as const) : ENDED[state], more: {} };
  return [ended, ...(late ? [] : contractEventsOf(operation))].flatMap(({ type, more }) =>
    tellAll(receivers, { type, now, data: { ...data, ...more }, orderKey: contractCode ?? operationId }),
  );
}

/** An event for each receiver that a reservation is about to expire: of the operation that made, extended or handed it over. */
export function warningsOf(row: OperationRow, receivers: readonly Receiver[]): NewDelivery[] {
  const { id: operationId, action, project_id: projectId, state, requested_at, finished_at, problem } = row;
  if (!isFinished(state)) return [];
  const contractCode = row.to_contract_code ?? row.contract_code;
  const codes = { contractCode, newContractCode: null };
  const operation = { operationId, action, ...codes, projectId, state, requestedAt: requested_at, problem };
  const data = {
    ...dataOf(operation, finished_at ?? requested_at),
    ozmapClientId: row.made_client_id,
    expiresAt: row.expires_at?.toISOString() ?? null,
  };
  const orderKey = contractCode ?? operationId;
  return tellAll(receivers, { type: 'reservation.expiring', now: new Date(), data, orderKey });
}

/** What of an outcome is told: ids of OZmap, and nothing that tells who somebody is or lives where. */
const OUTCOME = z.object({
  client: z.object({ id: z.string() }).nullish().catch(undefined),
  property: z
    .object({
      id: z.string(),
      boxId: z.string().nullable(),
      buildingId: z.string().nullable(),
      connections: z.array(z.object({ id: z.string(), port: z.number().nullable() })),
    })
    .nullish()
    .catch(undefined),
  prospect: z.object({ id: z.string() }).optional().catch(undefined),
  state: z.string().optional().catch(undefined),
  carriedOut: z.array(z.enum(OPERATION_ACTIONS)).default([]).catch([]),
  warnings: z.array(z.string()).default([]).catch([]),
});
type Outcome = z.infer<typeof OUTCOME>;
const TELLS_NOTHING: Outcome = OUTCOME.parse({});

interface ContractEvent {
  type: EventType;
  more: Record<string, unknown>;
}

/** These write nothing to OZmap. */
const ALWAYS_TELLS: ReadonlySet<OperationAction> = new Set(['reservation.extend', 'contract.declare']);
const IS_RESERVED: ReadonlySet<EventType> = new Set([
  'reservation.created',
  'reservation.extended',
  'client.transferred',
]);

/** What an applied operation did to its contract. Nothing, where all was as asked for before. */
function contractEventsOf(operation: FinishedOperation): ContractEvent[] {
  const { action, state, isScheduled, hasWritten } = operation;
  if (state !== 'APPLIED' || !(hasWritten || ALWAYS_TELLS.has(action))) return [];
  const outcome = OUTCOME.safeParse(operation.outcome).data ?? TELLS_NOTHING;
  // What a newer declaration made void says nothing of how the contract is.
  if (outcome.warnings.includes('OLDER_DECLARATION')) return [];
  const hasExpired = action === 'reservation.withdraw' && isScheduled;
  const type = hasExpired ? 'reservation.expired' : CONTRACT_EVENT[action];
  const own = { type, more: moreOf(type, outcome, operation) };
  const done = outcome.carriedOut.map((one) => CONTRACT_EVENT[one]);
  return [...done.map((type) => ({ type, more: moreOf(type, outcome, operation) })), own];
}

function moreOf(
  type: EventType,
  { client, property, prospect, state, carriedOut }: Outcome,
  { expiresAt }: FinishedOperation,
): ContractEvent['more'] {
  const [connection] = property?.connections ?? [];
  return {
    ...(client && { ozmapClientId: client.id }),
    ...(property && {
      propertyId: property.id,
      boxId: property.boxId,
      buildingId: property.buildingId,
      equipmentId: connection?.id ?? null,
      port: connection?.port ?? null,
    }),
    ...(prospect && { prospectId: prospect.id }),
    ...(IS_RESERVED.has(type) && { expiresAt: expiresAt?.toISOString() ?? null }),
    ...(type === 'contract.declared' && { declared: state ?? null, carriedOut }),
  };
}

function dataOf(
  operation: Omit<FinishedOperation, 'isScheduled' | 'outcome' | 'hasWritten' | 'expiresAt'>,
  finishedAt: Date,
): EventData {
  const { operationId, action, contractCode, newContractCode, projectId, state, problem } = operation;
  return {
    operationId,
    action,
    contractCode,
    ...(newContractCode !== null && { newContractCode }),
    projectId,
    state,
    requestedAt: operation.requestedAt.toISOString(),
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
