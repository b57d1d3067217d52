import { type Estimate, estimateInRun } from './doors/estimate.js';
import { type Area, distanceToAreasM } from './neighbourhoods.js';
import { planeDistanceM } from './plane.js';
import type { Street } from './streets.js';

/** A street that may be meant, and how likely its name makes it against the others: 1 for the best. */
export interface Likely {
  street: Street;
  nameWeight: number;
}

/** One place that may be meant. */
export interface Candidate extends Estimate {
  street: Street;
  /** Metres to the neighbourhood that was asked for; null when none was. */
  outsideM: number | null;
}

/** The places that may be meant, and how sure the first of them is. */
export interface Choice {
  number: number;
  best: Candidate;
  /** Share of the weight that lies near the best one, 0 to 1. */
  share: number;
  /** Metres to the farthest serious rival that still counts as the same place. */
  rivalM: number;
  /** The data have the very door at another place, too, and nothing says which one is meant. */
  twin: boolean;
  /** The other places, none within `SAME_PLACE_M` of another, by weight. */
  others: Candidate[];
}

/** Estimates on one street so near each other are one place known badly, not two places: one street block, more or less. */
export const SAME_PLACE_M = 300;
/** On two streets only a corner house is one place. */
const SAME_CORNER_M = 40;
/** Neighbourhoods' borders are not where people think: weight falls by e for so many metres outside. */
const BORDER_FADES_OVER_M = 40;
const LEAST_OUTSIDE_WEIGHT = 1e-4;
const SERIOUS_RIVAL = 0.1;
/** A place with less than this share of the best one's weight is not worth asking about. */
const WORTH_ASKING = 0.05;

/** Share of the weight that must lie at one place to answer without asking back. */
const SURE_SHARE = 0.92;
/** More for a door that is in the data: its small circle says nothing about the other places. */
const SURE_EXACT_SHARE = 0.95;
/** Farther from the requested neighbourhood, confirmation is needed. */
export const CONTRADICTION_M = 500;

/** True when the best place stands out enough to be the answer. */
export function isSure({ best, share, twin }: Choice): boolean {
  return (
    !twin && share >= (best.kind === 'exact' ? SURE_EXACT_SHARE : SURE_SHARE) && (best.outsideM ?? 0) <= CONTRADICTION_M
  );
}

/** Weighs all places where a number may stand; null when no street has numbered doors. */
export function chooseNumber(likely: readonly Likely[], number: number, areas: readonly Area[]): Choice | null {
  const candidates: Candidate[] = [];
  for (const { street, nameWeight } of likely) {
    for (const run of street.runs) {
      const estimate = estimateInRun(run, number);
      if (!estimate) continue;
      const outsideM = areas.length === 0 ? null : distanceToAreasM(estimate, areas);
      const weight = estimate.weight * nameWeight * outsideWeight(outsideM);
      candidates.push({ ...estimate, weight, street, outsideM });
    }
  }
  candidates.sort((a, b) => b.weight - a.weight || a.roughErrorM - b.roughErrorM);
  const [best] = candidates;
  return best ? weighed(number, best, candidates) : null;
}

/** How much less likely a place is for lying outside the neighbourhood that was asked for. */
export function outsideWeight(outsideM: number | null): number {
  return outsideM === null ? 1 : Math.max(LEAST_OUTSIDE_WEIGHT, Math.exp(-outsideM / BORDER_FADES_OVER_M));
}

function weighed(number: number, best: Candidate, candidates: readonly Candidate[]): Choice {
  let [total, near, rivalM] = [0, 0, 0];
  const others: Candidate[] = [];
  const isTwin = (candidate: Candidate) =>
    best.kind === 'exact' &&
    candidate.kind === 'exact' &&
    (candidate.outsideM ?? 0) <= BORDER_FADES_OVER_M &&
    planeDistanceM(candidate, best) > SAME_CORNER_M;
  const twins = candidates.filter(isTwin);
  for (const candidate of candidates) {
    total += candidate.weight;
    const awayM = planeDistanceM(candidate, best);
    if (awayM < (candidate.street === best.street ? SAME_PLACE_M : SAME_CORNER_M)) {
      near += candidate.weight;
      if (candidate.weight > best.weight * SERIOUS_RIVAL) rivalM = Math.max(rivalM, awayM);
    } else if (
      candidate.weight > best.weight * WORTH_ASKING &&
      others.every((other) => other.street !== candidate.street || planeDistanceM(other, candidate) >= SAME_PLACE_M)
    ) {
      others.push(candidate);
    }
  }
  const asked = [...twins, ...others.filter((other) => !twins.includes(other))];
  return { number, best, share: near / total, rivalM, twin: twins.length > 0, others: asked };
}
