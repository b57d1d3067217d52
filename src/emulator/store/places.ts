import Flatbush from 'flatbush';
import type { LatLng } from '../../city/city.js';
import type { Coords } from '../records.js';

const EARTH_RADIUS_M = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Metres of one degree of latitude, anywhere. */
export const METRES_PER_DEGREE = EARTH_RADIUS_M * RADIANS;

/** Great-circle distance in metres (haversine). */
export function distanceM(a: LatLng, b: LatLng): number {
  const sinLat = Math.sin(((b.lat - a.lat) * RADIANS) / 2);
  const sinLng = Math.sin(((b.lng - a.lng) * RADIANS) / 2);
  const h = sinLat * sinLat + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * sinLng * sinLng;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The wire's `[lng, lat]` as a point. */
export function pointOf(coords: Coords): LatLng {
  return { lat: coords[1], lng: coords[0] };
}

export interface PlacedRecord {
  id: string;
  coords: Coords | null;
}

/** So many changes are looked through one by one before the index is packed anew. */
const LOOSE = 200;

/** Records by place: a packed index, and beside it what came since. Records without coordinates are left out. */
export class Places {
  private packed: (PlacedRecord | null)[] = [];
  private index: Flatbush | null = null;
  /** Where a record stands in `packed`. */
  private readonly positions = new Map<string, number>();
  private readonly loose = new Map<string, PlacedRecord>();

  put(record: PlacedRecord): void {
    this.remove(record.id);
    if (record.coords) this.loose.set(record.id, record);
  }

  remove(id: string): void {
    this.loose.delete(id);
    const position = this.positions.get(id);
    if (position === undefined) return;
    this.packed[position] = null;
    this.positions.delete(id);
  }

  /** Nearest first; of equally near ones, the lower id first. */
  near(at: LatLng, radiusM: number): { record: PlacedRecord; distanceM: number }[] {
    if (this.loose.size > LOOSE) this.pack();
    const found: { record: PlacedRecord; distanceM: number }[] = [];
    const visit = (record: PlacedRecord | null | undefined) => {
      if (!record?.coords) return;
      const away = distanceM(at, pointOf(record.coords));
      if (away <= radiusM) found.push({ record, distanceM: away });
    };
    for (const position of this.index?.search(...boxAround(at, radiusM)) ?? []) visit(this.packed[position]);
    for (const record of this.loose.values()) visit(record);
    return found.sort((a, b) => a.distanceM - b.distanceM || (a.record.id < b.record.id ? -1 : 1));
  }

  private pack(): void {
    this.packed = [...this.packed.filter((record) => record !== null), ...this.loose.values()];
    this.loose.clear();
    this.positions.clear();
    const index = new Flatbush(this.packed.length);
    this.packed.forEach((record, position) => {
      if (!record?.coords) return;
      index.add(...record.coords);
      this.positions.set(record.id, position);
    });
    index.finish();
    this.index = index;
  }
}

/** West, south, east and north of a circle. */
function boxAround(at: LatLng, radiusM: number): [number, number, number, number] {
  const dLat = radiusM / METRES_PER_DEGREE;
  // The parallel nearest to a pole is the shortest, so it bounds the longitudes.
  const dLng = dLat / Math.max(0.01, Math.cos((Math.min(89, Math.abs(at.lat) + dLat) * Math.PI) / 180));
  return [at.lng - dLng, at.lat - dLat, at.lng + dLng, at.lat + dLat];
}
