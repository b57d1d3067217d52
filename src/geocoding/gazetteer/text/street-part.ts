import { isParticle, streetTypeOf } from '../names/words.js';
import { findWithoutNumber, isHouseNumber } from './complement.js';
import type { ReaderContext, Reading } from './reading.js';

const PLACE_WORDS_AT_MOST = 5;
/** No street's name is longer. */
const STREET_WORDS_AT_MOST = 16;
/** Of more numbers in one part, the later ones are flats, blocks or nonsense. */
const NUMBERS_TRIED = 4;

/**
 * All ways to read the part that holds the street: which number is the house's, and where the street's name ends. "Rua Dom Pedro 2
 * 150 Centro" may be Dom Pedro 2, number 150, or Dom Pedro, number 2; which one is meant only the list of streets can tell.
 */
export function readStreetPart(
  words: readonly string[],
  numberElsewhere: number | null,
  context: ReaderContext,
): Reading[] {
  const { at, length } = findWithoutNumber(words);
  if (at > 0) return [reading(words.slice(0, at), null, words.slice(at + length))];
  if (numberElsewhere !== null) return withPlacesAtEnd(words, numberElsewhere, context);

  const readings: Reading[] = [];
  if (isHouseNumber(words[0] ?? '') && streetTypeOf(words[1] ?? '') !== null) {
    readings.push(...withPlacesAtEnd(words.slice(1), toNumber(words[0]), context));
  }
  const candidates = words.flatMap((word, at) =>
    isHouseNumber(word) && hasName(words.slice(0, at)) && !isDayOfMonth(words, at) ? [{ word, at }] : [],
  );
  for (const { word, at } of candidates.slice(0, NUMBERS_TRIED)) {
    readings.push(reading(words.slice(0, at), toNumber(word), words.slice(at + 1)));
  }
  readings.push(...withPlacesAtEnd(words, null, context));
  return readings;
}

/** The number that a text like `120`, `120-A`, `nº 1.275` or `S/N` gives. */
export function houseNumberOf(words: readonly string[]): number | null {
  const [first] = words.filter(isHouseNumber);
  return toNumber(first);
}

/** The words as a street, and again with a neighbourhood's name at their end taken off. */
function withPlacesAtEnd(words: readonly string[], number: number | null, context: ReaderContext): Reading[] {
  const readings = [reading(words, number, [])];
  for (let length = 1; length <= Math.min(PLACE_WORDS_AT_MOST, words.length - 1); length += 1) {
    const [street, place] = [words.slice(0, -length), words.slice(-length)];
    if (hasName(street) && context.isPlace(place.join(' '))) readings.push(reading(street, number, place));
  }
  return readings;
}

function reading(street: readonly string[], number: number | null, place: readonly string[]): Reading {
  return {
    street: street.slice(0, STREET_WORDS_AT_MOST).join(' '),
    number,
    places: place.length > 0 ? [place.join(' ')] : [],
  };
}

/** House number 0 is no number. */
function toNumber(word: string | undefined): number | null {
  return word === undefined ? null : Number.parseInt(word, 10) || null;
}

/** True when more than a street type and particles stands there. */
function hasName(words: readonly string[]): boolean {
  const [first = '', ...rest] = words;
  const telling = streetTypeOf(first) === null ? words : rest;
  return telling.some((word) => !isParticle(word)) || (telling.length === 1 && rest.length === 1);
}

/** "21 de Abril": a number before "de" belongs to the name. */
function isDayOfMonth(words: readonly string[], index: number): boolean {
  return words[index + 1] === 'DE';
}
