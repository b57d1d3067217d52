import { bearingDegrees, distanceM, type LatLng } from '../state/geometry.js';
import { aimedBox } from '../state/reduce-drawing.js';
import { boxLocation, located } from '../state/selectors.js';
import type { OzlocState, Pole } from '../state/state.js';

/** Something that a click may mean, in pixels of the map. */
export interface Target<T> {
  x: number;
  y: number;
  value: T;
}

/** About the width of a fingertip's centre: wide enough to hit, narrow enough not to pull in what was not meant. */
export const SNAP_RADIUS_PX = 16;

/** The target nearest to a point within the radius; null when the point is on nothing. */
export function nearestTarget<T>(
  at: { x: number; y: number },
  targets: Iterable<Target<T>>,
  radiusPx = SNAP_RADIUS_PX,
): T | null {
  let best: T | null = null;
  let bestDistance = radiusPx;
  for (const { x, y, value } of targets) {
    const distance = Math.hypot(x - at.x, y - at.y);
    if (distance > bestDistance) continue;
    best = value;
    bestDistance = distance;
  }
  return best;
}

export type DrawTarget = { kind: 'pole'; pole: Pole; at: LatLng } | { kind: 'box'; boxId: string; at: LatLng };

/** Boxes hang on poles: within this distance a click means the box. */
const BOX_RADIUS_PX = 15;

/** The pole or the box on offer under the pointer: the only points that a drop may have, since OZmap can hold no others. */
export function drawTarget(
  state: OzlocState,
  at: { x: number; y: number },
  project: (point: LatLng) => { x: number; y: number },
): DrawTarget | null {
  const boxes = (state.viability.answer?.boxes ?? []).flatMap(({ box }): Target<DrawTarget>[] => {
    const place = located(box);
    return place ? [{ ...project(place), value: { kind: 'box', boxId: box.id, at: place } }] : [];
  });
  const box = nearestTarget(at, boxes, BOX_RADIUS_PX);
  if (box) return box;
  const poles = state.poles.list.map((pole): Target<DrawTarget> => {
    const place = { lat: pole.lat, lng: pole.lng };
    return { ...project(place), value: { kind: 'pole', pole, at: place } };
  });
  return nearestTarget(at, poles, SNAP_RADIUS_PX);
}

/** A pole that carries a box is the box: on the map a click there ends the drop. */
export const ON_POLE_M = 2;
/** Poles further than this from the last one are no next step. */
const STEP_MAX_M = 90;
const SHOWN = 5;
/** Of a step that leads on, at least this share is gained towards the box … */
const GAINED = 0.3;
/** … or it costs hardly more than the straight way, as across the pavement to the pole at the door. */
const HARDLY_M = 10;

/** A pole that the drop may go to next. `direction`: 0 north, 1 northeast … 7 northwest. */
export interface NextPole {
  pole: Pole;
  /** From where the drawing stands. */
  distanceM: number;
  direction: Direction;
  /** It brings the drop nearer to the box. */
  leadsOn: boolean;
}
export type Direction = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** The poles that lead on from where the drawing stands, nearest first, and then the detours: the list by which it is drawn without a mouse. */
export function nextPoles(state: OzlocState): NextPole[] {
  const { position, drawing, poles } = state;
  const last: LatLng | null = drawing.poles.at(-1) ?? position;
  if (!last) return [];
  const aimed = boxLocation(state, aimedBox(state));
  const goal = aimed ?? nearestOffer(state, last);
  const used = new Set(drawing.poles.map(({ id }) => id));
  // Past the pole of another box a drop may lead on.
  const boxes = aimed ? [aimed] : offered(state);
  return poles.list
    .filter((pole) => !used.has(pole.id) && !boxes.some((box) => distanceM(box, pole) < ON_POLE_M))
    .map((pole) => ({ pole, distanceM: distanceM(last, pole) }))
    .filter((step) => step.distanceM <= STEP_MAX_M)
    .sort((a, b) => detour(a.pole, a.distanceM, goal) - detour(b.pole, b.distanceM, goal))
    .slice(0, SHOWN)
    .map((step) => ({
      ...step,
      direction: directionOf(bearingDegrees(last, step.pole)),
      leadsOn: !goal || leadsOn(distanceM(last, goal), step.distanceM, distanceM(step.pole, goal)),
    }))
    .sort((a, b) => Number(b.leadsOn) - Number(a.leadsOn) || a.distanceM - b.distanceM);
}

/** All in metres: the straight way to the box, the step, and the rest from there. */
function leadsOn(straight: number, step: number, rest: number): boolean {
  return straight - rest >= step * GAINED || step + rest <= straight + HARDLY_M;
}

// A short step on the way beats a long one past it; a step counts a little more than the rest of the way, so that no pole is skipped.
function detour(pole: LatLng, stepM: number, goal: LatLng | null): number {
  return goal ? stepM * 1.3 + distanceM(pole, goal) : stepM;
}

function nearestOffer(state: OzlocState, from: LatLng): LatLng | null {
  return offered(state).sort((a, b) => distanceM(from, a) - distanceM(from, b))[0] ?? null;
}

function offered({ viability }: OzlocState): LatLng[] {
  return (viability.answer?.boxes ?? []).map(({ box }) => located(box)).filter((point) => point !== null);
}

function directionOf(bearing: number): Direction {
  return (Math.round(bearing / 45) % 8) as Direction;
}
