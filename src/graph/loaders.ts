import DataLoader from 'dataloader';
import { ConflictError } from '../errors/app-error.js';
import type { FtthClient, Ozmap, Property } from '../ozmap/types.js';
import { createDropPathLoader } from './property/drop-path.loader.js';

/** A loader that fetches all ids of one tick at once and hands each its record, or null. */
export function oneById<T extends { id: string }>(
  fetch: (ids: readonly string[]) => Promise<readonly T[]>,
): DataLoader<string, T | null> {
  return new DataLoader(async (ids) => {
    const found = new Map((await fetch(ids)).map((record) => [record.id, record]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** As `oneById` for what belongs to a key in any number; a record without key is left out. */
function manyByKey<T>(
  fetch: (keys: readonly string[]) => Promise<readonly T[]>,
  keyOf: (record: T) => string | null,
): DataLoader<string, T[]> {
  return new DataLoader(async (keys) => {
    const found = Map.groupBy(await fetch(keys), keyOf);
    return keys.map((key) => found.get(key) ?? []);
  });
}

/** Everything that one request reads by key: each kind asked for at once, nothing asked for twice. */
export type Loaders = ReturnType<typeof createLoaders>;

/** Fresh loaders over OZmap as one token sees it, by id where nothing else is named. What comes in by one key is remembered under the others. */
export function createLoaders(ozmap: Ozmap) {
  const clients = oneById((ids) => ozmap.findClientsByIds(ids));
  const properties = oneById(async (ids) => remember(await ozmap.findPropertiesByIds(ids)));
  const drops = oneById((ids) => ozmap.findDropsByIds(ids));
  const boxes = oneById((ids) => ozmap.findBoxesByIds(ids));
  function remember(found: Property[]): Property[] {
    for (const property of found) {
      properties.prime(property.id, property);
      if (property.client) clients.prime(property.client.id, property.client);
    }
    return found;
  }
  return {
    clients,
    /** One contract code may have several. */
    clientsByCode: manyByKey(
      async (codes) => {
        const found = await ozmap.findClientsByCodes(codes);
        for (const client of found) clients.prime(client.id, client);
        return found;
      },
      (client) => client.code,
    ),
    properties,
    propertiesByClient: manyByKey(
      async (ids) => remember(await ozmap.findPropertiesByClientIds(ids)),
      (property) => property.clientId,
    ),
    /** By the box or building that serves them. */
    propertiesByBox: manyByKey(
      async (ids) => remember(await ozmap.findPropertiesByBoxIds(ids)),
      // A flat belongs to its building, which OZmap keeps in `box` too.
      (property) => property.boxId ?? property.buildingId,
    ),
    drops,
    dropPaths: createDropPathLoader(ozmap, { drops, properties, boxes }),
    boxes,
    boxTypes: oneById((ids) => ozmap.findBoxTypesByIds(ids)),
    buildings: oneById((ids) => ozmap.findBuildingsByIds(ids)),
    splitters: oneById((ids) => ozmap.findSplittersByIds(ids)),
    splittersByBox: manyByKey(
      (ids) => ozmap.findSplittersByBoxIds(ids),
      (splitter) => splitter.parentId,
    ),
    equipment: oneById((ids) => ozmap.findEquipmentByIds(ids)),
    // A token sees few projects: all of them come with the first.
    projects: oneById(() => ozmap.findProjects()),
    poles: oneById((ids) => ozmap.findPolesByIds(ids)),
    prospects: oneById((ids) => ozmap.findProspectsByIds(ids)),
  };
}

/**
 * The client of a contract, or null. Several clients with one code are never answered by one of them.
 *
 * Errors: CONFLICT CODE_AMBIGUOUS.
 */
export async function findClient(
  loaders: Pick<Loaders, 'clientsByCode'>,
  contractCode: string,
): Promise<FtthClient | null> {
  const [client, ...others] = await loaders.clientsByCode.load(contractCode);
  if (others.length === 0) return client ?? null;
  const details = [{ field: 'client', limit: 1, actual: others.length + 1 }];
  throw new ConflictError('CODE_AMBIGUOUS', 'several clients have this code', details);
}
