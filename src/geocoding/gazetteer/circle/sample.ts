import { type Choice, chooseNumber } from '../choose.js';
import type { Neighbourhoods } from '../neighbourhoods.js';
import { type Plane, planeDistanceM, quantileOf } from '../plane.js';
import { type Street, withRuns } from '../streets.js';

const USUAL_PLOT_M = 12;
const NEXT_DOOR = 30;

/** The city's usual distance from a door to the next one on its side, metres. */
export function plotWidthM(streets: readonly Street[]): number {
  const widths: number[] = [];
  for (const { runs } of streets) {
    for (const side of runs.flatMap(({ sides }) => sides)) {
      side.forEach((door, index) => {
        const next = side[index + 1];
        if (next && next.number > door.number && next.number - door.number <= NEXT_DOOR)
          widths.push(planeDistanceM(door, next));
      });
    }
  }
  return widths.length === 0 ? USUAL_PLOT_M : quantileOf(widths, 0.5);
}

/** One door that was left out: what the rest of the city made of its number, and how far off that was. */
export interface Trial {
  choice: Choice;
  errorM: number;
}

const LEFT_OUT_OF = 10;
const TRIALS_AT_MOST = 8000;

/**
 * Leaves one numbered door in ten out of the city and looks for it with what remains, half of the time with its neighbourhood.
 * Deterministic: which doors are left out depends on their order only.
 */
export function tryLeftOutDoors(streets: readonly Street[], neighbourhoods: Neighbourhoods, plane: Plane): Trial[] {
  const doorCount = streets.reduce((sum, { doors }) => sum + doors.length, 0);
  const outOf = Math.max(LEFT_OUT_OF, Math.ceil(doorCount / TRIALS_AT_MOST));
  const trials: Trial[] = [];
  let position = 0;
  for (const street of streets) {
    const doors = Map.groupBy(street.doors, () => scattered(position++) % outOf === 0);
    const [kept = [], leftOut = []] = [doors.get(false), doors.get(true)];
    if (leftOut.length === 0 || kept.length === 0) continue;
    const likely = [{ street: withRuns({ ...street, doors: kept }), nameWeight: 1 }];
    for (const door of leftOut) {
      const area = trials.length % 2 === 0 ? neighbourhoods.at(plane.toDegrees(door)) : null;
      const choice = chooseNumber(likely, door.number, area ? [area] : []);
      if (choice) trials.push({ choice, errorM: planeDistanceM(choice.best, door) });
    }
  }
  return trials;
}

/** A number that has nothing to do with the order of doors, so that those left out are not every tenth of a row. */
function scattered(position: number): number {
  let mixed = Math.imul(position + 1, 0x9e3779b1) >>> 0;
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x2c1b3c6d) >>> 0;
  return (mixed ^ (mixed >>> 12)) >>> 0;
}
