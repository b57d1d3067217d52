import type { Facts } from '../../domain/facts.js';
import { factText } from '../../domain/facts.js';
import type { AskedPlace } from '../../domain/placement-check.js';
import { type AppError, UpstreamRefusedError } from '../../errors/app-error.js';
import type { JsonObject, OperationContext } from '../../journal/journal.js';
import type { Drop, Property, PropertyPatch } from '../../ozmap/types.js';
import { findHomeById } from '../contract/contract.service.js';
import { placeFacts, placeOf } from '../placement/place-facts.service.js';
import { unexpected } from '../placement/read-back.service.js';
import type { Session } from '../session.js';

/** Where a home hung before a move, as a fact. */
export function oldPlace(home: Property, drop: Drop | null): JsonObject | null {
  if (home.boxId === null) return null;
  const [connection] = home.connections;
  const target = connection && connection.port !== null ? { connectorId: connection.id, port: connection.port } : null;
  return placeFacts({ boxId: home.boxId, target, dropPoleIds: drop?.poleIds ?? null });
}

/** The same, read back; null when the home hung on nothing. */
export function oldPlaceOf(facts: Facts): AskedPlace | null {
  const old = facts.old;
  return typeof old === 'object' && old !== null ? placeOf(old as Facts) : null;
}

/**
 * Puts a home back where it hung before a move that went wrong, once: on its old port or, where somebody got that meanwhile, on another one of
 * its old box. A home that is not our client's any more is left alone. Returns the error to throw: `why` when it is back,
 * UPSTREAM_UNEXPECTED_EFFECT when it is on another port than before.
 */
export async function moveBack(
  session: Session,
  operation: OperationContext,
  facts: Facts,
  why: AppError,
): Promise<AppError> {
  const propertyId = factText(facts, 'propertyId');
  const home = propertyId === null ? null : await findHomeById(session.ozmap, propertyId);
  const old = oldPlaceOf(facts);
  const isOurs = home !== null && home.clientId === factText(facts, 'clientId');
  const isBack = !isOurs || !old || hangsOn(home, old) || (await lead(session, operation, home, old));
  // Whoever tries again afterwards starts afresh.
  operation.note({ undo: null, boxId: null, propertyId: null, old: null });
  return isBack ? why : unexpected(['connection']);
}

/** Leads a home's drop back. Tells whether it hangs where it did. */
async function lead(
  { ozmap }: Session,
  operation: OperationContext,
  home: Property,
  old: AskedPlace,
): Promise<boolean> {
  const path = { boxId: old.boxId, dropPoleIds: [...(old.dropPoleIds ?? [])] };
  const send = (to: PropertyPatch) =>
    operation.step('property.moveBack', ozmap.updateProperty(home.id, { ...path, ...to }));
  try {
    await send(old.target ?? {});
  } catch (error) {
    if (!(error instanceof UpstreamRefusedError)) throw error;
    // Better another port of its box than one that two clients share, or none.
    if (old.target) await send({ autoConnect: true }).catch(rethrowUnlessRefused);
  }
  const after = await findHomeById(ozmap, home.id);
  return after !== null && hangsOn(after, old);
}

function rethrowUnlessRefused(error: unknown): void {
  if (!(error instanceof UpstreamRefusedError)) throw error;
}

/** True when a home is on this box, and on this port where one is named. */
export function hangsOn(home: Property, old: AskedPlace): boolean {
  const [connection] = home.connections;
  if (home.boxId !== old.boxId) return false;
  return old.target === null || (connection?.id === old.target.connectorId && connection.port === old.target.port);
}
