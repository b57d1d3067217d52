import DataLoader from 'dataloader';
import { ConflictError } from '../errors/app-error.js';
import type {
  Box,
  BoxType,
  Building,
  Drop,
  Equipment,
  FtthClient,
  Ozmap,
  Pole,
  Project,
  Property,
  Prospect,
  Splitter,
} from '../ozmap/types.js';
import { createDropPathLoader } from './property/drop-path.loader.js';

/** A loader that fetches all keys of one tick at once and hands each its record, or null. */
export function oneByKey<T>(
  fetch: (keys: readonly string[]) => Promise<readonly T[]>,
  keyOf: (record: T) => string,
): DataLoader<string, T | null> {
  return new DataLoader(async (keys) => {
    const found = new Map((await fetch(keys)).map((record) => [keyOf(record), record]));
    return keys.map((key) => found.get(key) ?? null);
  });
}

/** As `oneByKey` for what belongs to a key in any number; a record without key is left out. */
export function manyByKey<T>(
  fetch: (keys: readonly string[]) => Promise<readonly T[]>,
  keyOf: (record: T) => string | null,
): DataLoader<string, T[]> {
  return new DataLoader(async (keys) => {
    const found = Map.groupBy(await fetch(keys), keyOf);
    return keys.map((key) => found.get(key) ?? []);
  });
}

/** Clients by contract code (one code may have several) and by OZmap's id. */
export interface ClientLoaders {
  clientsByCode: DataLoader<string, FtthClient[]>;
  clients: DataLoader<string, FtthClient | null>;
}

/** Loaders of clients. */
export function createClientLoaders(ozmap: Ozmap): ClientLoaders {
  const clients = oneByKey(
    (ids) => ozmap.findClientsByIds(ids),
    (client) => client.id,
  );
  const clientsByCode = manyByKey(
    async (codes) => {
      const found = await ozmap.findClientsByCodes(codes);
      for (const client of found) clients.prime(client.id, client);
      return found;
    },
    (client) => client.code,
  );
  return { clientsByCode, clients };
}

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
      // A flat belongs to its building, which OZmap keeps in `box` too.
      (property) => property.boxId ?? property.buildingId,
    ),
    drops: oneByKey(
      (ids) => ozmap.findDropsByIds(ids),
      (drop) => drop.id,
    ),
  };
}

/** Boxes, their types, and buildings, by id. */
export interface BoxLoaders {
  boxes: DataLoader<string, Box | null>;
  boxTypes: DataLoader<string, BoxType | null>;
  buildings: DataLoader<string, Building | null>;
}

/** Loaders of boxes and buildings. */
export function createBoxLoaders(ozmap: Ozmap): BoxLoaders {
  return {
    boxes: oneByKey(
      (ids) => ozmap.findBoxesByIds(ids),
      (box) => box.id,
    ),
    boxTypes: oneByKey(
      (ids) => ozmap.findBoxTypesByIds(ids),
      (type) => type.id,
    ),
    buildings: oneByKey(
      (ids) => ozmap.findBuildingsByIds(ids),
      (building) => building.id,
    ),
  };
}

/** Splitters by id, and by the box they are in; and equipment of any kind by id. */
export interface SplitterLoaders {
  splitters: DataLoader<string, Splitter | null>;
  splittersByBox: DataLoader<string, Splitter[]>;
  equipment: DataLoader<string, Equipment | null>;
}

/** Loaders of splitters and other equipment. */
export function createSplitterLoaders(ozmap: Ozmap): SplitterLoaders {
  return {
    splitters: oneByKey(
      (ids) => ozmap.findSplittersByIds(ids),
      (splitter) => splitter.id,
    ),
    splittersByBox: manyByKey(
      (ids) => ozmap.findSplittersByBoxIds(ids),
      (splitter) => splitter.parentId,
    ),
    equipment: oneByKey(
      (ids) => ozmap.findEquipmentByIds(ids),
      (equipment) => equipment.id,
    ),
  };
}

/** Poles and points, and leads, by id. */
export interface MapLoaders {
  poles: DataLoader<string, Pole | null>;
  prospects: DataLoader<string, Prospect | null>;
}

/** Loaders of what is on the map beside the plant. */
export function createMapLoaders(ozmap: Ozmap): MapLoaders {
  return {
    poles: oneByKey(
      (ids) => ozmap.findPolesByIds(ids),
      (pole) => pole.id,
    ),
    prospects: oneByKey(
      (ids) => ozmap.findProspectsByIds(ids),
      (prospect) => prospect.id,
    ),
  };
}

/** Projects by id. */
export interface ProjectLoaders {
  projects: DataLoader<string, Project | null>;
}

/** Loader of projects: a token sees few, so all of them come with the first. */
export function createProjectLoaders(ozmap: Ozmap): ProjectLoaders {
  return {
    projects: oneByKey(
      () => ozmap.findProjects(),
      (project) => project.id,
    ),
  };
}

/** Everything that one request reads by key: each kind asked for at once, nothing asked for twice. */
export type Loaders = ReturnType<typeof createLoaders>;

/** Fresh loaders over OZmap as one token sees it. What comes in by one key is remembered under the others. */
export function createLoaders(ozmap: Ozmap) {
  const clients = createClientLoaders(ozmap);
  const properties = createPropertyLoaders(ozmap, clients);
  const boxes = createBoxLoaders(ozmap);
  return {
    ...clients,
    ...properties,
    ...boxes,
    ...createSplitterLoaders(ozmap),
    ...createProjectLoaders(ozmap),
    ...createMapLoaders(ozmap),
    dropPaths: createDropPathLoader(ozmap, { ...properties, ...boxes }),
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
  if (others.length > 0) {
    throw new ConflictError('CODE_AMBIGUOUS', 'several clients have this code', [
      { field: 'client', limit: 1, actual: others.length + 1 },
    ]);
  }
  return client ?? null;
}
