import { parseContractCode } from '../../domain/contract-code.js';
import { findClient } from '../client/find-client.js';
import { keyText, type ReferenceResolver } from '../reference.js';
import { reservationOf } from './reservation.type.js';

/** A reservation by contract code, as a router asks for it; null once the client is active. */
export const reservationReference: ReferenceResolver = async (representation, { loaders }) => {
  const client = await findClient(loaders, parseContractCode(keyText(representation, 'contractCode')));
  return client && reservationOf(client);
};
