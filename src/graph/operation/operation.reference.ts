import { keyText, type ReferenceResolver } from '../reference.js';
import { operationFrom } from './operation.type.js';

/** An operation by its id, as a router asks for it; under the same rights as the query. */
export const operationReference: ReferenceResolver = async (representation, { operationsById }) => {
  const record = await operationsById.load(keyText(representation, 'id'));
  return record && operationFrom(record);
};
