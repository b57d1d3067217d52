import { ConflictError } from '../errors/app-error.js';
import type { StateMeaning } from './declared-state.js';
import { defined } from './json.js';
import type { WarningCode } from './operation.js';

/** What the provider configured; see .env.example. */
export interface Policy {
  /** `UPDATE_CLIENT_NAME`: may CNT change the client's name in OZmap. */
  updateClientName: boolean;
  /** `UPDATE_CLIENT_OBSERVATION`: may CNT change the client's observation in OZmap. */
  updateClientObservation: boolean;
  /** `CANCEL_DISCONNECTS_DROP`: does a cancellation free the splitter port as well. */
  cancelDisconnectsDrop: boolean;
  /** `RESERVATION_TTL_HOURS`: 0 means never. */
  reservationTtlHours: number;
  /** `RESERVATION_WARNING_HOURS`: how long before its end receivers of events hear of it; 0: they do not. */
  reservationWarningHours: number;
  /** `VIABILITY_VALID_MINUTES`: how long an answer may be relied upon. */
  viabilityValidMinutes: number;
  /** `VIABILITY_RADIUS_M`: search radius where OZmap's configuration does not tell its own; null when not configured. */
  viabilityRadiusM: number | null;
  /** `POLE_PIN_MAX_M`: at a condominium's edge, a location less exact than this needs a pin. */
  polePinMaxM: number;
  /** `TZ`: by whose days the marks in observations go. */
  timeZone: string;
  /** `UNDO_WINDOW_HOURS`: how long after a cancellation it may be undone. */
  undoWindowHours: number;
  /** `CNT_STATES`: what CNT's numbers and words of its own mean, before the usual ones. */
  cntStates: readonly StateMeaning[];
}

/** In an update, null clears and absence leaves. */
export interface ClientChanges {
  name?: string | null | undefined;
  observation?: string | null | undefined;
  expectedObservation?: string | null;
}

interface Current {
  name: string | null;
  observation: string | null;
}

/** Errors: CONFLICT POLICY_DISABLED, naming each field that was sent and may not be changed from CNT. */
export function assertMayUpdate(changes: ClientChanges, policy: Policy): void {
  const disabled: string[] = [];
  if (changes.name !== undefined && !policy.updateClientName) disabled.push('name');
  if (changes.observation !== undefined && !policy.updateClientObservation) disabled.push('observation');
  if (disabled.length === 0) return;
  throw new ConflictError(
    'POLICY_DISABLED',
    `not to be changed from CNT: ${disabled.join(', ')}`,
    disabled.map((field) => ({ field })),
  );
}

/** Errors: CONFLICT OBSERVATION_CHANGED when something else stands there than the caller believes. */
export function assertObservationExpected(changes: ClientChanges, current: Current): void {
  if (changes.expectedObservation === undefined || same(changes.expectedObservation, current.observation)) return;
  throw new ConflictError('OBSERVATION_CHANGED', "the client's observation is not what the caller expected", [
    { field: 'observation', ...(current.observation === null ? {} : { value: current.observation }) },
  ]);
}

/** The fields that really change; empty when there is nothing to write. */
export function changedFields(
  changes: ClientChanges,
  current: Current,
): { name?: string | null; observation?: string | null } {
  const unlessSame = (field: keyof Current) => (same(changes[field], current[field]) ? undefined : changes[field]);
  return defined({ name: unlessSame('name'), observation: unlessSame('observation') });
}

/** A text that somebody wrote in OZmap goes, and the caller never said that he knew of it. */
export function overwriteWarnings(changes: ClientChanges, current: Current): WarningCode[] {
  const blind = changes.observation !== undefined && changes.expectedObservation === undefined;
  const lost = blind && !same(current.observation, null) && !same(changes.observation, current.observation);
  return lost ? ['OBSERVATION_OVERWRITTEN'] : [];
}

/** OZmap stores "nothing" as null, as an empty text, or not at all. */
function same(a: string | null | undefined, b: string | null | undefined): boolean {
  return (a ?? '') === (b ?? '');
}
