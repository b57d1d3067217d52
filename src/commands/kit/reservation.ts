import { z } from 'zod';
import type { ContractCode } from '../../domain/contract-code.js';
import { flatAddress, flatOf } from '../../domain/flat.js';
import { boxFull, isFull } from '../../domain/port-choice.js';
import { BadUserInputError, NotFoundError } from '../../errors/app-error.js';
import type { FtthClient, Property } from '../../ozmap/types.js';
import type { Keeping } from '../../saga/command.js';
import type { Session } from '../session.js';
import { CONTRACT_CODE } from './contract.js';
import type { DestinationInput } from './destination.js';
import { choosePortInBox, type Place } from './place.js';
import { occupied } from './refused-write.js';

/** What to reserve. With `propertyId` box and location come from that home. */
export type ReservePortCommandInput = DestinationInput & {
  contractCode: ContractCode;
  /** The building of a flat, in place of box and location. */
  buildingId?: string | null;
  apartment?: string | null;
  name?: string | null;
  observation?: string | null;
};

/** The reservation as read back. */
export interface ReservationOutcome {
  client: FtthClient;
  property: Property | null;
}

/** The client of a reservation, as its saga remembers it until it is made. */
export const RESERVED_CLIENT = z.object({
  code: CONTRACT_CODE,
  implanted: z.literal(false),
  name: z.string().exactOptional(),
  observation: z.string().exactOptional(),
});

/** Not implanted, with the contract's code for its own. */
export function reservedClient(input: ReservePortCommandInput): z.infer<typeof RESERVED_CLIENT> {
  const { contractCode, name, observation } = input;
  return {
    code: contractCode,
    implanted: false,
    ...(name ? { name } : {}),
    ...(observation ? { observation } : {}),
  };
}

/** Where the home of a reservation is to be made. `location` null: a flat. */
export interface Spot {
  place: Place;
  location: { lat: number; lng: number } | null;
  address: string | null;
  projectId: string | null;
  keeps?: Keeping;
}

/**
 * A flat hangs on its building's own splitters: no drop is led, and no viability is asked. It is sold once, by its number: nobody else may sell it
 * before this sale has come to its end; one that stands empty is taken over by its id.
 *
 * Errors: BAD_USER_INPUT · NOT_FOUND · CONFLICT BOX_FULL, PORT_TAKEN, PROPERTY_OCCUPIED.
 */
export async function chooseFlat(input: ReservePortCommandInput, buildingId: string, session: Session): Promise<Spot> {
  const { apartment, splitterId, port = null, address } = input;
  const wrong = (['boxId', 'location', 'dropPath'] as const).filter((field) => input[field]);
  if (wrong.length > 0 || !apartment) {
    const details = [...wrong, ...(apartment ? [] : ['apartment'])].map((field) => ({ field }));
    throw new BadUserInputError('a flat is sold by buildingId and apartment alone', details);
  }
  const [[building], splitters, homes] = await Promise.all([
    session.ozmap.findBuildingsByIds([buildingId]),
    session.ozmap.findSplittersByBoxIds([buildingId]),
    session.ozmap.findPropertiesByBoxIds([buildingId]),
  ]);
  if (!building) throw new NotFoundError('buildingId', buildingId);
  const where = address || building.address || building.name;
  const flat = flatAddress(where, apartment);
  assertUnsold(homes, flat);
  if (isFull(splitters)) throw boxFull(buildingId);
  const request = { boxId: buildingId, splitterId: splitterId || null, port };
  const place = { boxId: buildingId, target: await choosePortInBox(session, request), poleId: null, dropPoleIds: null };
  const keeps = { propertyIds: [`${buildingId} ${flatOf(flat)}`] };
  return { place, location: null, address: flat, projectId: null, keeps };
}

/** Errors: CONFLICT PROPERTY_OCCUPIED · BAD_USER_INPUT (the flat is there, and empty). */
function assertUnsold(homes: readonly Property[], flat: string): void {
  const same = homes.filter(({ address }) => address !== null && flatOf(address) === flatOf(flat));
  const sold = same.find(({ clientId }) => clientId !== null);
  if (sold) throw occupied(sold);
  if (!same[0]) return;
  throw new BadUserInputError('the flat is there already, without client: take it over by its propertyId', [
    { field: 'propertyId', value: same[0].id },
  ]);
}
