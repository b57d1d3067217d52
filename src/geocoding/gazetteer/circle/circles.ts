import { type Choice, isSure } from '../choose.js';
import { featuresOf, onScale } from './features.js';
import { leastSquares } from './least-squares.js';
import type { Trial } from './sample.js';
import { type Expectation, radiusAt, stepsOf } from './steps.js';

/** Tells how wide the circle around an estimate must be. */
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
