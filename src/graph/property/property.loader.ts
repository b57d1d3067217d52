import type DataLoader from 'dataloader';
import type { Drop, Ozmap, Property } from '../../ozmap/types.js';
import { manyByKey, oneByKey } from '../batching.js';

/** Homes by id, by the client in them and by the box (or building) that serves them; and drops by id. */
export interface PropertyLoaders {
  properties: DataLoader<string, Property | null>;
  propertiesByClient: DataLoader<string, Property[]>;
  propertiesByBox: DataLoader<string, Property[]>;
  drops: DataLoader<string, Drop | null>;
}

/** Remembers a client that came along inside a home. */
interface ClientMemory {
  clients: { prime(id: string, client: NonNullable<Property['client']>): unknown };
}

/** Loaders of homes and drops. */
export function createPropertyLoaders(ozmap: Ozmap, { clients }: ClientMemory): PropertyLoaders {
  const properties = oneByKey(
    async (ids) => remember(await ozmap.findPropertiesByIds(ids)),
    (property) => property.id,
  );
  function remember(found: Property[]): Property[] {
    for (const property of found) {
      properties.prime(property.id, property);
      if (property.client) clients.prime(property.client.id, property.client);
    }
    return found;
  }
  return {
    properties,
    propertiesByClient: manyByKey(
      async (ids) => remember(await ozmap.findPropertiesByClientIds(ids)),
      (property) => property.clientId,
    ),
    propertiesByBox: manyByKey(
      async (ids) => remember(await ozmap.findPropertiesByBoxIds(ids)),
      // A flat hangs on its building, which OZmap keeps in `box` too.
      (property) => property.boxId ?? property.buildingId,
    ),
    drops: oneByKey(
      (ids) => ozmap.findDropsByIds(ids),
      (drop) => drop.id,
    ),
  };
}
