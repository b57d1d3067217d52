import { planeDistanceM, quantile } from '../plane.js';
import type { Street } from '../streets.js';

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
  return widths.length === 0 ? USUAL_PLOT_M : quantile(Float64Array.from(widths).sort(), 0.5);
}
