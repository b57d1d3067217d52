import { isOzmapId } from '../bounds.js';
import { keyText, type ReferenceResolver } from '../reference.js';
import { propertyFrom } from './property.type.js';

/** A home by its id, as a router asks for it. */
export const propertyReference: ReferenceResolver = async (representation, { loaders }) => {
  const id = keyText(representation, 'id');
  const record = isOzmapId(id) ? await loaders.properties.load(id) : null;
  return record && propertyFrom(record);
};
