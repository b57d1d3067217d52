import { createHash } from 'node:crypto';
import type { LatLng } from '../../city/city.js';
import { PLAIN_ROUTES } from '../records/administration.js';
import type { BaseRecord, CollectionName, PlainRoute, Records } from '../records.js';
import type { IndexedFields, PlacedCollection, Reader } from './store.js';
import { Table } from './table.js';

/** What a collection keeps beside its records: look-ups by field, and an index by place. */
type Shape<C extends CollectionName> = {
  readonly fields: C extends keyof IndexedFields ? readonly IndexedFields[C][] : readonly [];
  readonly placed: C extends PlacedCollection ? true : false;
};

/** `IndexedFields` and `PlacedCollection` for the running program; the types keep the two lists equal in their collections. */
export const SHAPES: { readonly [C in CollectionName]: Shape<C> } = {
  projects: { fields: [], placed: false },
  roles: { fields: [], placed: false },
  users: { fields: ['apiKey', 'username'], placed: false },
  tags: { fields: [], placed: false },
  'box-types': { fields: [], placed: false },
  boxes: { fields: ['project', 'pole'], placed: true },
  buildings: { fields: [], placed: true },
  'building-types': { fields: [], placed: false },
  'splitter-types': { fields: [], placed: false },
  'connector-types': { fields: [], placed: false },
  equipment: { fields: ['parent'], placed: false },
  'cable-types': { fields: [], placed: false },
  cables: { fields: ['boxA', 'boxB'], placed: false },
  fibers: { fields: ['parent'], placed: false },
  'pole-types': { fields: [], placed: false },
  'base-points': { fields: [], placed: true },
  'ftth-clients': { fields: ['code', 'external_id'], placed: false },
  properties: { fields: ['box', 'client', 'drop', 'parent', 'external_id'], placed: true },
  'horizontal-condominiums': { fields: [], placed: false },
  prospects: { fields: [], placed: false },
  'system-configs': { fields: [], placed: false },
  ...plainShapes(),
};

function plainShapes(): { [R in PlainRoute]: Shape<R> } {
  return Object.fromEntries(PLAIN_ROUTES.map((route) => [route, { fields: [], placed: false }])) as never;
}

/** All collections, in the order in which they are counted and replayed. */
export const COLLECTIONS = Object.keys(SHAPES) as CollectionName[];

/** The fields of a collection that `Reader.where` can look up. */
export function indexedFields(collection: CollectionName): readonly string[] {
  return SHAPES[collection].fields;
}

type TableSet = { readonly [C in CollectionName]: Table<Records[C]> };

/** All collections of the plant in memory. */
export class Tables implements Reader {
  private readonly tables = Object.fromEntries(
    COLLECTIONS.map((name) => [name, new Table(SHAPES[name].fields, SHAPES[name].placed)]),
  ) as unknown as TableSet;

  of<C extends CollectionName>(collection: C): Table<Records[C]> {
    return this.tables[collection];
  }

  get<C extends CollectionName>(collection: C, id: string): Records[C] | undefined {
    return this.of(collection).get(id);
  }

  all<C extends CollectionName>(collection: C): Iterable<Records[C]> {
    return this.of(collection).all();
  }

  where<C extends keyof IndexedFields>(collection: C, field: IndexedFields[C], value: string): Records[C][] {
    return this.of(collection).where(field as string, value);
  }

  near<C extends PlacedCollection>(collection: C, at: LatLng, radiusM: number) {
    return this.of(collection).near(at, radiusM);
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
