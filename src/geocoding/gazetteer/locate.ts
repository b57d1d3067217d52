import { answerOf, type GeocodeAnswer, type GeocodedLocation } from '../geocoder.js';
import {
  type Candidate,
  type Choice,
  CONTRADICTION_M,
  chooseNumber,
  isSure,
  type Likely,
  outsideWeight,
  SAME_PLACE_M,
} from './choose.js';
import type { Circles } from './circle/circles.js';
import { type Area, distanceToAreasM } from './neighbourhoods.js';
import { type Plane, planeDistanceM } from './plane.js';
import type { createPresenter, Place } from './present.js';
import { circleAround, type Extent, extentsOf } from './street-extent.js';
import type { Corners, Street } from './streets.js';

/** What the gazetteer locates with. */
export interface Locator {
  plane: Plane;
  circles: Circles;
  present: ReturnType<typeof createPresenter>;
  cornerOf: Corners;
}

/** Share of a street's doors that must lie in one piece to answer without asking back. */
const SURE_STREET_SHARE = 0.95;
/** Numbers count metres, more or less; a street does not go on for so many past its last known door. */
const BEYOND_BELIEF = 1000;
/** Beyond the last door, or in a gap of so many numbers, the street alone may tell more than the number: when its circle is so much smaller. */
const WIDE_GAP = 100;
const WORSE_THAN_STREET = 1.6;
const PAST_THE_END = 1.3;
const CANDIDATES_AT_MOST = 8;

/**
 * Where a number lies on the likely streets. `trusted` is false when the address says something that is not known here, or the
 * street's name is a guess: then even a single place is only a candidate.
 */
export function locateNumber(
  likely: readonly Likely[],
  number: number,
  areas: readonly Area[],
  trusted: boolean,
  locator: Locator,
): GeocodeAnswer {
  const choice = chooseNumber(likely, number, areas);
  const mapOnly = likely.filter(({ street, nameWeight }) => street.runs.length === 0 && nameWeight > 0.5);
  // The best name is known from the map alone: a number on a less alike street must not step in for it.
  const chosenWeight = likely.find(({ street }) => street === choice?.best.street)?.nameWeight ?? 0;
  // No street of this name is that long: the number says nothing about where on it.
  if (choice?.best.kind === 'beyond' && choice.best.gap > BEYOND_BELIEF)
    return locateStreet(likely, areas, trusted, locator);
  if (!choice || (mapOnly.length > 0 && chosenWeight < 0.5)) {
    return locateStreet(mapOnly.length > 0 ? mapOnly : likely, areas, trusted, locator);
  }
  const radiusM = locator.circles.radiusM(choice);
  if (!trusted || !isSure(choice)) {
    const candidates = [choice.best, ...choice.others].slice(0, CANDIDATES_AT_MOST);
    return { kind: 'ambiguous', candidates: candidates.map((candidate) => presentAlone(candidate, number, locator)) };
  }
  if (choice.best.kind === 'beyond' || choice.best.gap > WIDE_GAP) {
    const [extent, ...more] = extentsOf(choice.best.street, locator.plane, areas);
    if (extent && more.length === 0 && radiusM > WORSE_THAN_STREET * extent.radiusM) {
      // It may stand past the last door that is known.
      const beyondKnown = { ...extent, radiusM: extent.radiusM * PAST_THE_END };
      return { kind: 'found', location: locator.present(streetPlace(beyondKnown, choice.best.street.label)) };
    }
  }
  return { kind: 'found', location: presentNumber(choice.best, number, radiusM, locator) };
}

/** Where the number may be on this street alone, likeliest first; none where the street is not that long. */
export function placesOfNumber(
  street: Street,
  number: number,
  areas: readonly Area[],
  locator: Locator,
): GeocodedLocation[] {
  const choice = chooseNumber([{ street, nameWeight: 1 }], number, areas);
  if (!choice || isTooFarOut(choice.best)) return [];
  if (isSure(choice)) return [presentNumber(choice.best, number, locator.circles.radiusM(choice), locator)];
  return [choice.best, ...choice.others]
    .filter((candidate) => !isTooFarOut(candidate))
    .map((candidate) => presentAlone(candidate, number, locator));
}

/** Past the last door that is known, or before the first, by more numbers than a few plots have. */
function isTooFarOut({ kind, gap }: Candidate): boolean {
  return kind === 'beyond' && gap > WIDE_GAP;
}

/** Where the likely streets are, when no number is known. */
export function locateStreet(
  likely: readonly Likely[],
  areas: readonly Area[],
  trusted: boolean,
  { plane, present }: Locator,
): GeocodeAnswer {
  const pieces = likely.flatMap(({ street, nameWeight }) =>
    extentsOf(street, plane, areas).map((extent) => {
      const outsideM = areas.length === 0 ? 0 : Math.max(0, distanceToAreasM(extent, areas) - extent.radiusM);
      return { street, extent, outsideM, weight: extent.weight * nameWeight * outsideWeight(outsideM) };
    }),
  );
  pieces.sort((a, b) => b.weight - a.weight);
  const [best] = pieces;
  if (!best) return { kind: 'not-found' };
  const total = pieces.reduce((sum, { weight }) => sum + weight, 0);
  const shown = (piece: typeof best) => present(streetPlace(piece.extent, piece.street.label));
  if (trusted && best.weight / total >= SURE_STREET_SHARE && best.outsideM <= CONTRADICTION_M) {
    return { kind: 'found', location: shown(best) };
  }
  const distinct: (typeof best)[] = [];
  for (const piece of pieces) {
    const known = distinct.some(({ extent }) => planeDistanceM(extent, piece.extent) < SAME_PLACE_M);
    if (!known && piece.weight > best.weight * 0.01) distinct.push(piece);
  }
  return { kind: 'ambiguous', candidates: distinct.slice(0, CANDIDATES_AT_MOST).map(shown) };
}

/** The neighbourhoods themselves, for an address whose street is not known or not named. */
export function locateAreas(areas: readonly Area[], { present }: Locator): GeocodeAnswer {
  const locations = areas.map(({ name, rings }) => {
    const { radiusM, ...point } = circleAround(rings.flat(), 1);
    return present({ point, radiusM, precision: 'LOCALITY', neighbourhood: name });
  });
  return answerOf(locations.slice(0, CANDIDATES_AT_MOST));
}

function presentNumber(candidate: Candidate, number: number, radiusM: number, locator: Locator): GeocodedLocation {
  const { kind, street } = candidate;
  const precision = kind === 'exact' ? 'NUMBER' : 'NUMBER_APPROXIMATE';
  const crossStreet = locator.cornerOf(street, candidate);
  return locator.present({ point: candidate, radiusM, precision, street: street.label, number, crossStreet });
}

/** A candidate with its error if it is the place that is meant. */
function presentAlone(candidate: Candidate, number: number, locator: Locator): GeocodedLocation {
  const alone: Choice = { number, best: candidate, share: 1, rivalM: 0, twin: false, others: [] };
  return presentNumber(candidate, number, locator.circles.radiusM(alone), locator);
}

function streetPlace(extent: Extent, street: string): Place {
  return { point: extent, radiusM: extent.radiusM, precision: 'STREET', street };
}
