import type { Yield } from '../../budget/turns.js';
import type { GeocodeAnswer, GeocodedLocation } from '../geocoder.js';
import type { ReadAddress } from '../reader/read-address.js';
import type { Reading } from '../reader/readings.js';
import { type Locator, locateNumber, locateStreet } from './locate.js';
import type { Area, Neighbourhoods } from './neighbourhoods.js';
import { type FoundStreets, type StreetFinder, TRUSTED_LIKENESS } from './street-finder.js';

/** A reading that leaves words or numbers unexplained must fit this much better than one that explains all. */
const UNEXPLAINED = 0.04;
/** Between readings that fit alike, the one with a house number. */
const NUMBER_BONUS = 0.01;
/** Readings that fit alike by this much, and mean different places, are asked back about. */
const CLOSE = 0.03;

/** A reading whose street is known here. */
export interface Match {
  reading: Reading;
  found: FoundStreets;
  areas: Area[];
  /** Nothing in the address is left over, the street's name is no guess, and no other reading fits as well. */
  trusted: boolean;
  score: number;
}

interface Matching {
  find: StreetFinder;
  neighbourhoods: Neighbourhoods;
  pause: Yield;
}

/** The reading whose street is most like a known one; two, where a second one fits as well and means another place. */
export async function matchReadings(read: ReadAddress, matching: Matching): Promise<Match[]> {
  // A name that is there word for word costs one look-up, and needs no comparison with others.
  const exact = (await matchAll(read, matching, true)).filter(({ trusted }) => trusted);
  const matches = exact.length > 0 ? exact : await matchAll(read, matching, false);
  const [best, ...others] = matches.sort(byFit);
  if (!best) return [];
  const rival = others.find((other) => other.score > best.score - CLOSE && isOtherPlace(other, best));
  return rival ? [best, rival].map((match) => ({ ...match, trusted: false })) : [best];
}

async function matchAll(read: ReadAddress, matching: Matching, exactly: boolean): Promise<Match[]> {
  const { find, neighbourhoods, pause } = matching;
  const matches: Match[] = [];
  // Readings often differ only in what stands behind the street.
  const byName = new Map<string, FoundStreets | null>();
  for (const reading of read.readings) {
    const name = reading.street ?? '';
    if (!byName.has(name)) {
      if (!exactly) await pause();
      byName.set(name, find(name, exactly));
    }
    const found = byName.get(name);
    if (found) matches.push(matchOf(reading, found, areasOf([reading], neighbourhoods), read.cityNamed));
  }
  return matches;
}

function matchOf(reading: Reading, found: FoundStreets, areas: Area[], cityNamed: boolean): Match {
  const unknownPlace = reading.places.length > 0 && areas.length === 0;
  const unexplained = (unknownPlace ? UNEXPLAINED : 0) + (reading.unused > 0 ? UNEXPLAINED : 0);
  const trusted = found.likeness >= TRUSTED_LIKENESS && reading.unused === 0 && (!unknownPlace || cityNamed);
  const score = found.likeness - unexplained + (reading.number === null ? 0 : NUMBER_BONUS);
  return { reading, found, areas, trusted, score };
}

/** Best first; of two that differ in where the name ends, the longer one. */
function byFit(a: Match, b: Match): number {
  return b.score - a.score || (b.reading.street?.length ?? 0) - (a.reading.street?.length ?? 0);
}

/** A number that is part of the name in one reading is the house's in the other: "Rua T 55" in a town with a Rua T and a Rua T-55. */
function isOtherPlace(a: Match, b: Match): boolean {
  return a.reading.number !== b.reading.number && a.found.streets[0]?.street !== b.found.streets[0]?.street;
}

/** Where the match's street is, or the number on it. */
export function locateMatch({ reading, found, areas, trusted }: Match, locator: Locator): GeocodeAnswer {
  return reading.number === null
    ? locateStreet(found.streets, areas, trusted, locator)
    : locateNumber(found.streets, reading.number, areas, trusted, locator);
}

/** One answer of one or more: of more, what all of them propose. */
export function oneOf(answers: readonly GeocodeAnswer[]): GeocodeAnswer {
  const [first] = answers;
  if (first && answers.length === 1) return first;
  const candidates = answers.flatMap((answer): GeocodedLocation[] =>
    answer.kind === 'ambiguous' ? answer.candidates : answer.kind === 'found' ? [answer.location] : [],
  );
  return candidates.length > 0 ? { kind: 'ambiguous', candidates } : { kind: 'not-found' };
}

/** The neighbourhoods that the first telling place of the readings names. */
export function areasOf(readings: readonly Reading[], neighbourhoods: Neighbourhoods): Area[] {
  for (const place of readings.flatMap(({ places }) => places)) {
    const areas = neighbourhoods.named(place);
    if (areas.length > 0) return areas;
  }
  return [];
}
