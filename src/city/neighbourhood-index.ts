import type { LatLng, Neighbourhood } from './city.js';

/** Answers which neighbourhood a point lies in. */
export interface NeighbourhoodIndex {
  /** The neighbourhood at the point, null outside of all; where two overlap, the one listed first. */
  at(point: LatLng): Neighbourhood | null;
}

const CELL_DEGREES = 0.004;

interface Part {
  neighbourhood: Neighbourhood;
  polygon: LatLng[][];
}

/** Files each polygon under the cells that its bounds touch, so that a look-up tries only the few polygons near the point. */
export function indexNeighbourhoods(neighbourhoods: readonly Neighbourhood[]): NeighbourhoodIndex {
  const cells = new Map<string, Part[]>();
  neighbourhoods.forEach((neighbourhood) => {
    for (const polygon of neighbourhood.polygons) {
      for (const key of cellsUnder(polygon[0] ?? [])) {
        const parts = cells.get(key) ?? [];
        parts.push({ neighbourhood, polygon });
        cells.set(key, parts);
      }
    }
  });
  return {
    at(point) {
      const parts = cells.get(cellKey(Math.floor(point.lat / CELL_DEGREES), Math.floor(point.lng / CELL_DEGREES)));
      return parts?.find(({ polygon }) => isInside(point, polygon))?.neighbourhood ?? null;
    },
  };
}

/** True when the point lies in the outer ring and in no hole. */
export function isInside(point: LatLng, polygon: readonly LatLng[][]): boolean {
  let inside = false;
  for (const ring of polygon) {
    let previous = ring.at(-1);
    for (const corner of ring) {
      if (previous && corner.lat > point.lat !== previous.lat > point.lat) {
        const share = (point.lat - corner.lat) / (previous.lat - corner.lat);
        if (point.lng < corner.lng + share * (previous.lng - corner.lng)) inside = !inside;
      }
      previous = corner;
    }
  }
  return inside;
}

const NEXT = [-1, 0, 1];

/** Points that hang together: each lies in the cell of another of its piece, or in one around it. `cellOf`: the cell's row and column. */
export function piecesOf<P>(points: readonly P[], cellOf: (point: P) => readonly [number, number]): P[][] {
  const cells = Map.groupBy(points, (point) => cellKey(...cellOf(point)));
  const pieces: P[][] = [];
  for (const start of [...cells.keys()]) {
    const piece: P[] = [];
    const open = [start];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      const here = cells.get(key);
      if (!here) continue;
      cells.delete(key);
      for (const point of here) piece.push(point);
      const [row = 0, column = 0] = key.split('/').map(Number);
      open.push(...NEXT.flatMap((dRow) => NEXT.map((dColumn) => cellKey(row + dRow, column + dColumn))));
    }
    if (piece.length > 0) pieces.push(piece);
  }
  return pieces;
}

function cellsUnder(ring: readonly LatLng[]): string[] {
  const rows = ring.map(({ lat }) => Math.floor(lat / CELL_DEGREES));
  const columns = ring.map(({ lng }) => Math.floor(lng / CELL_DEGREES));
  const keys: string[] = [];
  for (let row = Math.min(...rows); row <= Math.max(...rows); row += 1) {
    for (let column = Math.min(...columns); column <= Math.max(...columns); column += 1) {
      keys.push(cellKey(row, column));
    }
  }
  return keys;
}

function cellKey(row: number, column: number): string {
  return `${row}/${column}`;
}
