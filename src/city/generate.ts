import type { AddressPoint, City, LatLng, Neighbourhood, StreetSegment } from './city.js';
import { districtName, NEIGHBOURHOODS } from './town/names.js';
import {
  BLOCKS_ACROSS,
  BLOCKS_DOWN,
  COLUMNS,
  onTheGround,
  type PlannedStreet,
  type PlanPoint,
  planStreets,
  ROWS,
  SIDE_M,
} from './town/streets.js';

const LOT_WIDTH_M = { least: 9, most: 17 };
/** No door this close to the middle of a crossing: the corner lot opens to one street only. */
const CORNER_M = 15;
const EMPTY_LOTS = 0.1;
const WITHOUT_NUMBER = 0.04;

interface Place {
  point: PlanPoint;
  /** Unit vector along the street. */
  along: PlanPoint;
}

/** Postal codes of the first district; each other has the next thousand. */
const POSTAL_CODES = 35_709_000;
/** Each street has its own, as towns number them: those of one name in two neighbourhoods have two. */
const postalCodeOf = (district: number, street: number) => String(POSTAL_CODES + 1_000 * district + 10 * (street + 1));

/** The doors of one street: even numbers on the right in the direction of numbering, odd ones on the left. */
function layDoors(street: PlannedStreet, cep: string, random: Random): AddressPoint[] {
  const corners = distancesOf(street.crossings);
  return [0, 1].flatMap((side) => laySide(street, corners, side, random)).map((door) => ({ ...door, cep }));
}

function laySide(street: PlannedStreet, corners: readonly number[], side: number, random: Random): AddressPoint[] {
  const doors: AddressPoint[] = [];
  let lastNumber = 0;
  for (const doorM of lotMiddles(corners.at(-1) ?? 0, random)) {
    if (random() < EMPTY_LOTS || corners.some((cornerM) => Math.abs(cornerM - doorM) < CORNER_M)) continue;
    const place = placeAt(street.crossings, corners, doorM);
    if (!place) continue;
    lastNumber = Math.max(lastNumber + 2, 2 * Math.round((street.startM + doorM) / 2) + side);
    const point = asideOf(place, side === 0 ? street.setbackM : -street.setbackM);
    const number = random() < WITHOUT_NUMBER ? null : lastNumber;
    doors.push({ street: street.name, number, ...onTheGround(point) });
  }
  return doors;
}

/** The middle of each lot along a street, metres from its first crossing. */
function* lotMiddles(lengthM: number, random: Random): Generator<number> {
  for (let reachM = 0; reachM < lengthM; ) {
    const widthM = LOT_WIDTH_M.least + random() * (LOT_WIDTH_M.most - LOT_WIDTH_M.least);
    yield reachM + widthM / 2;
    reachM += widthM;
  }
}

/** Metres from the first crossing to each of them. */
function distancesOf(crossings: readonly PlanPoint[]): number[] {
  let total = 0;
  return crossings.map((crossing, index) => {
    const before = crossings[index - 1];
    if (before) total += Math.hypot(crossing.x - before.x, crossing.y - before.y);
    return total;
  });
}

function placeAt(crossings: readonly PlanPoint[], corners: readonly number[], doorM: number): Place | null {
  for (let index = 1; index < crossings.length; index += 1) {
    const [from, to, fromM, toM] = [crossings[index - 1], crossings[index], corners[index - 1], corners[index]];
    if (!from || !to || fromM === undefined || toM === undefined || doorM > toM) continue;
    const along = { x: (to.x - from.x) / (toM - fromM), y: (to.y - from.y) / (toM - fromM) };
    return { point: { x: from.x + along.x * (doorM - fromM), y: from.y + along.y * (doorM - fromM) }, along };
  }
  return null;
}

/** A point to the right of the street when `metres` is positive. */
function asideOf({ point, along }: Place, metres: number): PlanPoint {
  return { x: point.x + along.y * metres, y: point.y - along.x * metres };
}

/** How far the outer neighbourhoods reach beyond the last avenue, so that the doors on its far side lie in one too. */
const OUTSKIRTS_M = 40;

/** How many districts like the town a city of each size has: some 30,000 and 200,000 clients. */
const DISTRICTS = { town: 1, city: 36, '200k': 238 } as const;
export type CitySize = keyof typeof DISTRICTS;

/** Between two districts, metres. */
const BETWEEN_DISTRICTS_M = 150;

/** A town, or a city of many districts for tests of scale: each is laid out like the town, with streets of its own names. Deterministic. */
export function generateCity(size: CitySize): City {
  const count = DISTRICTS[size];
  const across = Math.ceil(Math.sqrt(count));
  const districts = Array.from({ length: count }, (_, index) => {
    const eastM = (index % across) * (COLUMNS * SIDE_M + BETWEEN_DISTRICTS_M);
    const northM = Math.floor(index / across) * (ROWS * SIDE_M + BETWEEN_DISTRICTS_M);
    return generateTown({ seed: index + 1, district: index === 0 ? null : districtName(index), eastM, northM });
  });
  const [first] = districts;
  return {
    name: first?.name ?? '',
    state: first?.state ?? '',
    streets: districts.flatMap(({ streets }) => streets),
    addresses: districts.flatMap(({ addresses }) => addresses),
    neighbourhoods: districts.flatMap(({ neighbourhoods }) => neighbourhoods),
  };
}

/**
 * Builds the town of the embedded OZmap: six neighbourhoods on some 1.4 km², some 60 street names, about 3,000 doors, a postal code for each street. "Rua das Acácias",
 * "Rua Tiradentes" and "Travessa Um" exist twice, in neighbourhoods far apart, because a street name alone is no place.
 *
 * Shape: streets are cut at every crossing, and segments that meet there share the exact point.
 * Deterministic: the same seed gives the same town. The seed moves doors and numbers, never streets.
 */
export function generateTown({
  seed = 1,
  district = null,
  eastM = 0,
  northM = 0,
}: {
  seed?: number;
  /** Ends the names of streets and neighbourhoods. */
  district?: string | null;
  eastM?: number;
  northM?: number;
} = {}): City {
  const random = createRandom(seed);
  const named = (name: string) => (district === null ? name : `${name} de ${district}`);
  const moved = ({ x, y }: PlanPoint): PlanPoint => ({ x: x + eastM, y: y + northM });
  const planned = planStreets().map((street) => ({
    ...street,
    name: named(street.name),
    crossings: street.crossings.map(moved),
  }));
  return {
    name: 'Vila das Fibras',
    state: 'MG',
    streets: planned.flatMap(cutAtCrossings),
    addresses: planned.flatMap((street, index) => layDoors(street, postalCodeOf(seed - 1, index), random)),
    neighbourhoods: NEIGHBOURHOODS.map((name, index) => layNeighbourhood(named(name), index, moved)),
  };
}

function cutAtCrossings({ name, crossings }: PlannedStreet): StreetSegment[] {
  return crossings.slice(1).flatMap((to, index) => {
    const from = crossings[index];
    return from ? [{ name, path: [from, between(from, to), to].map(onTheGround) }] : [];
  });
}

function layNeighbourhood(name: string, index: number, moved: (point: PlanPoint) => PlanPoint): Neighbourhood {
  const column = index % COLUMNS;
  const row = Math.floor(index / COLUMNS);
  const edge = (at: number, last: number) => at * SIDE_M + (at === 0 ? -OUTSKIRTS_M : at === last ? OUTSKIRTS_M : 0);
  const corner = (x: number, y: number): PlanPoint => ({ x: edge(column + x, COLUMNS), y: edge(row + y, ROWS) });
  const ring: LatLng[] = [
    ...side(corner(0, 0), corner(1, 0), BLOCKS_ACROSS),
    ...side(corner(1, 0), corner(1, 1), BLOCKS_DOWN),
    ...side(corner(1, 1), corner(0, 1), BLOCKS_ACROSS),
    ...side(corner(0, 1), corner(0, 0), BLOCKS_DOWN),
    corner(0, 0),
  ].map((point) => onTheGround(moved(point)));
  return { name, polygons: [[ring]] };
}

/** Points from one corner to the next, the last left out: borders follow the bend of the avenues along them. */
function side(from: PlanPoint, to: PlanPoint, blocks: number): PlanPoint[] {
  return Array.from({ length: blocks }, (_, index) => ({
    x: from.x + ((to.x - from.x) * index) / blocks,
    y: from.y + ((to.y - from.y) * index) / blocks,
  }));
}

function between(a: PlanPoint, b: PlanPoint): PlanPoint {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/** A source of numbers in [0, 1). The same seed gives the same sequence on every machine. */
export type Random = () => number;

/** Mulberry32: 32 bits of state, good enough to scatter doors and cheap to read. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
