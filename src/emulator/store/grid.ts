import type { LatLng } from '../../city/city.js';
import type { Coords } from '../records.js';
import { distanceM, METRES_PER_DEGREE, pointOf } from './distance.js';

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
