import type { CollectionName } from '../records.js';
import type { Reader } from '../store/store.js';

/** OZmap keeps these in one collection: a reference to one kind may lead to another, as a flat's `box` leads to its building. */
const BASE_BOXES: readonly CollectionName[] = ['boxes', 'buildings', 'properties'];

/** The record that a reference leads to, with the collection it was found in. */
export function followReference(
  reader: Reader,
  target: CollectionName,
  id: string,
): { collection: CollectionName; record: { id: string } } | undefined {
  const collections = BASE_BOXES.includes(target) ? [target, ...BASE_BOXES] : [target];
  for (const collection of collections) {
    const record = reader.get(collection, id);
    if (record) return { collection, record };
  }
  return undefined;
}
