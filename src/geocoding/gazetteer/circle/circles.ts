import { type Choice, isSure } from '../choose.js';
import type { Door } from '../doors/run.js';
import { type PlanePoint, planeDistanceM, quantile } from '../plane.js';
import type { Trial } from './sample.js';
import { type Expectation, radiusAt, stepsOf } from './steps.js';

/**
 * The weights that make `rows · weights` come nearest to `values`, with a little ridge so that a feature without variation does no
 * harm. Rows must have one length; a constant feature is the caller's to add.
 */
function leastSquares(rows: readonly (readonly number[])[], values: readonly number[], ridge = 1e-3): number[] {
  const width = rows[0]?.length ?? 0;
  const system = Array.from({ length: width }, (_, row) => {
    const equation = new Float64Array(width + 1);
    equation[row] = ridge * rows.length;
    return equation;
  });
  rows.forEach((features, index) => {
    system.forEach((equation, row) => {
      const factor = features[row] ?? 0;
      for (let column = 0; column < width; column += 1) add(equation, column, factor * (features[column] ?? 0));
      add(equation, width, factor * (values[index] ?? 0));
    });
  });
  // Gauss-Jordan; the ridge keeps every pivot away from zero.
  system.forEach((equation, pivot) => {
    const pivotValue = equation[pivot] ?? 1;
    for (const [row, other] of system.entries()) {
      if (row === pivot) continue;
      const factor = (other[pivot] ?? 0) / pivotValue;
      for (let column = pivot; column <= width; column += 1) add(other, column, -factor * (equation[column] ?? 0));
    }
  });
  return system.map((equation, row) => (equation[width] ?? 0) / (equation[row] ?? 1));
}

function add(equation: Float64Array, column: number, value: number): void {
  equation[column] = (equation[column] ?? 0) + value;
}

const NEARBY_M = 400;
const DOORS_LOOKED_AT = 8;
const HIGH = 0.8;
/** Where no door is near, as if half of them were out of order. */
const NOBODY_NEAR = 30;

/**
 * How orderly a street's numbers are around a place, over the nearest doors on all runs: cities number by metres, so that distance and
 * difference in number go together. The middle and a high value of the metres that the doors next in number lie farther away than their
 * numbers say, then of how much more the numbers of the doors next in space differ than their distance says.
 */
function localOrder(doors: readonly Door[], number: number, point: PlanePoint): number[] {
  const nearby: { steps: number; metres: number }[] = [];
  for (const door of doors) {
    const metres = planeDistanceM(door, point);
    if (metres < NEARBY_M) nearby.push({ steps: Math.abs(door.number - number), metres });
  }
  const byNumber = nearby.toSorted((a, b) => a.steps - b.steps).slice(0, DOORS_LOOKED_AT);
  const byDistance = nearby.toSorted((a, b) => a.metres - b.metres).slice(0, DOORS_LOOKED_AT);
  return [
    ...middleAndHigh(byNumber.map(({ steps, metres }) => metres - steps)),
    ...middleAndHigh(byDistance.map(({ steps, metres }) => steps - metres)),
  ];
}

function middleAndHigh(excesses: readonly number[]): number[] {
  if (excesses.length === 0) return [NOBODY_NEAR, NOBODY_NEAR];
  const sorted = Float64Array.from(excesses, (excess) => Math.max(0, excess)).sort();
  return [quantile(sorted, 0.5), quantile(sorted, HIGH)];
}

/**
 * Predictors of an estimate's error, for the error model: the way it was made, how far apart the
 * doors used are in metres and in numbers, how well doors fit their neighbours here, how orderly numbers are around, and how serious
 * the rivals are.
 */
function featuresOf({ best, number, share, rivalM }: Choice): number[] {
  const is = (kind: typeof best.kind) => (best.kind === kind ? 1 : 0);
  const span = onScale(best.spanM);
  const gap = onScale(best.gap);
  return [
    1,
    is('across'),
    is('beyond'),
    is('between') * span,
    is('across') * span,
    is('beyond') * gap,
    (1 - is('beyond')) * gap,
    onScale(best.misfitM),
    1 - share,
    onScale(rivalM),
    best.street.disorder,
    Math.min(1, best.doorsInRun / 20),
    ...localOrder(best.street.doors, number, best).map(onScale),
  ];
}

/** Errors and distances are compared by ratio; 5 m more or less make no difference. */
function onScale(metres: number): number {
  return Math.log(metres + 5);
}

/** Predicts how wide the circle around an estimate must be. */
export interface Circles {
  /** Metres around the estimate that hold the true door in the promised share of cases. */
  radiusM(choice: Choice): number;
}

/** Fewer trials than this tell nothing about rare large errors. */
const LEAST_TRIALS = 200;
/** An error beyond this is a wrong place, not a wide circle; it counts, but does not bend the model. */
const WRONG_PLACE_M = 1000;
/** Where more doors than this share their number with another, the one that is known may not be the one that is meant. */
const OFTEN_TWINS = 0.1;
/** A door that lies so far from where its neighbours would put it may be misplaced in the data. */
const OUT_OF_LINE_M = 25;
/** From the door that the data know to anywhere that people would call it, in plot widths. */
const WITHIN_PLOT = 0.75;

/**
 * Learns circles from doors whose true place is known. A model of the error, from what is known beforehand, orders the trials; how
 * wide the circle must be at each expected error is then read off the trials themselves. Each half of the trials is ordered by the
 * model of the other half, so the share holds whether or not the model is any good, and the better it is the smaller the circles.
 *
 * `plotWidthM`: how wide a plot is here; a door that is in the data is right within its plot.
 */
export function learnCircles(trials: readonly Trial[], plotWidthM: number): Circles {
  // What would come back as a question needs no circle, and says nothing about those of the answers.
  const judged = trials.filter(({ choice }) => choice.best.kind !== 'exact' && isSure(choice));
  const exactRadiusM = ({ best }: Choice) => {
    const { share, spanM } = best.street.twins;
    return (
      Math.max(best.spanM / 2, share > OFTEN_TWINS ? spanM : 0, best.misfitM > OUT_OF_LINE_M ? best.misfitM : 0) +
      WITHIN_PLOT * plotWidthM
    );
  };
  if (judged.length < LEAST_TRIALS) {
    return { radiusM: (choice) => (choice.best.kind === 'exact' ? exactRadiusM(choice) : carefulRadiusM(choice)) };
  }
  const [even, odd] = [0, 1].map((half) => judged.filter((_, index) => index % 2 === half));
  const steps = stepsOf([
    ...expectations(even ?? [], modelOf(odd ?? [])),
    ...expectations(odd ?? [], modelOf(even ?? [])),
  ]);
  const model = modelOf(judged);
  return {
    radiusM: (choice) =>
      choice.best.kind === 'exact' ? exactRadiusM(choice) : atLeastTheGap(choice, radiusAt(steps, model(choice))),
  };
}

/** Trials end where the known doors end; farther out, the door may be as far as the numbers say. */
function atLeastTheGap({ best }: Choice, radiusM: number): number {
  return best.kind === 'beyond' ? Math.max(radiusM, best.gap / 2) : radiusM;
}

type Model = (choice: Choice) => number;

function modelOf(trials: readonly Trial[]): Model {
  const weights = leastSquares(
    trials.map(({ choice }) => featuresOf(choice)),
    trials.map(({ errorM }) => onScale(Math.min(errorM, WRONG_PLACE_M))),
  );
  return (choice) => featuresOf(choice).reduce((sum, feature, index) => sum + feature * (weights[index] ?? 0), 0);
}

function expectations(trials: readonly Trial[], model: Model): Expectation[] {
  return trials.map(({ choice, errorM }) => ({ expected: model(choice), errorM }));
}

/** For a place with too few doors to learn from: wide rather than wrong. */
function carefulRadiusM({ best, rivalM }: Choice): number {
  const own = best.kind === 'beyond' ? 40 + 1.5 * best.gap : 20 + 0.6 * best.spanM;
  return own + 2 * best.misfitM + rivalM;
}
