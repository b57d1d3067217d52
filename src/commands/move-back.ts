import type { Facts } from '../domain/facts.js';
import { factFlag, factText } from '../domain/facts.js';
import type { JsonObject } from '../domain/json.js';
import type { AskedPlace } from '../domain/placement-check.js';
import { type AppError, UpstreamRefusedError } from '../errors/app-error.js';
import type { Drop, Property, PropertyPatch } from '../ozmap/types.js';
import type { OperationContext } from '../saga/command.js';
import { findHomeById } from './kit/contract.js';
import { placeFacts, placeOf } from './kit/place-facts.js';
import { unexpected } from './kit/read-back.js';
import type { Session } from './session.js';

/** A box with, where the home was connected to one, a port. */
type OldPlace = AskedPlace & { isConnected: boolean };

/** Where a home hung before a move, as a fact; null: on nothing. */
export function oldPlace(home: Property, drop: Drop | null): JsonObject | null {
  if (home.boxId === null) return null;
  const [connection] = home.connections;
  const target = connection && connection.port !== null ? { connectorId: connection.id, port: connection.port } : null;
  const place = placeFacts({ boxId: home.boxId, target, dropPoleIds: drop?.poleIds ?? null });
  return { ...place, isConnected: connection !== undefined };
}

/** The same, read back. */
export function oldPlaceOf({ old }: Facts): OldPlace | null {
  const facts = typeof old === 'object' && old !== null ? (old as Facts) : null;
  const place = facts && placeOf(facts);
  return place && { ...place, isConnected: factFlag(facts, 'isConnected') };
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
  const isBack = !isOurs || hangsOn(home, old) || (await restore(session, operation, home, { old, facts }));
  // Whoever tries again afterwards starts afresh.
  operation.note({ undo: null, boxId: null, propertyId: null, old: null });
  return isBack ? why : unexpected(['connection']);
}

/** Tells whether the home hangs where it did afterwards. */
async function restore(
  session: Session,
  operation: OperationContext,
  home: Property,
  { old, facts }: { old: OldPlace | null; facts: Facts },
): Promise<boolean> {
  const { ozmap } = session;
  const isOnOldBox = old !== null && home.boxId === old.boxId;
  if (old && (old.isConnected || !isOnOldBox)) await lead(session, operation, home, old);
  else if (home.dropId !== null && home.dropId !== factText(facts, 'oldDropId'))
    await operation.step('drop.undo', ozmap.deleteDrop(home.dropId));
  else if (home.dropId !== null) await operation.step('drop.undo', ozmap.disconnectDrop(home.dropId));
  const after = await findHomeById(ozmap, home.id);
  return after !== null && hangsOn(after, old);
}

/** Leads a home's drop back to its old box, and to its old port or, where that is somebody's now, another one. */
async function lead({ ozmap }: Session, operation: OperationContext, home: Property, old: OldPlace): Promise<void> {
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
}

function rethrowUnlessRefused(error: unknown): void {
  if (!(error instanceof UpstreamRefusedError)) throw error;
}

/** True when a home hangs there: on that box, and on the port that is named, on any, or on none; or on no box at all. */
export function hangsOn(home: Property, old: OldPlace | null): boolean {
  if (!old || home.boxId !== old.boxId) return home.boxId === (old?.boxId ?? null);
  const [connection] = home.connections;
  if (!old.isConnected || !connection) return old.isConnected === (connection !== undefined);
  return old.target === null || (connection.id === old.target.connectorId && connection.port === old.target.port);
}
