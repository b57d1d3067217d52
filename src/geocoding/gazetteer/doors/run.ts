import { type PlanePoint, planeDistanceM, pointBetween } from '../plane.js';

/** A numbered door on the plane. */
export interface Door extends PlanePoint {
  number: number;
}

/** A door within its run. */
export interface RunDoor extends Door {
  /** How far the door lies from where its neighbours on the same side would put it; null for the first and the last. */
  misfitM: number | null;
}

/**
 * Doors of one street whose numbers rise from door to door nearby: one numbering that can be counted along. A street name that
 * stands in two neighbourhoods, or a street that was numbered twice, gives two runs or more.
 */
export interface Run {
  /** Both sides, by number. */
  doors: RunDoor[];
  /** Even doors, odd doors, each by number. */
  sides: readonly [RunDoor[], RunDoor[]];
}

/** A door joins a run when it lies within this many metres, and so many more for each step of the number. */
const NEAR_M = 60;
const METRES_PER_NUMBER = 2;
const FARTHEST_M = 600;
/** The last doors of a run that a new one may join to: sides alternate, and one door may stand out. */
const LAST_DOORS = 3;

/** Parts the numbered doors of one street into runs; each door joins the nearest one that it can follow. */
export function partIntoRuns(doors: readonly Door[]): Run[] {
  const parts: RunDoor[][] = [];
  for (const door of [...doors].sort((a, b) => a.number - b.number || a.x - b.x || a.y - b.y)) {
    let nearest: RunDoor[] | undefined;
    let nearestM = Number.POSITIVE_INFINITY;
    for (const part of parts) {
      const distance = joiningDistanceM(part, door);
      if (distance < nearestM) [nearest, nearestM] = [part, distance];
    }
    const joined = { number: door.number, x: door.x, y: door.y, misfitM: null };
    if (nearest) nearest.push(joined);
    else parts.push([joined]);
  }
  return parts.map((part) => {
    const sides: [RunDoor[], RunDoor[]] = [[], []];
    for (const door of part) sides[sideOf(door.number)].push(door);
    for (const side of sides) measureMisfits(side);
    return { doors: part, sides };
  });
}

/** 0 for the even side, 1 for the odd one. */
export function sideOf(number: number): 0 | 1 {
  return number % 2 === 0 ? 0 : 1;
}

function joiningDistanceM(part: readonly RunDoor[], door: Door): number {
  let least = Number.POSITIVE_INFINITY;
  for (const other of part.slice(-LAST_DOORS)) {
    const limitM = Math.min(FARTHEST_M, NEAR_M + METRES_PER_NUMBER * (door.number - other.number));
    const distance = planeDistanceM(other, door);
    if (distance <= limitM) least = Math.min(least, distance);
  }
  return least;
}

function measureMisfits(side: readonly RunDoor[]): void {
  side.forEach((door, index) => {
    const [before, after] = [side[index - 1], side[index + 1]];
    if (!before || !after) return;
    const steps = after.number - before.number;
    const share = steps === 0 ? 0.5 : (door.number - before.number) / steps;
    door.misfitM = planeDistanceM(door, pointBetween(before, after, share));
  });
}
