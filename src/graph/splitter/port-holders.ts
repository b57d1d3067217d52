import type DataLoader from 'dataloader';
import { type PortHolder, portsOf } from '../../domain/ports.js';
import type { Property, Splitter } from '../../ozmap/types.js';

/** Who holds each port of a splitter: from the homes of its box, which come for many boxes at once. */
export async function holdersOf(
  splitter: Splitter,
  loaders: { propertiesByBox: DataLoader<string, Property[]> },
): Promise<PortHolder[]> {
  const homes = splitter.parentId === null ? [] : await loaders.propertiesByBox.load(splitter.parentId);
  return portsOf(splitter, homes);
}
