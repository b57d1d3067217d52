import type { AddressPoint, City, StreetSegment } from '../../city/city.js';
import type { Coords } from '../records.js';
import { coordsOf, type Draft } from './draft.js';
import { apart, Cells, Ground, type Spot } from './ground.js';
import type { Bounds, Stock } from './stock.js';

/** Poles stand at most this far apart, and rarely closer than half of it. */
const SPAN_M = 38;
/** Street ends this close share one pole: sources are not exact at crossings. */
const SAME_CROSSING_M = 12;

/** All poles of the city by number: where they stand, and who their neighbours along the streets are. */
interface PoleLine {
  spots: Spot[];
  links: number[][];
  /** The pole's street; null when it has no name. */
  streets: (string | null)[];
}

/** Sets poles along every street, joined across crossings. */
function setPoles(streets: readonly StreetSegment[], ground: Ground): PoleLine {
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

/** A door further than this from any pole gets no drop. */
const DOOR_TO_POLE_M = 60;

/** A door of the city with the pole that serves it. */
export interface Door {
  index: number;
  address: AddressPoint;
  spot: Spot;
  pole: number;
}

/** The city prepared for a network: where poles and doors stand, and the ids of the poles. */
export interface Terrain {
  ground: Ground;
  poles: PoleLine;
  poleIds: string[];
  poleCoords: Coords[];
  /** Doors within reach of a pole. */
  doors: Door[];
  /** Numbers of the doors at each pole. */
  doorsAt: number[][];
}

/** The middle of the doors: half of them lie further south, half further west. */
export function middleOf(city: City): { lat: number; lng: number } {
  const half = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const points = city.addresses.length > 0 ? city.addresses : city.streets.flatMap(({ path }) => path);
  return { lat: half(points.map(({ lat }) => lat)), lng: half(points.map(({ lng }) => lng)) };
}

/** A box around everything, degrees; nowhere for a city of nothing. */
export function boundsOf(city: City): Bounds {
  const box: Bounds = { west: 180, south: 90, east: -180, north: -90 };
  for (const { lat, lng } of [...city.addresses, ...city.streets.flatMap(({ path }) => path)]) {
    box.west = Math.min(box.west, lng - 0.001);
    box.south = Math.min(box.south, lat - 0.001);
    box.east = Math.max(box.east, lng + 0.001);
    box.north = Math.max(box.north, lat + 0.001);
  }
  return box.west > box.east ? { west: 0, south: 0, east: 0, north: 0 } : box;
}

/** Finds poles and doors; which pole serves which door. */
export function survey(draft: Draft): Terrain {
  const ground = new Ground(middleOf(draft.city));
  const poles = setPoles(draft.city.streets, ground);
  const near = new Cells(DOOR_TO_POLE_M, poles.spots);
  for (let pole = 0; pole < poles.spots.length; pole++) near.add(pole);
  const doors: Door[] = [];
  const doorsAt: number[][] = poles.spots.map(() => []);
  for (const address of draft.city.addresses) {
    const spot = ground.spot(address);
    const pole = near.nearest(spot);
    if (pole < 0) continue;
    doorsAt[pole]?.push(doors.length);
    doors.push({ index: doors.length, address, spot, pole });
  }
  const poleIds = poles.spots.map(() => draft.id('pole'));
  const poleCoords = poles.spots.map((spot) => coordsOf(ground.place(spot)));
  return { ground, poles, poleIds, poleCoords, doors, doorsAt };
}

/** Records the poles. One in forty belongs to someone who lets no drop start there, one in ninety is not to be used. */
export function layPoles(draft: Draft, { poles, poleIds, poleCoords, doorsAt }: Terrain, stock: Stock): void {
  const idOf = (pole: number) => poleIds[pole] ?? '';
  poles.spots.forEach((_, pole) => {
    const isQuiet = doorsAt[pole]?.length === 0;
    draft.add('base-points', {
      ...draft.stamp('', idOf(pole)),
      kind: 'Pole',
      name: `P_${pole + 1}`,
      coords: poleCoords[pole] ?? [0, 0],
      adjacents: (poles.links[pole] ?? []).map(idOf),
      tags: [],
      usable: !(isQuiet && pole % 90 === 31),
      poleType: isQuiet && pole % 40 === 11 ? stock.privatePole : stock.woodenPole,
      licensing: { status: 2, protocol: '' },
      address: poles.streets[pole] ?? '',
      observation: '',
    });
  });
}

/** Metres between neighbours along the line. */
export function legs({ poles }: Terrain, pole: number): (readonly [number, number])[] {
  const here = poles.spots[pole];
  return (poles.links[pole] ?? []).flatMap((other) => {
    const there = poles.spots[other];
    return here && there ? [[other, apart(here, there)] as const] : [];
  });
}
