import { isOzmapId } from '../bounds.js';
import { keyText, type ReferenceResolver } from '../reference.js';
import { boxFrom } from './box.type.js';

/** A box by its id, as a router asks for it. */
export const boxReference: ReferenceResolver = async (representation, { loaders }) => {
  const id = keyText(representation, 'id');
  const record = isOzmapId(id) ? await loaders.boxes.load(id) : null;
  return record && boxFrom(record);
};
