import { createHash } from 'node:crypto';
import type { LatLng } from '../../city/city.js';
import { PLAIN_ROUTES } from '../records/administration.js';
import type { BaseRecord, CollectionName, Records } from '../records.js';
import { type IndexedFields, indexedFields, isPlaced, type PlacedCollection, type Reader } from './store.js';
import { Table } from './table.js';

/** All collections, in the order in which they are counted and replayed. */
export const COLLECTIONS = [
  'projects',
  'roles',
  'users',
  'tags',
  'box-types',
  'boxes',
  'buildings',
  'building-types',
  'splitter-types',
  'connector-types',
  'equipment',
  'cable-types',
  'cables',
  'fibers',
  'pole-types',
  'base-points',
  'ftth-clients',
  'properties',
  'horizontal-condominiums',
  'prospects',
  'system-configs',
  ...PLAIN_ROUTES,
] as const;

/** All collections of the plant in memory. */
export class Tables {
  private readonly tables = Object.fromEntries(
    COLLECTIONS.map((name) => [name, new Table(indexedFields(name), isPlaced(name))]),
  ) as unknown as { readonly [C in (typeof COLLECTIONS)[number]]: Table<Records[C]> };

  of<C extends CollectionName>(collection: C): Table<Records[C]> {
    return this.tables[collection];
  }

  /** True when any collection holds a record with this id. */
  has(id: string): boolean {
    return COLLECTIONS.some((name) => this.of(name).get(id) !== undefined);
  }

  /** Adds or replaces; the record must be of that collection. */
  put(collection: CollectionName, record: BaseRecord): void {
    (this.tables[collection] as unknown as Table<BaseRecord>).put(record);
  }

  settle(): void {
    for (const name of COLLECTIONS) this.of(name).settle();
  }
}

/** Reads the tables, as a store and a running write both do. */
export class TablesReader implements Reader {
  constructor(protected readonly tables: Tables) {}

  get<C extends CollectionName>(collection: C, id: string): Records[C] | undefined {
    return this.tables.of(collection).get(id);
  }

  all<C extends CollectionName>(collection: C): Iterable<Records[C]> {
    return this.tables.of(collection).all();
  }

  where<C extends keyof IndexedFields>(collection: C, field: IndexedFields[C], value: string): Records[C][] {
    return this.tables.of(collection).where(field as string, value);
  }

  near<C extends PlacedCollection>(collection: C, at: LatLng, radiusM: number) {
    return this.tables.of(collection).near(at, radiusM);
  }
}

/** Records hashed whole per collection, spread evenly: enough to notice another city or another seed, quick on a big one. */
const SAMPLES = 500;

/** A short text that differs when the seed differs: how many records there are, and what some of them say. */
export function fingerprint(tables: Tables): string {
  const hash = createHash('sha256');
  for (const name of COLLECTIONS) {
    const table = tables.of(name);
    hash.update(`${name} ${table.size}\n`);
    const step = Math.max(1, Math.floor(table.size / SAMPLES));
    let index = 0;
    for (const record of table.all()) if (index++ % step === 0) hash.update(`${JSON.stringify(record)}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}
