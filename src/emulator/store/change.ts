import type { BaseRecord, CollectionName, Records } from '../records.js';
import type { Patch, Transaction } from './store.js';
import { type Tables, TablesReader } from './tables.js';

/** One changed record as the log holds it: the whole record, or null for a removed one. */
export type Entry = [collection: CollectionName, id: string, record: BaseRecord | null];

/** Enough for any fixed sequence of ids to get past those that an earlier run used up. */
const ID_ATTEMPTS = 1_000_000;

/** A running write: changes the tables at once and remembers how to undo it. */
export class Change extends TablesReader implements Transaction {
  private readonly before: Entry[] = [];
  private readonly touched = new Map<string, Entry>();

  constructor(
    tables: Tables,
    private readonly ids: () => string,
    private readonly clock: () => Date,
  ) {
    super(tables);
  }

  insert<C extends CollectionName>(
    collection: C,
    record: Omit<Records[C], 'id' | 'createdAt' | 'updatedAt'> & { id?: string },
  ): Records[C] {
    const id = record.id ?? this.newId();
    if (this.get(collection, id)) throw new Error(`${collection} has ${id} already`);
    const at = this.now();
    const whole = { ...record, id, createdAt: at, updatedAt: at } as unknown as Records[C];
    this.put(collection, whole);
    return whole;
  }

  update<C extends CollectionName>(collection: C, id: string, patch: Patch<Records[C]>): Records[C] {
    const before = this.get(collection, id);
    if (!before) throw new Error(`${collection} has no ${id}`);
    const merged: Record<string, unknown> = { ...before, ...patch, id, updatedAt: this.now() };
    for (const [field, value] of Object.entries(merged)) if (value === undefined) delete merged[field];
    const after = merged as unknown as Records[C];
    this.put(collection, after);
    return after;
  }

  remove(collection: CollectionName, id: string): void {
    const before = this.get(collection, id);
    if (!before) return;
    this.before.push([collection, id, before]);
    this.touched.set(`${collection}/${id}`, [collection, id, null]);
    this.tables.of(collection).remove(id);
  }

  newId(): string {
    for (let attempt = 0; attempt < ID_ATTEMPTS; attempt++) {
      const id = this.ids();
      if (!this.tables.has(id)) return id;
    }
    throw new Error('the given ids are used up');
  }

  now(): string {
    return this.clock().toISOString();
  }

  /** What the log must hold: each touched record once, as it is now. */
  entries(): Entry[] {
    return [...this.touched.values()];
  }

  /** Takes every change back, last one first. */
  undo(): void {
    for (const [collection, id, record] of this.before.reverse()) {
      if (record) this.tables.put(collection, record);
      else this.tables.of(collection).remove(id);
    }
    this.before.length = 0;
    this.touched.clear();
  }

  private put<C extends CollectionName>(collection: C, record: Records[C]): void {
    this.before.push([collection, record.id, this.get(collection, record.id) ?? null]);
    this.touched.set(`${collection}/${record.id}`, [collection, record.id, record]);
    this.tables.put(collection, record);
  }
}
