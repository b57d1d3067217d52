import type { LatLng } from '../../city/city.js';
import type { BaseRecord } from '../records.js';
import { type PlacedRecord, Places } from './places.js';

/**
 * Records by the text in one of their fields. What is removed leaves a hole until `settle`, so that an undone removal comes back
 * to its place: the order stays the order of creation.
 */
class FieldIndex<R extends { id: string }> {
  private readonly buckets = new Map<string, Map<string, R | null>>();
  private readonly holes: [value: string, id: string][] = [];

  constructor(private readonly field: string) {}

  add(record: R): void {
    const value = this.valueOf(record);
    if (value === undefined) return;
    const bucket = this.buckets.get(value);
    if (bucket) bucket.set(record.id, record);
    else this.buckets.set(value, new Map([[record.id, record]]));
  }

  remove(record: R): void {
    const value = this.valueOf(record);
    if (value === undefined) return;
    this.buckets.get(value)?.set(record.id, null);
    this.holes.push([value, record.id]);
  }

  replace(before: R, after: R): void {
    if (this.valueOf(before) !== this.valueOf(after)) this.remove(before);
    this.add(after);
  }

  find(value: string): R[] {
    const found: R[] = [];
    for (const record of this.buckets.get(value)?.values() ?? []) if (record) found.push(record);
    return found;
  }

  /** Forgets the holes: nothing can be undone any more. */
  settle(): void {
    for (const [value, id] of this.holes) {
      const bucket = this.buckets.get(value);
      if (bucket?.get(id) === null) bucket.delete(id);
      if (bucket?.size === 0) this.buckets.delete(value);
    }
    this.holes.length = 0;
  }

  private valueOf(record: R): string | undefined {
    const value = (record as Record<string, unknown>)[this.field];
    return typeof value === 'string' ? value : undefined;
  }
}

/** One collection in memory: records by id in order of creation, with its indexes. */
export class Table<R extends BaseRecord> {
  /** Null where a record was removed by a write that is still running. */
  private readonly records = new Map<string, R | null>();
  private readonly holes: string[] = [];
  private readonly indexes: ReadonlyMap<string, FieldIndex<R>>;
  private readonly places: Places | undefined;
  private count = 0;

  constructor(fields: readonly string[], placed: boolean) {
    this.indexes = new Map(fields.map((field) => [field, new FieldIndex<R>(field)]));
    this.places = placed ? new Places() : undefined;
  }

  get size(): number {
    return this.count;
  }

  get(id: string): R | undefined {
    return this.records.get(id) ?? undefined;
  }

  *all(): Iterable<R> {
    for (const record of this.records.values()) if (record) yield record;
  }

  where(field: string, value: string): R[] {
    return this.indexes.get(field)?.find(value) ?? [];
  }

  near(at: LatLng, radiusM: number): { record: R; distanceM: number }[] {
    // The places are of this table's records only.
    return (this.places?.near(at, radiusM) ?? []) as unknown as { record: R; distanceM: number }[];
  }

  /** Adds the record, or puts it in the place of the one with its id. */
  put(record: R): void {
    const before = this.get(record.id);
    this.records.set(record.id, record);
    if (!before) this.count += 1;
    for (const index of this.indexes.values()) {
      if (before) index.replace(before, record);
      else index.add(record);
    }
    this.places?.put(record as unknown as PlacedRecord);
  }

  remove(id: string): void {
    const before = this.get(id);
    if (!before) return;
    this.records.set(id, null);
    this.holes.push(id);
    this.count -= 1;
    for (const index of this.indexes.values()) index.remove(before);
    this.places?.remove(id);
  }

  /** Ends a write: what was removed cannot come back to its place any more. */
  settle(): void {
    for (const id of this.holes) if (this.records.get(id) === null) this.records.delete(id);
    this.holes.length = 0;
    for (const index of this.indexes.values()) index.settle();
  }
}
