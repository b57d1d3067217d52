import type { LatLng } from '../../city/city.js';
import type { CollectionName, Records } from '../records.js';

/** Fields that can be looked up without a scan, whatever the size of the city. */
const INDEXED = {
  boxes: ['project', 'pole'],
  properties: ['box', 'client', 'drop', 'parent', 'external_id'],
  equipment: ['parent'],
  cables: ['boxA', 'boxB'],
  fibers: ['parent'],
  'ftth-clients': ['code', 'external_id'],
  users: ['apiKey', 'username'],
} as const satisfies { [C in CollectionName]?: readonly (keyof Records[C])[] };
export type IndexedFields = { [C in keyof typeof INDEXED]: (typeof INDEXED)[C][number] };

/** The fields of a collection that `Reader.where` can look up. */
export function indexedFields(collection: CollectionName): readonly string[] {
  return (INDEXED as Partial<Record<CollectionName, readonly string[]>>)[collection] ?? [];
}

/** Collections that can be searched around a point. */
const PLACED = ['boxes', 'buildings', 'properties', 'base-points'] as const;
export type PlacedCollection = (typeof PLACED)[number];

export function isPlaced(collection: CollectionName): collection is PlacedCollection {
  return PLACED.some((placed) => placed === collection);
}

/** Read side. What is returned is the stored record itself: never change it in place. */
export interface Reader {
  get<C extends CollectionName>(collection: C, id: string): Records[C] | undefined;
  /** In order of creation. */
  all<C extends CollectionName>(collection: C): Iterable<Records[C]>;
  where<C extends keyof IndexedFields>(collection: C, field: IndexedFields[C], value: string): Records[C][];
  /** Nearest first. Distance in metres, great circle. */
  near<C extends PlacedCollection>(
    collection: C,
    at: LatLng,
    radiusM: number,
  ): { record: Records[C]; distanceM: number }[];
}

/** Fields to change; `undefined` removes one. */
export type Patch<R> = { [K in keyof R]?: R[K] | undefined };

/** A group of changes that takes effect whole or not at all: a throw inside undoes what was done so far. */
export interface Transaction extends Reader {
  /** Fills in `id` (fresh unless given), `createdAt` and `updatedAt`; `creatorData` comes from the caller. */
  insert<C extends CollectionName>(
    collection: C,
    record: Omit<Records[C], 'id' | 'createdAt' | 'updatedAt'> & { id?: string },
  ): Records[C];
  /** Shallow merge. Errors: throws when the record is not there. */
  update<C extends CollectionName>(collection: C, id: string, patch: Patch<Records[C]>): Records[C];
  remove(collection: CollectionName, id: string): void;
  newId(): string;
  now(): string;
}

export interface Store extends Reader {
  /** Runs `change` synchronously; resolves once the changes are in the data folder (or at once when there is none). */
  write<T>(change: (tx: Transaction) => T): Promise<T>;
  /** For the seed: fills an empty store in bulk, without the log. Ids and dates are given, so that the same seed is the same plant. */
  load<C extends CollectionName>(collection: C, records: Iterable<Records[C]>): void;
  close(): Promise<void>;
}
