import type { LatLng } from '../city.js';

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
