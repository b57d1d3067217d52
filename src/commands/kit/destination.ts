import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isTaken } from '../../domain/contract-lifecycle.js';
import { type Coordinates, isUsable } from '../../domain/geo.js';
import { assertPortInput } from '../../domain/port-choice.js';
import { type AppError, BadUserInputError, NotFoundError, type UpstreamRefusedError } from '../../errors/app-error.js';
import type { Property } from '../../ozmap/types.js';
import type { Session } from '../session.js';
import { findHomeById } from './contract.js';
import { choosePlace, PLACE } from './place.js';
import { readBack, unexpected } from './read-back.js';
import { explainRefusal, occupied } from './refused-write.js';

/** Where a client is to go: into a home that stands, or to box and place of one to be made. */
export type DestinationInput = {
  /** A client-less home to move into, with its drop and port. */
  propertyId?: string | null;
  boxId?: string | null;
  location?: { lat: number; lng: number } | null;
  address?: string | null;
  /** From the client to the box. */
  dropPath?: { lat: number; lng: number }[] | null;
  splitterId?: string | null;
  /** Counts from 1; needs `splitterId`. */
  port?: number | null;
};

/** `new`: a home to be made, found again by what is written on it. `existing`: one without client, put on a port where it is on none. */
export const DESTINATION = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('new'),
    place: PLACE,
    location: z.object({ lat: z.number(), lng: z.number() }),
    address: z.string().nullable(),
    projectId: z.string().nullable(),
    externalId: z.string(),
    propertyId: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('existing'),
    propertyId: z.string(),
    connects: z
      .object({ boxId: z.string().nullable(), splitterId: z.string().nullable(), port: z.number().nullable() })
      .nullable(),
  }),
]);
export type Destination = z.infer<typeof DESTINATION>;

/** Box and point of a home to be made. Errors: BAD_USER_INPUT. */
export function requirePlace({ boxId, location }: DestinationInput): { boxId: string; location: Coordinates } {
  if (boxId && location && isUsable(location)) return { boxId, location };
  throw new BadUserInputError('a new home needs boxId and location, one that stands propertyId', [
    ...(boxId ? [] : [{ field: 'boxId' }]),
    ...(location && isUsable(location) ? [] : [{ field: 'location' }]),
  ]);
}

/** Errors: BAD_USER_INPUT · NOT_FOUND · CONFLICT PROPERTY_OCCUPIED and those of choosing a place. */
export async function chooseDestination(
  session: Session,
  input: DestinationInput,
): Promise<{ to: Destination; home: Property | null; projectId: string | null }> {
  assertPortInput(input);
  const { propertyId, splitterId = null, port = null, dropPath = null } = input;
  if (propertyId) {
    if (dropPath) throw new BadUserInputError('a home that stands already keeps its drop', [{ field: 'dropPath' }]);
    const home = requireVacant(await findHomeById(session, propertyId), propertyId);
    const connects = home.connections.length > 0 ? null : { boxId: home.boxId, splitterId, port };
    return { to: { kind: 'existing', propertyId, connects }, home, projectId: home.projectId };
  }
  const { boxId, location } = requirePlace(input);
  const { place, projectId } = await choosePlace(session, { boxId, location, splitterId, port, dropPath });
  const to: Destination = {
    kind: 'new',
    place,
    location: { lat: location.lat, lng: location.lng },
    address: input.address ?? null,
    projectId,
    externalId: randomUUID(),
    propertyId: null,
  };
  return { to, home: null, projectId };
}

/** Two requests for a home that was made, one more before its id is known; one for a home that was there. */
export async function readNewHome(
  session: Session,
  to: Destination,
): Promise<{ home: Property | null; fault: AppError | null }> {
  if (to.kind === 'existing') {
    const home = await findHomeById(session, to.propertyId);
    const isCutOff = home !== null && home.clientId !== null && home.connections.length === 0;
    return { home, fault: isCutOff ? unexpected(['connection']) : null };
  }
  const [written] = to.propertyId === null ? await session.ozmap.findPropertiesByExternalId(to.externalId) : [];
  const id = to.propertyId ?? written?.id ?? null;
  if (id === null) return { home: null, fault: null };
  const { home, problem } = await readBack(session, to.place, id, written?.dropId ?? null);
  return { home, fault: home ? problem : null };
}

/** Why OZmap refused to make the home, or to put this client there. */
export async function explainArrival(
  session: Session,
  refusal: UpstreamRefusedError,
  to: Destination,
  clientId: string,
): Promise<AppError> {
  if (to.kind === 'new') return explainRefusal(session, refusal, to.place);
  // Somebody may have been quicker: a home with a client now says more than OZmap's refusal.
  const now = await findHomeById(session, to.propertyId);
  if (now && isTaken(now, clientId)) return occupied(now);
  const { boxId = null, splitterId = null, port = null } = to.connects ?? {};
  const target = splitterId !== null && port !== null ? { connectorId: splitterId, port } : null;
  return explainRefusal(session, refusal, { boxId, target });
}

/** A home to move into: it is there, empty, and has a drop or is a flat. Errors: NOT_FOUND · CONFLICT PROPERTY_OCCUPIED · BAD_USER_INPUT. */
export function requireVacant(home: Property | null, id: string): Property {
  if (!home) throw new NotFoundError('propertyId', id);
  if (home.clientId !== null) throw occupied(home);
  if (home.connections.length === 0 && home.dropId === null && home.buildingId === null) {
    throw new BadUserInputError('the home has no drop: name box and location instead', [{ field: 'propertyId' }]);
  }
  return home;
}
