import type { LatLng } from '../city.js';
import { AVENUES_EAST, AVENUES_NORTH, LANES, SQUARES, STREETS } from './names.js';

/** A point of the town's plan in metres, before the ground bends it: x to the east, y to the north. */
export interface PlanPoint {
  x: number;
  y: number;
}

/** Neighbourhoods across and down, and the side of each in metres: six squares of 480 m, an avenue on every border. */
export const COLUMNS = 3;
export const ROWS = 2;
export const SIDE_M = 480;

/** Blocks across and down within one neighbourhood: 120 m by 80 m. */
export const BLOCKS_ACROSS = 4;
export const BLOCKS_DOWN = 6;

const SOUTH_WEST: LatLng = { lat: -19.4672, lng: -44.2581 };
const METRES_PER_DEGREE = 111_195;
const METRES_PER_DEGREE_LNG = METRES_PER_DEGREE * Math.cos((SOUTH_WEST.lat * Math.PI) / 180);
const TURN = (11 * Math.PI) / 180;

/**
 * Where a point of the plan lies on the ground: the plan is turned and gently bent, so that no street of the town is a straight
 * line along a meridian, which would hide mistakes between latitude and longitude.
 */
export function onTheGround({ x, y }: PlanPoint): LatLng {
  const bentX = x + 14 * Math.sin(y / 190);
  const bentY = y + 11 * Math.sin(x / 230);
  const east = bentX * Math.cos(TURN) - bentY * Math.sin(TURN);
  const north = bentX * Math.sin(TURN) + bentY * Math.cos(TURN);
  return {
    lat: rounded(SOUTH_WEST.lat + north / METRES_PER_DEGREE),
    lng: rounded(SOUTH_WEST.lng + east / METRES_PER_DEGREE_LNG),
  };
}

// Seven decimals are a centimetre; equal points of the plan stay equal on the ground.
function rounded(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}

/** A street of the plan: the crossings it passes, in the order in which its doors are numbered. */
export interface PlannedStreet {
  name: string;
  crossings: PlanPoint[];
  /** Metres from the street's beginning to its first crossing here: numbers count metres, as Brazilian cities number. */
  startM: number;
  /** From the middle of the road to the front doors, metres. */
  setbackM: number;
}

const BLOCK_WIDTH_M = SIDE_M / BLOCKS_ACROSS;
const BLOCK_DEPTH_M = SIDE_M / BLOCKS_DOWN;
const WIDTH_M = COLUMNS * SIDE_M;
const DEPTH_M = ROWS * SIDE_M;
const STREET_SETBACK_M = 9;
const AVENUE_SETBACK_M = 15;

/** The block of each neighbourhood that a lane cuts in two, and the one that is a square: block column and row within it. */
const LANE_BLOCK = { across: 2, down: 1 };
const SQUARE_BLOCK = { across: 1, down: 3 };

/**
 * All streets of the town. Every crossing is one point of the plan that all its streets share, so that poles can be linked from
 * street to street.
 */
export function planStreets(): PlannedStreet[] {
  const avenue = (name: string, crossings: PlanPoint[]) => ({ name, crossings, startM: 0, setbackM: AVENUE_SETBACK_M });
  const north = AVENUES_NORTH.map((name, column) =>
    avenue(
      name,
      steps(DEPTH_M, BLOCK_DEPTH_M, (y) => ({ x: column * SIDE_M, y })),
    ),
  );
  const east = AVENUES_EAST.map((name, row) =>
    avenue(
      name,
      steps(WIDTH_M, BLOCK_WIDTH_M, (x) => ({ x, y: row * SIDE_M })),
    ),
  );
  return [...north, ...east, ...STREETS.flatMap((_, index) => streetsOf(index))];
}

/** Streets of one neighbourhood: those from south to north, those from west to east, then its square and its lane. */
function streetsOf(index: number): PlannedStreet[] {
  const west = (index % COLUMNS) * SIDE_M;
  const south = Math.floor(index / COLUMNS) * SIDE_M;
  const [names = [], square = null, lane = null] = [STREETS[index], SQUARES[index], LANES[index]];
  const local = (name: string | null | undefined, crossings: PlanPoint[], startM = 0): PlannedStreet => ({
    name: name ?? `Rua ${index + 1}`,
    crossings,
    startM,
    setbackM: STREET_SETBACK_M,
  });
  const streets: PlannedStreet[] = [];
  const squareSouth = south + SQUARE_BLOCK.down * BLOCK_DEPTH_M;

  for (let column = 1; column < BLOCKS_ACROSS; column += 1) {
    const x = west + column * BLOCK_WIDTH_M;
    const all = steps(SIDE_M, BLOCK_DEPTH_M, (y) => ({ x, y: south + y }));
    const besideSquare = square !== null && (column === SQUARE_BLOCK.across || column === SQUARE_BLOCK.across + 1);
    // A street that reaches a square ends there and goes on beyond it under its own name.
    const name = names[column - 1];
    if (!besideSquare) streets.push(local(name, all));
    else {
      const beyond = SQUARE_BLOCK.down + 1;
      streets.push(local(name, all.slice(0, beyond)), local(name, all.slice(beyond), beyond * BLOCK_DEPTH_M));
    }
  }
  const laneX = west + (LANE_BLOCK.across + 0.5) * BLOCK_WIDTH_M;
  const laneSouth = south + LANE_BLOCK.down * BLOCK_DEPTH_M;
  for (let row = 1; row < BLOCKS_DOWN; row += 1) {
    const y = south + row * BLOCK_DEPTH_M;
    const crossings = steps(SIDE_M, BLOCK_WIDTH_M, (x) => ({ x: west + x, y }));
    const meetsLane = lane !== null && (row === LANE_BLOCK.down || row === LANE_BLOCK.down + 1);
    if (meetsLane) crossings.splice(LANE_BLOCK.across + 1, 0, { x: laneX, y });
    streets.push(local(names[BLOCKS_ACROSS - 2 + row], crossings));
  }
  const alongBlock = (x: number, fromY: number) => steps(BLOCK_DEPTH_M, BLOCK_DEPTH_M, (y) => ({ x, y: fromY + y }));
  for (const side of square ? [0, 1] : []) {
    const x = west + (SQUARE_BLOCK.across + side) * BLOCK_WIDTH_M;
    streets.push(local(square, alongBlock(x, squareSouth), side * BLOCK_DEPTH_M));
  }
  if (lane) streets.push(local(lane, alongBlock(laneX, laneSouth)));
  return streets;
}

function steps(lengthM: number, stepM: number, at: (offsetM: number) => PlanPoint): PlanPoint[] {
  return Array.from({ length: Math.round(lengthM / stepM) + 1 }, (_, index) => at(index * stepM));
}
