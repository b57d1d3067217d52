import { Refused } from '../resource.js';
import type { Transaction } from '../store/store.js';

/**
 * Clears a box or building of its equipment before it goes. Errors: 409 while a cable, drop or home hangs on it, or a fibre on its
 * equipment. Guess: what OZmap deletes along with a box is not documented; refusing loses nothing.
 */
export function emptyHousing(tx: Transaction, id: string, name: string): void {
  const cables = [...tx.where('cables', 'boxA', id), ...tx.where('cables', 'boxB', id)];
  const homes = [...tx.where('properties', 'box', id), ...tx.where('properties', 'parent', id)];
  if (cables.length + homes.length > 0) {
    throw new Refused(409, `${name} ainda tem ${cables.length} cabos ou drops e ${homes.length} imóveis`);
  }
  for (const equipment of tx.where('equipment', 'parent', id)) {
    const { input, output } = equipment.connectables;
    if ([...input, ...output].some(Boolean)) throw new Refused(409, `${equipment.name} ainda tem fibras conectadas`);
    tx.remove('equipment', equipment.id);
  }
}
