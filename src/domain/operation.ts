/** What was asked for: noun.verb; never changed once written. */
export const OPERATION_ACTIONS = [
  'port.reserve',
  'client.activate',
  'client.update',
  'client.cancel',
  'reservation.withdraw',
  'port.change',
  'client.relocate',
  'client.transfer',
  'reservation.extend',
  'cancellation.undo',
  'prospect.create',
  'contract.declare',
] as const;
export type OperationAction = (typeof OPERATION_ACTIONS)[number];

/**
 * Where an operation stands. PENDING: running. QUEUED: accepted, waits for OZmap or for its turn. UNKNOWN: in doubt, a write was sent and its answer
 * is missing, or it was cut short between two; being found out by reading. The other three are ends, and a FAILED one may be retried.
 */
export const OPERATION_STATES = ['PENDING', 'QUEUED', 'APPLIED', 'REFUSED', 'UNKNOWN', 'FAILED'] as const;
export type OperationState = (typeof OPERATION_STATES)[number];

/** States in which nothing more happens by itself. */
const FINISHED_STATES = ['APPLIED', 'REFUSED', 'FAILED'] as const satisfies readonly OperationState[];
export type FinishedState = (typeof FINISHED_STATES)[number];

/** True for the states in which nothing more happens by itself. */
export function isFinished(state: OperationState): state is FinishedState {
  return (FINISHED_STATES as readonly string[]).includes(state);
}

/** Who asks: the owner of the OZmap token, and the unverified name that CNT passes along in `X-CNT-User`. */
export interface Actor {
  /** OZmap user id; where OZmap does not tell, `token:` and the first 16 hex digits of the token's SHA-256. */
  readonly ownerId: string;
  readonly ownerName: string;
  /** At most 120 characters, unverified. */
  readonly cntUser: string | null;
}

/** In whose name scheduled work is done. */
export const SYSTEM: Actor = { ownerId: 'system', ownerName: 'system', cntUser: null };

/** Every code of a payload's `warnings`: it was done, but look at this. */
export const WARNING_CODES = [
  'NOT_IMPLANTED_IN_OZMAP',
  'NO_PROPERTY',
  'DROP_DISCONNECTED',
  'OBSERVATION_OVERWRITTEN',
  'LEFT_AS_IT_IS',
  'OLDER_DECLARATION',
  'NOT_UPDATED',
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];
