import type { LatLng } from '../../city/city.js';
import type { BaseRecord, Coords } from '../records.js';
import { distanceM, METRES_PER_DEGREE, pointOf } from './distance.js';

/**
 * Records by the text in one of their fields. What is removed leaves a hole until `settle`, so that an undone removal comes back
 * to its place: the order stays the order of creation.
 */
export class FieldIndex<R extends { id: string }> {
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

interface Placed {
  id: string;
  coords: Coords | null;
}

/** About 110 m from north to south: a usual search touches some ten cells. */
const CELL_DEGREES = 0.001;
const COLUMNS = 360 / CELL_DEGREES;

const cellOf = (degrees: number) => Math.floor(degrees / CELL_DEGREES);

/** Records by place, in square cells. Records without coordinates are left out. */
export class Grid<R extends Placed> {
  private readonly cells = new Map<number, Map<string, R>>();

  add(record: R): void {
    const key = this.keyOf(record);
    if (key === undefined) return;
    const cell = this.cells.get(key);
    if (cell) cell.set(record.id, record);
    else this.cells.set(key, new Map([[record.id, record]]));
  }

  remove(record: R): void {
    const key = this.keyOf(record);
    if (key === undefined) return;
    const cell = this.cells.get(key);
    cell?.delete(record.id);
    if (cell?.size === 0) this.cells.delete(key);
  }

  replace(before: R, after: R): void {
    if (this.keyOf(before) !== this.keyOf(after)) this.remove(before);
    this.add(after);
  }

  /** Nearest first; of equally near ones, the lower id first. */
  near(at: LatLng, radiusM: number): { record: R; distanceM: number }[] {
    const found: { record: R; distanceM: number }[] = [];
    for (const cell of this.cellsAround(at, radiusM)) {
      for (const record of cell.values()) {
        if (!record.coords) continue;
        const away = distanceM(at, pointOf(record.coords));
        if (away <= radiusM) found.push({ record, distanceM: away });
      }
    }
    return found.sort((a, b) => a.distanceM - b.distanceM || (a.record.id < b.record.id ? -1 : 1));
  }

  private *cellsAround(at: LatLng, radiusM: number): Iterable<Map<string, R>> {
    const dLat = radiusM / METRES_PER_DEGREE;
    // The parallel nearest to a pole is the shortest, so it bounds the longitudes.
    const dLng = dLat / Math.max(0.01, Math.cos((Math.min(89, Math.abs(at.lat) + dLat) * Math.PI) / 180));
    const [south, north] = [cellOf(at.lat - dLat), cellOf(at.lat + dLat)];
    const [west, east] = [cellOf(at.lng - dLng), cellOf(at.lng + dLng)];
    if (!((north - south + 1) * (east - west + 1) < this.cells.size)) {
      yield* this.cells.values();
      return;
    }
    for (let row = south; row <= north; row++) {
      for (let column = west; column <= east; column++) {
        const cell = this.cells.get(row * COLUMNS + column);
        if (cell) yield cell;
      }
    }
  }

  private keyOf(record: R): number | undefined {
    return record.coords ? cellOf(record.coords[1]) * COLUMNS + cellOf(record.coords[0]) : undefined;
  }
}

type PlacedRecord = { id: string; coords: Coords | null };

/** One collection in memory: records by id in order of creation, with its indexes. */
export class Table<R extends BaseRecord> {
  /** Null where a record was removed by a write that is still running. */
  private readonly records = new Map<string, R | null>();
  private readonly holes: string[] = [];
  private readonly indexes: ReadonlyMap<string, FieldIndex<R>>;
  private readonly grid: Grid<PlacedRecord> | undefined;
  private count = 0;

  constructor(fields: readonly string[], placed: boolean) {
    this.indexes = new Map(fields.map((field) => [field, new FieldIndex<R>(field)]));
    this.grid = placed ? new Grid<PlacedRecord>() : undefined;
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
    if (before) this.grid.replace(before as unknown as PlacedRecord, record as unknown as PlacedRecord);
    else this.grid.add(record as unknown as PlacedRecord);
  }

  remove(id: string): void {
    const before = this.get(id);
    if (!before) return;
    this.records.set(id, null);
    this.holes.push(id);
    this.count -= 1;
    for (const index of this.indexes.values()) index.remove(before);
    this.grid?.remove(before as unknown as PlacedRecord);
  }

  /** Ends a write: what was removed cannot come back to its place any more. */
  settle(): void {
    for (const id of this.holes) if (this.records.get(id) === null) this.records.delete(id);
    this.holes.length = 0;
    for (const index of this.indexes.values()) index.settle();
  }
}
