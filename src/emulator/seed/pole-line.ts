import type { StreetSegment } from '../../city/city.js';
import { apart, Cells, type Ground, type Spot } from './ground.js';

/** Poles stand at most this far apart, and rarely closer than half of it. */
const SPAN_M = 38;
/** Street ends this close share one pole: sources are not exact at crossings. */
const SAME_CROSSING_M = 12;

/** All poles of the city by number: where they stand, and who their neighbours along the streets are. */
export interface PoleLine {
  spots: Spot[];
  links: number[][];
  /** The street on which a pole stands; null where it has no name. */
  streets: (string | null)[];
}

/** Sets poles along every street, joined across crossings. */
export function setPoles(streets: readonly StreetSegment[], ground: Ground): PoleLine {
  const line: PoleLine = { spots: [], links: [], streets: [] };
  const crossings = new Cells(SAME_CROSSING_M, line.spots);
  const ends = new Set(
    streets.flatMap(({ path }) => [path.at(0), path.at(-1)].flatMap((end) => (end ? keyOf(end) : []))),
  );

  const set = (spot: Spot, street: string | null): number => {
    line.links.push([]);
    line.streets.push(street);
    return line.spots.push(spot) - 1;
  };
  const atCrossing = (spot: Spot, street: string | null): number => {
    const known = crossings.nearest(spot);
    if (known >= 0) return known;
    const made = set(spot, street);
    crossings.add(made);
    return made;
  };

  for (const { name, path } of streets) {
    for (const piece of cutAt(path, ends)) {
      const spots = piece.map((point) => ground.spot(point));
      const [first, last] = [spots.at(0), spots.at(-1)];
      if (!first || !last || spots.length < 2) continue;
      const [from, to] = [atCrossing(first, name), atCrossing(last, name)];
      let before = from;
      for (const spot of between(spots)) {
        const pole = set(spot, name);
        link(line, before, pole);
        before = pole;
      }
      link(line, before, to);
    }
  }
  return line;
}

/** A street's path cut where another street ends on it. */
function cutAt<P extends { lat: number; lng: number }>(path: readonly P[], ends: ReadonlySet<string>): P[][] {
  const pieces: P[][] = [];
  let piece: P[] = [];
  path.forEach((point, index) => {
    piece.push(point);
    if (index > 0 && (index === path.length - 1 || ends.has(keyOf(point)))) {
      pieces.push(piece);
      piece = [point];
    }
  });
  return pieces;
}

/** Spots at equal steps along a path, its ends left out. */
function between(spots: readonly Spot[]): Spot[] {
  const legs = spots.slice(1).map((spot, index) => apart(spots[index] ?? spot, spot));
  const total = legs.reduce((sum, leg) => sum + leg, 0);
  const steps = Math.ceil(total / SPAN_M);
  const found: Spot[] = [];
  let leg = 0;
  let before = 0;
  for (let step = 1; step < steps; step++) {
    const at = (total * step) / steps;
    while (leg < legs.length - 1 && before + (legs[leg] ?? 0) < at) before += legs[leg++] ?? 0;
    const [a, b] = [spots[leg], spots[leg + 1]];
    if (!a || !b) break;
    const share = (at - before) / (legs[leg] || 1);
    found.push({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share });
  }
  return found;
}

function link({ links }: PoleLine, a: number, b: number): void {
  if (a === b || links[a]?.includes(b)) return;
  links[a]?.push(b);
  links[b]?.push(a);
}

function keyOf({ lat, lng }: { lat: number; lng: number }): string {
  return `${lat.toFixed(6)},${lng.toFixed(6)}`;
}
