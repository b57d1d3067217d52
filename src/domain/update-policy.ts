import { ConflictError } from '../errors/app-error.js';
import type { Policy } from './policy.js';
import type { WarningCode } from './warnings.js';

/** In an update, null clears and absence leaves. */
export interface ClientChanges {
  name?: string | null;
  observation?: string | null;
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
  return {
    ...(changes.name !== undefined && !same(changes.name, current.name) ? { name: changes.name } : {}),
    ...(changes.observation !== undefined && !same(changes.observation, current.observation)
      ? { observation: changes.observation }
      : {}),
  };
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
