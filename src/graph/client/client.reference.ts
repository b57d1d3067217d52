import { parseContractCode } from '../../domain/contract-code.js';
import { isOzmapId } from '../bounds.js';
import { keyText, type ReferenceResolver } from '../reference.js';
import { clientFrom } from './client.type.js';
import { findClient } from './find-client.js';

/** A client by contract code or by OZmap's id, as a router asks for it. */
export const clientReference: ReferenceResolver = async (representation, { loaders }) => {
  if (representation.contractCode === undefined && representation.ozmapId !== undefined) {
    const id = keyText(representation, 'ozmapId');
    const record = isOzmapId(id) ? await loaders.clients.load(id) : null;
    return record && clientFrom(record);
  }
  const record = await findClient(loaders, parseContractCode(keyText(representation, 'contractCode')));
  return record && clientFrom(record);
};
