import type { LatLng } from '../../city/city.js';
import type { BaseRecord, CollectionName, Records } from '../records.js';
import { COLLECTIONS, SHAPES } from './shapes.js';
import type { IndexedFields, PlacedCollection, Reader } from './store.js';
import { Table } from './table.js';

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
