import { middleOf, type PlanePoint, planeDistanceM, pointBetween } from '../plane.js';
import { type Door, type Run, type RunDoor, sideOf } from './run.js';

/**
 * `exact`: the door is known. `between`: two doors of the same side enclose the number. `across`: two doors of either side do.
 * `beyond`: the number lies before the first door or after the last.
 */
type EstimateKind = 'exact' | 'between' | 'across' | 'beyond';

/** Where one run of doors would put a number. */
export interface Estimate extends PlanePoint {
  kind: EstimateKind;
  /** Metres between the two doors used; for `exact` between the doors that share the number, for `beyond` 0. */
  spanM: number;
  /** Numbers between the two doors used; for `beyond` from the last door to the number asked for. */
  gap: number;
  /** How badly doors here fit their neighbours, metres. */
  misfitM: number;
  /** Rough error expected, metres: chooses between ways of estimating, nothing else. */
  roughErrorM: number;
  /** How likely this run holds the number at all, against other runs. */
  weight: number;
  doorsInRun: number;
}

// The constants below were fitted on the doors of Contagem. They only rank estimates; the circle that callers see is calibrated
// on the city that the gazetteer is built from.
const UNKNOWN_MISFIT_M = 15;
const EXACT_WEIGHT = 6;
const USUAL_GAP = 60;
const BEYOND_FADES_OVER = 40;
const DOORS_OF_A_PROPER_RUN = 10;
const EXTENDED_AT_MOST_M = 40;
const LEAST_WEIGHT = 1e-9;

/** Where this run puts the number: the best of interpolation on its side, interpolation over both sides, and extension at an end. */
export function estimateInRun(run: Run, number: number): Estimate | null {
  const found = exact(run, number) ?? best([...enclosed(run, number), ...beyond(run, number)]);
  if (!found) return null;
  const properRun = Math.min(1, (run.doors.length + 1) / DOORS_OF_A_PROPER_RUN) ** 2;
  return { ...found, weight: Math.max(LEAST_WEIGHT, found.weight * properRun), doorsInRun: run.doors.length };
}

type RunEstimate = Omit<Estimate, 'doorsInRun'>;

function exact(run: Run, number: number): RunEstimate | null {
  const doors = run.doors.slice(firstFrom(run.doors, number), firstFrom(run.doors, number + 1));
  if (doors.length === 0) return null;
  const middle = middleOf(doors);
  const spanM = 2 * Math.max(...doors.map((door) => planeDistanceM(door, middle)));
  return {
    ...middle,
    kind: 'exact',
    spanM,
    gap: 0,
    misfitM: misfitOf(doors),
    roughErrorM: spanM / 2,
    weight: EXACT_WEIGHT,
  };
}

function enclosed(run: Run, number: number): RunEstimate[] {
  const estimates: RunEstimate[] = [];
  const side = run.sides[sideOf(number)];
  for (const [doors, kind] of [
    [side, 'between'],
    [run.doors, 'across'],
  ] as const) {
    const at = firstFrom(doors, number);
    const [before, after] = [doors[at - 1], doors[at]];
    if (!before || !after) continue;
    const gap = after.number - before.number;
    const share = (number - before.number) / gap;
    const spanM = planeDistanceM(before, after);
    const misfitM = misfitOf([before, after, doors[at - 2], doors[at + 1]]);
    const roughErrorM =
      kind === 'between'
        ? 3 + 0.25 * spanM * Math.min(1, 4 * share * (1 - share) + 0.2) + 0.8 * misfitM
        : 9 + 0.3 * spanM + 0.8 * misfitM;
    const weight = Math.min(1, USUAL_GAP / gap);
    estimates.push({ ...pointBetween(before, after, share), kind, spanM, gap, misfitM, roughErrorM, weight });
  }
  return estimates;
}

function beyond(run: Run, number: number): RunEstimate[] {
  const estimates: RunEstimate[] = [];
  for (const [doors, baseM] of [
    [run.sides[sideOf(number)], 6],
    [run.doors, 11],
  ] as const) {
    const at = firstFrom(doors, number);
    if (at > 0 && at < doors.length) continue;
    const inward = at === 0 ? 1 : -1;
    const last = doors[at === 0 ? 0 : doors.length - 1];
    if (!last) continue;
    const lastAt = at === 0 ? 0 : doors.length - 1;
    const inner = doors[lastAt + 2 * inward] ?? doors[lastAt + inward];
    const gap = Math.abs(last.number - number);
    const misfitM = misfitOf([inner]);
    estimates.push({
      ...extended(last, inner, gap),
      kind: 'beyond',
      spanM: 0,
      gap,
      misfitM,
      roughErrorM: baseM + 0.5 * Math.min(gap, 400) + 0.8 * misfitM,
      weight: Math.exp(-gap / BEYOND_FADES_OVER),
    });
  }
  return estimates;
}

/** Goes on past the last door in the direction and at the pace of the last doors, but not far: streets turn and end. */
function extended(last: RunDoor, inner: RunDoor | undefined, gap: number): PlanePoint {
  if (!inner) return last;
  const lengthM = planeDistanceM(last, inner);
  const steps = Math.abs(last.number - inner.number);
  if (steps === 0 || lengthM < 1) return last;
  const pace = Math.min(1.2, lengthM / steps);
  return pointBetween(last, inner, -Math.min(EXTENDED_AT_MOST_M, gap * pace) / lengthM);
}

function misfitOf(doors: readonly (RunDoor | undefined)[]): number {
  const known = doors.flatMap((door) => (door?.misfitM == null ? [] : [door.misfitM]));
  return known.length === 0 ? UNKNOWN_MISFIT_M : known.reduce((sum, misfit) => sum + misfit, 0) / known.length;
}

function best(estimates: readonly RunEstimate[]): RunEstimate | undefined {
  return estimates.toSorted((a, b) => a.roughErrorM - b.roughErrorM)[0];
}

/** Index of the first door with this number or a higher one. */
function firstFrom(doors: readonly Door[], number: number): number {
  let [low, high] = [0, doors.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((doors[middle]?.number ?? Number.POSITIVE_INFINITY) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
