import type { AddressPoint } from '../city.js';
import type { Random } from '../random.js';
import { onTheGround, type PlanPoint } from './plan.js';
import type { PlannedStreet } from './streets.js';

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

/** The doors of one street: even numbers on the right in the direction of numbering, odd ones on the left. */
export function layDoors(street: PlannedStreet, random: Random): AddressPoint[] {
  const doors: AddressPoint[] = [];
  const corners = distancesOf(street.crossings);
  const lengthM = corners.at(-1) ?? 0;
  for (const side of [0, 1]) {
    let lastNumber = 0;
    let reachM = 0;
    while (reachM < lengthM) {
      const widthM = LOT_WIDTH_M.least + random() * (LOT_WIDTH_M.most - LOT_WIDTH_M.least);
      const doorM = reachM + widthM / 2;
      reachM += widthM;
      if (random() < EMPTY_LOTS || corners.some((cornerM) => Math.abs(cornerM - doorM) < CORNER_M)) continue;
      const place = placeAt(street.crossings, corners, doorM);
      if (!place) continue;
      const number = Math.max(lastNumber + 2, 2 * Math.round((street.startM + doorM) / 2) + side);
      lastNumber = number;
      const point = asideOf(place, side === 0 ? street.setbackM : -street.setbackM);
      doors.push({
        street: street.name,
        number: random() < WITHOUT_NUMBER ? null : number,
        ...onTheGround(point),
      });
    }
  }
  return doors;
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
