import { randomUUID } from 'node:crypto';
import { type Coordinates, isUsable } from '../domain/geo.js';
import type { AskedPlace } from '../domain/placement-check.js';
import { assertPortInput } from '../domain/port-choice.js';
import { BadUserInputError, ConflictError, NotFoundError } from '../errors/app-error.js';
import type { NewProperty, Property, PropertyPatch } from '../ozmap/types.js';
import { findHomeById } from './kit/contract.js';
import { choosePlace, type Place } from './kit/place.js';
import type { RelocateClientCommandInput } from './relocate-client.js';
import type { Session } from './session.js';

/** Where a contract moves to, checked: a home to be made, or a home that stands empty. */
export type Target =
  | { kind: 'new'; place: Place; body: Omit<NewProperty, 'client'> }
  | { kind: 'existing'; home: Property; patch: PropertyPatch };

/** Errors: BAD_USER_INPUT · NOT_FOUND · CONFLICT PROPERTY_OCCUPIED and those of choosing a place. */
export async function chooseTarget(input: RelocateClientCommandInput, session: Session): Promise<Target> {
  assertPortInput(input);
  const { propertyId, splitterId = null, port = null, dropPath = null } = input;
  if (propertyId) {
    if (dropPath) throw new BadUserInputError('a home that stands already keeps its drop', [{ field: 'dropPath' }]);
    return emptyHome(propertyId, session, splitterId, port);
  }
  const { boxId, location } = requirePlace(input);
  const place = await choosePlace(session, { boxId, location, splitterId, port, dropPath });
  return {
    kind: 'new',
    place,
    body: {
      boxId,
      location: { lat: location.lat, lng: location.lng },
      autoConnect: place.target === null,
      externalId: randomUUID(),
      ...(input.address ? { address: input.address } : {}),
      ...(place.projectId === null ? {} : { projectId: place.projectId }),
      ...(place.target ?? {}),
      ...(place.dropPoleIds?.length ? { dropPoleIds: place.dropPoleIds } : {}),
    },
  };
}

/** What the read-back is compared with; null for a home that brings its own drop. */
export function askedOf(target: Target): AskedPlace | null {
  return target.kind === 'new' ? target.place : null;
}

function requirePlace({ boxId, location }: RelocateClientCommandInput): { boxId: string; location: Coordinates } {
  if (boxId && location && isUsable(location)) return { boxId, location };
  throw new BadUserInputError('a new home needs boxId and location, an existing one propertyId', [
    ...(boxId ? [] : [{ field: 'boxId' }]),
    ...(location && isUsable(location) ? [] : [{ field: 'location' }]),
  ]);
}

async function emptyHome(
  id: string,
  { ozmap }: Session,
  splitterId: string | null,
  port: number | null,
): Promise<Target> {
  const home = await findHomeById(ozmap, id);
  if (!home) throw new NotFoundError('propertyId', id);
  if (home.clientId !== null) {
    throw new ConflictError('PROPERTY_OCCUPIED', 'the home has a client', [{ field: 'propertyId', value: id }]);
  }
  if (home.connections.length > 0) return { kind: 'existing', home, patch: {} };
  if (home.dropId === null && home.buildingId === null) {
    throw new BadUserInputError('the home has no drop: relocate by box and location', [{ field: 'propertyId' }]);
  }
  const patch =
    splitterId === null ? { autoConnect: true } : { connectorId: splitterId, ...(port === null ? {} : { port }) };
  return { kind: 'existing', home, patch };
}
