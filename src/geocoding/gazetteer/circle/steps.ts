import { quantileOf } from '../plane.js';

/** An error that a model expected, on the model's own scale, and the one that came. */
export interface Expectation {
  expected: number;
  errorM: number;
}

/** How wide the circle is around an estimate of which so much error is expected. */
export interface Step {
  expected: number;
  radiusM: number;
}

/**
 * What the circles are calibrated to hold. The promise is 93 of 100 (`GeocodedLocation.accuracyM`); the rest is for doors of which
 * the data know only a twin, and for the chance in a sample.
 */
export const CALIBRATED_SHARE = 0.965;
const TRIALS_IN_A_STEP = 200;
const STEPS_AT_MOST = 16;
const LEAST_RADIUS_M = 5;

/**
 * Reads off trials how wide the circle must be at each expected error: trials by expected error, in parts of like size. A part with less error
 * than the one before it is chance, and joins it: more expected error never makes the circle smaller.
 */
export function stepsOf(trials: readonly Expectation[]): Step[] {
  const ordered = [...trials].sort((a, b) => a.expected - b.expected);
  const count = Math.max(1, Math.min(STEPS_AT_MOST, Math.floor(ordered.length / TRIALS_IN_A_STEP)));
  const parts: (Step & { trials: Expectation[] })[] = [];
  for (let index = 0; index < count; index += 1) {
    let joined = partOf(ordered.slice((index * ordered.length) / count, ((index + 1) * ordered.length) / count));
    for (let last = parts.at(-1); last && joined.radiusM < last.radiusM; last = parts.at(-1)) {
      joined = partOf([...last.trials, ...joined.trials]);
      parts.pop();
    }
    parts.push(joined);
  }
  return parts.map(({ expected, radiusM }) => ({ expected, radiusM }));
}

function partOf(trials: Expectation[]): Step & { trials: Expectation[] } {
  const errors = trials.map(({ errorM }) => errorM);
  const radiusM = Math.max(LEAST_RADIUS_M, quantileOf(errors, CALIBRATED_SHARE));
  return { expected: trials[trials.length >> 1]?.expected ?? 0, radiusM, trials };
}

/** The radius at an expected error, between the steps on the line from one to the next. */
export function radiusAt(steps: readonly Step[], expected: number): number {
  const above = steps.findIndex((step) => step.expected >= expected);
  const to = steps[above] ?? steps.at(-1);
  const from = steps[above - 1] ?? to;
  if (!from || !to) return Number.POSITIVE_INFINITY;
  const share = to.expected === from.expected ? 1 : (expected - from.expected) / (to.expected - from.expected);
  return from.radiusM + Math.max(0, Math.min(1, share)) * (to.radiusM - from.radiusM);
}
