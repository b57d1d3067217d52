import type { LatLng } from '../../city/city.js';
import { METRES_PER_DEGREE } from '../store/places.js';

/** A point in metres east and north of the middle of the city. */
export interface Spot {
  x: number;
  y: number;
}

/** The city as a flat sheet: exact to a few centimetres over a drop, and much quicker than great circles. */
export class Ground {
  private readonly perLng: number;

  constructor(private readonly middle: LatLng) {
    this.perLng = METRES_PER_DEGREE * Math.cos((middle.lat * Math.PI) / 180);
  }

  spot({ lat, lng }: LatLng): Spot {
    return { x: (lng - this.middle.lng) * this.perLng, y: (lat - this.middle.lat) * METRES_PER_DEGREE };
  }

  place({ x, y }: Spot): LatLng {
    return { lat: this.middle.lat + y / METRES_PER_DEGREE, lng: this.middle.lng + x / this.perLng };
  }
}

export const apart = (a: Spot, b: Spot): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Spots by number, in square cells as wide as the widest search. */
export class Cells {
  private readonly cells = new Map<number, number[]>();

  constructor(
    private readonly reachM: number,
    private readonly spots: readonly Spot[],
  ) {}

  add(index: number): void {
    const spot = this.spots[index];
    if (!spot) return;
    const key = this.key(this.column(spot.x), this.column(spot.y));
    const cell = this.cells.get(key);
    if (cell) cell.push(index);
    else this.cells.set(key, [index]);
  }

  /** The nearest spot within the reach, -1 for none. */
  nearest(at: Spot): number {
    let best = -1;
    let bestM = this.reachM;
    this.each(at, (index, spot) => {
      const away = apart(at, spot);
      if (away < bestM || (away === bestM && index < best)) {
        best = index;
        bestM = away;
      }
    });
    return best;
  }

  /** Calls back for each spot in the cells around; some lie beyond the reach. */
  private each(at: Spot, visit: (index: number, spot: Spot) => void): void {
    const [column, row] = [this.column(at.x), this.column(at.y)];
    for (let y = row - 1; y <= row + 1; y++) {
      for (let x = column - 1; x <= column + 1; x++) {
        for (const index of this.cells.get(this.key(x, y)) ?? []) {
          const spot = this.spots[index];
          if (spot) visit(index, spot);
        }
      }
    }
  }

  private column(metres: number): number {
    return Math.floor(metres / this.reachM);
  }

  private key(column: number, row: number): number {
    return row * 1_000_003 + column;
  }
}
