import type { Door } from '../doors/run.js';
import { type PlanePoint, planeDistanceM, quantile } from '../plane.js';

/** How orderly a street's numbers are around a place, each as the middle and a high value over the nearest doors. */
export interface LocalOrder {
  /** Metres that the doors next in number lie farther away than their numbers say. */
  awayM: [number, number];
  /** By how much more the numbers of the doors next in space differ than their distance says. */
  off: [number, number];
}

const NEARBY_M = 400;
const DOORS_LOOKED_AT = 8;
const HIGH = 0.8;
/** Where no door is near, as if half of them were out of order. */
const NOBODY_NEAR = 30;

/** Looks at the doors around a place, on all runs: cities number by metres, so that distance and difference in number go together. */
export function localOrder(doors: readonly Door[], number: number, point: PlanePoint): LocalOrder {
  const nearby: { steps: number; metres: number }[] = [];
  for (const door of doors) {
    const metres = planeDistanceM(door, point);
    if (metres < NEARBY_M) nearby.push({ steps: Math.abs(door.number - number), metres });
  }
  const byNumber = nearby.toSorted((a, b) => a.steps - b.steps).slice(0, DOORS_LOOKED_AT);
  const byDistance = nearby.toSorted((a, b) => a.metres - b.metres).slice(0, DOORS_LOOKED_AT);
  return {
    awayM: middleAndHigh(byNumber.map(({ steps, metres }) => metres - steps)),
    off: middleAndHigh(byDistance.map(({ steps, metres }) => steps - metres)),
  };
}

function middleAndHigh(excesses: readonly number[]): [number, number] {
  if (excesses.length === 0) return [NOBODY_NEAR, NOBODY_NEAR];
  const sorted = Float64Array.from(excesses, (excess) => Math.max(0, excess)).sort();
  return [quantile(sorted, 0.5), quantile(sorted, HIGH)];
}
