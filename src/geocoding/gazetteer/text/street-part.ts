import { isParticle, streetTypeOf } from '../names/words.js';

/** One way to read an address. */
export interface Reading {
  /** Street with its type, folded; null where only places are named. */
  street: string | null;
  number: number | null;
  /** What may name a neighbourhood, most telling first. */
  places: string[];
}

/** All ways to read an address worth trying. */
export interface ReadAddress {
  readings: Reading[];
  /** The address names another city or state: nothing here answers to it. */
  elsewhere: boolean;
  /** The address names this city. */
  cityNamed: boolean;
}

/** What a reader must know of the city. */
export interface ReaderContext {
  cityName: string;
  state: string;
  /** True for a neighbourhood's name. */
  isPlace(text: string): boolean;
  /** True for what is at least like a neighbourhood's name. */
  isNearlyPlace(text: string): boolean;
}

/** Words that number a part of a house or plot: what follows them is not the house number. */
const UNITS = new Set(
  'AP APT APTO APART APARTAMENTO BL BLOCO BLC CASA CS LOJA LJ SALA SL LOTE LT QUADRA QD QDA TORRE UNIDADE UND UN KM GALPAO BOX ANDAR PAVIMENTO SUBSOLO'.split(
    ' ',
  ),
);
/** Words that say which part without a number. */
const PARTS = new Set('FUNDOS FUNDO FDS FRENTE TERREO SOBRADO ALTOS'.split(' '));
const NUMBER_MARKS = new Set(['N', 'NO', 'NR', 'NUM', 'NUMERO', 'NRO']);

/** Takes out of an address what lies behind its front door: `APTO 301`, `CASA 2`, `BL B`, `FUNDOS`, `3 ANDAR`. */
export function withoutComplement(words: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const [word = '', next = ''] = [words[index], words[index + 1]];
    if (isFloor(word, next)) index += 1;
    else if (UNITS.has(word) && isUnitValue(next)) index += 1;
    // "Rua da Frente" is a street; "120 fundos" is not.
    else if (!(PARTS.has(word) && kept.some(isHouseNumber)) && !(PARTS.has(word) && words.length === 1))
      kept.push(word);
  }
  return kept;
}

/** `120`, `120A`: what can be a house number, as its number. */
export function isHouseNumber(word: string): boolean {
  return /^\d{1,6}[A-Z]?$/.test(word);
}

/** Drops the `N` of `N 120`. */
export function withoutNumberMarks(words: readonly string[]): string[] {
  return words.filter((word, index) => !(NUMBER_MARKS.has(word) && isHouseNumber(words[index + 1] ?? '')));
}

/** Index of `S/N`, -1 when absent; `length` is how many words it takes. */
export function findWithoutNumber(words: readonly string[]): { at: number; length: number } {
  for (let at = 0; at < words.length; at += 1) {
    if (words[at] === 'SN') return { at, length: 1 };
    const [word, next] = [words[at], words[at + 1]];
    if ((word === 'S' && next === 'N') || (word === 'SEM' && (next === 'NUMERO' || next === 'N')))
      return { at, length: 2 };
  }
  return { at: -1, length: 0 };
}

function isFloor(word: string, next: string): boolean {
  return /^\d{1,2}$/.test(word) && (next === 'ANDAR' || next === 'PAVIMENTO');
}

function isUnitValue(word: string): boolean {
  return /^\d+[A-Z]?$/.test(word) || /^[A-Z]\d*$/.test(word);
}

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

/** True when there is more than a street type and particles. */
function hasName(words: readonly string[]): boolean {
  const [first = '', ...rest] = words;
  const telling = streetTypeOf(first) === null ? words : rest;
  return telling.some((word) => !isParticle(word)) || (telling.length === 1 && rest.length === 1);
}

/** "21 de Abril": a number before "de" belongs to the name. */
function isDayOfMonth(words: readonly string[], index: number): boolean {
  return words[index + 1] === 'DE';
}
