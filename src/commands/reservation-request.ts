import type { ContractCode } from '../domain/contract-code.js';
import { type Coordinates, isUsable } from '../domain/geo.js';
import { assertPortInput } from '../domain/port-choice.js';
import { BadUserInputError } from '../errors/app-error.js';
import type { NewClient } from '../ozmap/types.js';
import type { ReservePortCommandInput } from './reserve-port.js';

/** A reservation's input after the rules across its fields: a new home at a location, or a home that is there already. */
export type Asked = NewHome | TakenHome;

interface Shared {
  code: ContractCode;
  client: NewClient;
  splitterId: string | null;
  port: number | null;
}
export interface NewHome extends Shared {
  propertyId: null;
  boxId: string;
  location: Coordinates;
  dropPath: readonly Coordinates[] | null;
  address: string | null;
}
export interface TakenHome extends Shared {
  propertyId: string;
}

/** Errors: BAD_USER_INPUT, naming the field that is missing or does not go with the others. */
export function parseReservation(input: ReservePortCommandInput): Asked {
  assertPortInput(input);
  const code = input.contractCode;
  const shared: Shared = {
    code,
    client: {
      code,
      implanted: false,
      ...(input.name ? { name: input.name } : {}),
      ...(input.observation ? { observation: input.observation } : {}),
    },
    splitterId: input.splitterId || null,
    port: input.port ?? null,
  };
  if (input.propertyId) {
    if (input.dropPath) {
      const details = [{ field: 'dropPath' }];
      throw new BadUserInputError('a home that is taken over keeps its drop: no path goes with it', details);
    }
    return { ...shared, propertyId: input.propertyId };
  }
  const { boxId, location } = input;
  if (!boxId || !location || !isUsable(location)) {
    throw new BadUserInputError('a new home needs boxId and location, a home to take over propertyId', [
      ...(boxId ? [] : [{ field: 'boxId' }]),
      ...(location && isUsable(location) ? [] : [{ field: 'location' }]),
    ]);
  }
  const { dropPath = null, address = null } = input;
  return { ...shared, propertyId: null, boxId, location, dropPath, address };
}
