import { bearingDegrees, distanceM, type LatLng } from '../state/geometry.js';
import { aimedBox } from '../state/reduce-drawing.js';
import { boxLocation, located } from '../state/selectors.js';
import type { OzlocState, Pole } from '../state/state.js';

/** Poles further than this from the last one are no next step. */
const STEP_MAX_M = 90;
const SHOWN = 5;

/** A pole that the drop may go to next. `direction`: 0 north, 1 northeast … 7 northwest. */
export interface NextPole {
  pole: Pole;
  distanceM: number;
  direction: Direction;
}
export type Direction = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** The poles that lead on from where the drawing stands, those that lead to the box first: the list by which it is drawn without a mouse. */
export function nextPoles(state: OzlocState): NextPole[] {
  const { position, drawing, poles } = state;
  const last: LatLng | null = drawing.poles.at(-1) ?? position;
  if (!last) return [];
  const goal = boxLocation(state, aimedBox(state)) ?? nearestOffer(state, last);
  const used = new Set(drawing.poles.map(({ id }) => id));
  return poles.list
    .filter(({ id }) => !used.has(id))
    .map((pole) => ({ pole, distanceM: distanceM(last, pole) }))
    .filter((step) => step.distanceM <= STEP_MAX_M)
    .sort((a, b) => detour(a.pole, a.distanceM, goal) - detour(b.pole, b.distanceM, goal))
    .slice(0, SHOWN)
    .map((step) => ({ ...step, direction: directionOf(bearingDegrees(last, step.pole)) }));
}

// A short step on the way beats a long one past it; a step counts a little more than the rest of the way, so that no pole is skipped.
function detour(pole: LatLng, stepM: number, goal: LatLng | null): number {
  return goal ? stepM * 1.3 + distanceM(pole, goal) : stepM;
}

function nearestOffer(state: OzlocState, from: LatLng): LatLng | null {
  const points = (state.viability.answer?.boxes ?? []).map(({ box }) => located(box)).filter((point) => point !== null);
  return points.sort((a, b) => distanceM(from, a) - distanceM(from, b))[0] ?? null;
}

function directionOf(bearing: number): Direction {
  return (Math.round(bearing / 45) % 8) as Direction;
}
