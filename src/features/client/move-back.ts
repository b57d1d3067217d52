import type { Facts } from '../../domain/facts.js';
import { factText } from '../../domain/facts.js';
import type { AskedPlace } from '../../domain/placement-check.js';
import { type AppError, UpstreamRefusedError } from '../../errors/app-error.js';
import type { JsonObject, OperationContext } from '../../journal/journal.js';
import type { Drop, Property } from '../../ozmap/types.js';
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
 * Puts a home back where it hung before a move that went wrong, once. Returns the error to throw: `why` when it is back, UPSTREAM_UNEXPECTED_EFFECT when its
 * old port was taken in the meantime.
 */
export async function moveBack(
  session: Session,
  operation: OperationContext,
  facts: Facts,
  why: AppError,
): Promise<AppError> {
  const { ozmap } = session;
  const old = oldPlaceOf(facts);
  const propertyId = factText(facts, 'propertyId');
  const home = propertyId === null ? null : await findHomeById(ozmap, propertyId);
  if (!home || !old) return why;
  if (hangsOn(home, old)) return why;
  const patch = { boxId: old.boxId, ...(old.target ?? {}), dropPoleIds: [...(old.dropPoleIds ?? [])] };
  try {
    await operation.step('property.moveBack', ozmap.updateProperty(home.id, patch));
  } catch (error) {
    if (!(error instanceof UpstreamRefusedError)) throw error;
    return unexpected(['connection']);
  }
  const after = await findHomeById(ozmap, home.id);
  return after && hangsOn(after, old) ? why : unexpected(['connection']);
}

/** True when a home is on this box, and on this port where one is named. */
export function hangsOn(home: Property, old: AskedPlace): boolean {
  const [connection] = home.connections;
  if (home.boxId !== old.boxId) return false;
  return old.target === null || (connection?.id === old.target.connectorId && connection.port === old.target.port);
}
