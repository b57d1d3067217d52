import type { LatLng } from '../../city/city.js';
import type { BaseRecord, Coords } from '../records.js';
import { FieldIndex } from './field-index.js';
import { Grid } from './grid.js';

type Placed = { id: string; coords: Coords | null };

/** One collection in memory: records by id in order of creation, with its indexes. */
export class Table<R extends BaseRecord> {
  /** Null where a record was removed by a write that is still running. */
  private readonly records = new Map<string, R | null>();
  private readonly holes: string[] = [];
  private readonly indexes: ReadonlyMap<string, FieldIndex<R>>;
  private readonly grid: Grid<Placed> | undefined;
  private count = 0;

  constructor(fields: readonly string[], placed: boolean) {
    this.indexes = new Map(fields.map((field) => [field, new FieldIndex<R>(field)]));
    this.grid = placed ? new Grid<Placed>() : undefined;
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
    // The grid was filled with this table's records only.
    return (this.grid?.near(at, radiusM) ?? []) as unknown as { record: R; distanceM: number }[];
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
    if (!this.grid) return;
    if (before) this.grid.replace(before as unknown as Placed, record as unknown as Placed);
    else this.grid.add(record as unknown as Placed);
  }

  remove(id: string): void {
    const before = this.get(id);
    if (!before) return;
    this.records.set(id, null);
    this.holes.push(id);
    this.count -= 1;
    for (const index of this.indexes.values()) index.remove(before);
    this.grid?.remove(before as unknown as Placed);
  }

  /** Ends a write: what was removed cannot come back to its place any more. */
  settle(): void {
    for (const id of this.holes) if (this.records.get(id) === null) this.records.delete(id);
    this.holes.length = 0;
    for (const index of this.indexes.values()) index.settle();
  }
}
