import { hasRelocationMark, withRelocationMark } from '../domain/cancellation-mark.js';
import type { Facts } from '../domain/facts.js';
import { UpstreamUnexpectedEffectError } from '../errors/app-error.js';
import type { Property } from '../ozmap/types.js';
import type { OperationContext } from '../saga/command.js';
import { findHomeById } from './kit/contract.js';
import { goneHome, goneHomeOf } from './kit/place-facts.js';
import { findRemains, isTaken, removeHome } from './kit/remove-home.js';
import type { Start } from './relocation-start.js';
import type { Session } from './session.js';

/** The client is at its new home: the old one gets its mark, or goes, or stays as it is. Returns it when it stays. */
export async function leaveOldHome(
  session: Session,
  operation: OperationContext,
  start: Start,
  facts: Facts,
): Promise<Property | null> {
  const { ozmap } = session;
  const old = start.oldId === null ? null : await findHomeById(ozmap, start.oldId);
  // Empty for as long as the client was on its way: whoever moved in since stays, undisturbed.
  if (old && old.clientId !== null) return old;
  if (start.oldFate === 'DELETE') {
    const ids = goneHomeOf(facts.old) ?? (old && goneHomeOf(goneHome(old, null)));
    if (ids) await removeHome(session, operation, ids, 'leave', old ? 'present' : 'unknown');
    return null;
  }
  if (!old || start.oldFate !== 'MARK' || hasRelocationMark(old.observation, start.code)) return old;
  const observation = withRelocationMark(old.observation, start.code, session.now());
  await operation.step('property.mark', ozmap.updateProperty(old.id, { observation }));
  return findHomeById(ozmap, old.id);
}

/** Whether the old home, as it was just read, has what is to become of it: its mark, its peace, a new client, or nothing left of it. */
export async function isOldHomeLeft(
  { ozmap }: Session,
  { oldFate, code }: Start,
  facts: Facts,
  old: Property | null,
): Promise<boolean> {
  if (old && old.clientId !== null) return true;
  if (oldFate !== 'DELETE') return old === null || oldFate === 'KEEP' || hasRelocationMark(old.observation, code);
  const ids = goneHomeOf(facts.old);
  return old === null && (ids === null || (await findRemains(ozmap, ids)).length === 0);
}

/** Whether there is a way back: nobody else has moved into the old home, and it has not been removed yet. */
export async function canGoBack({ ozmap }: Session, { clientId, oldId }: Start): Promise<boolean> {
  if (oldId === null) return true;
  const old = await findHomeById(ozmap, oldId);
  return old !== null && !isTaken(old, clientId);
}

/**
 * Puts the client back into its old home. `newId` is a home that this relocation made, and goes; `leftId` one that it moved into, and is only
 * left. Errors: UPSTREAM_UNEXPECTED_EFFECT (the old home is gone or somebody else's by now: the client has none).
 */
export async function backToOldHome(
  session: Session,
  operation: OperationContext,
  { clientId, oldId }: Start,
  newId: string | null,
  leftId: string | null = newId,
): Promise<void> {
  const { ozmap } = session;
  const left = leftId === null ? null : await findHomeById(ozmap, leftId);
  if (left && left.clientId === clientId) {
    // A home takes its client along when it is deleted.
    await operation.step('client.detach', ozmap.updateProperty(left.id, { clientId: null }));
  }
  const ids = left && newId !== null ? goneHomeOf(goneHome(left, null)) : null;
  if (ids) await removeHome(session, operation, ids, 'undo', 'present');
  if (oldId === null) return;
  const old = await findHomeById(ozmap, oldId);
  if (!old || isTaken(old, clientId)) throw homeless(clientId);
  if (old.clientId === null) await operation.step('client.reattach', ozmap.updateProperty(old.id, { clientId }));
}

function homeless(clientId: string): UpstreamUnexpectedEffectError {
  const details = [{ field: 'property' }, { field: 'clientId', value: clientId }];
  return new UpstreamUnexpectedEffectError(
    'the client has no home any more: its old one went to somebody else',
    details,
  );
}
