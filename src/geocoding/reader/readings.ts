import { type Item, itemsOf } from './items.js';
import type { Word } from './tokens.js';
import { isParticle, streetTypeOf } from './words.js';

/** One way to read an address. */
export interface Reading {
  /** Street with its type, folded; null where only places are named. */
  street: string | null;
  number: number | null;
  /** What may name a neighbourhood, most telling first. */
  places: string[];
  /** Numbers that this reading has no use for. */
  unused: number;
}

/** Tells whether words name a part of the town. */
export type IsPlace = (text: string) => boolean;

const PLACE_WORDS_AT_MOST = 5;
/** No street's name is longer. */
const STREET_WORDS_AT_MOST = 16;
/** Of more ends in one segment, the later ones are flats, blocks or nonsense. */
const ENDS_TRIED = 5;

/**
 * All ways to read the segment that holds the street: where its name ends, and which number is the house's. "Rua Dom Pedro 2 150 Centro"
 * may be Dom Pedro 2, number 150, or Dom Pedro, number 2; "QNM 12 Conjunto A" is a street, "Rua 12 Conjunto A" has a block. Which one is
 * meant only the list of streets can tell. `numberElsewhere`: what another segment says; null there: without number.
 */
export function readingsOf(
  items: readonly Item[],
  numberElsewhere: number | null | undefined,
  isPlace: IsPlace,
): Reading[] {
  const readings: Reading[] = [];
  const [first, second] = items;
  const typed = second ? streetTypeOf(second.words[0]?.text ?? '') !== null : false;
  if (first?.kind === 'number' && typed) {
    readings.push(...readingsFrom(items.slice(1), numberElsewhere ?? first.value, isPlace));
  }
  readings.push(...readingsFrom(items, numberElsewhere, isPlace));
  return readings;
}

function readingsFrom(items: readonly Item[], numberElsewhere: number | null | undefined, isPlace: IsPlace): Reading[] {
  const readings: Reading[] = [];
  for (let end = 1, tried = 0; end <= items.length && tried < ENDS_TRIED; end += 1) {
    const next = items[end];
    if (next?.kind === 'word') continue;
    const name = textsOf(items.slice(0, end));
    if (hasName(name)) {
      tried += 1;
      readings.push(...withPlacesAtEnd(name, behind(items.slice(end), numberElsewhere), isPlace));
    }
    // A name goes on behind a number or a block, but not behind "s/n" or "próximo ao mercado".
    if (next && next.kind !== 'number' && next.kind !== 'unit') break;
  }
  return readings;
}

type Behind = Omit<Reading, 'street'>;

/** What stands behind the street's name. */
function behind(items: readonly Item[], numberElsewhere: number | null | undefined): Behind {
  const numbers = items.filter(({ kind }) => kind === 'number');
  const house = numbers.find(({ marked }) => marked) ?? numbers[0];
  const none = items.some(({ kind }) => kind === 'none');
  const own = none ? null : (house?.value ?? null);
  const number = numberElsewhere === undefined ? own : numberElsewhere;
  const unused = numbers.filter(({ value }) => value !== number).length;
  return { number, places: placesOf(items), unused };
}

/** Words that stand together behind the street's name. */
export function placesOf(items: readonly Item[]): string[] {
  const places: string[] = [];
  let open: string[] = [];
  for (const { kind, words } of [...items, null].map((item) => item ?? { kind: 'none', words: [] as Word[] })) {
    if (kind === 'word') open.push(...words.map(({ text }) => text));
    else if (open.length > 0) {
      places.push(open.join(' '));
      open = [];
    }
  }
  return places.map((place) => place.replace(/^(?:BAIRRO|BRO|B) (?=.)/, ''));
}

/** The words as a street, and again with a neighbourhood's name at their end taken off. */
function withPlacesAtEnd(name: readonly string[], rest: Behind, isPlace: IsPlace): Reading[] {
  const named = (street: readonly string[], place: readonly string[]): Reading => ({
    ...rest,
    street: street.slice(0, STREET_WORDS_AT_MOST).join(' '),
    places: place.length > 0 ? [place.join(' '), ...rest.places] : rest.places,
  });
  const readings = [named(name, [])];
  for (let length = 1; length <= Math.min(PLACE_WORDS_AT_MOST, name.length - 1); length += 1) {
    const [street, place] = [name.slice(0, -length), name.slice(-length)];
    const bare = place[0] === 'BAIRRO' ? place.slice(1) : place;
    if (hasName(street) && bare.length > 0 && (bare !== place || isPlace(bare.join(' '))))
      readings.push(named(street, bare));
  }
  return readings;
}

/** The folded words of items. */
export function textsOf(items: readonly Item[]): string[] {
  return items.flatMap(({ words }) => words.map(({ text }) => text));
}

/** True when there is more than a street type and particles. */
export function hasName(words: readonly string[]): boolean {
  const [first = '', ...rest] = words;
  const telling = streetTypeOf(first) === null ? words : rest;
  return telling.some((word) => !isParticle(word)) || (telling.length === 1 && rest.length === 1);
}

/** The house number that a text by itself gives: `120-A`, `nº 1.275`, `QD 5 LT 12 nº 98`; null for `AP 301` and `S/N`. */
export function houseNumberOf(words: readonly Word[]): number | null {
  return behind(itemsOf(words), undefined).number;
}
