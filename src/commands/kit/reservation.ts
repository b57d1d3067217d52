import { z } from 'zod';
import type { ContractCode } from '../../domain/contract-code.js';
import type { FtthClient, Property } from '../../ozmap/types.js';
import { CONTRACT_CODE } from './contract.js';

/** What to reserve. */
export type ReservePortCommandInput = {
  contractCode: ContractCode;
  /** Take over this client-less home, its drop and its port; box and location then come from it. */
  propertyId?: string | null;
  boxId?: string | null;
  /** The building of a flat, in place of box and location. */
  buildingId?: string | null;
  apartment?: string | null;
  location?: { lat: number; lng: number } | null;
  name?: string | null;
  address?: string | null;
  observation?: string | null;
  /** From the client to the box. */
  dropPath?: { lat: number; lng: number }[] | null;
  splitterId?: string | null;
  /** Counts from 1; needs `splitterId`. */
  port?: number | null;
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
