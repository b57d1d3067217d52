import { distance as levenshtein } from 'fastest-levenshtein';
import type { AddressParts, AddressQuery } from '../../geocoder.js';
import { fold, foldedWords, isParticle, streetTypeOf } from '../names/words.js';
import {
  findWithoutNumber,
  houseNumberOf,
  isHouseNumber,
  type ReadAddress,
  type ReaderContext,
  type Reading,
  readStreetPart,
  withoutComplement,
  withoutNumberMarks,
} from './street-part.js';

const STATES = new Set('AC AL AP AM BA CE DF ES GO MA MT MS MG PA PB PR PE PI RJ RN RS RO RR SC SP SE TO'.split(' '));
const POSTAL_CODE = /(?:\bCEP\b\s*:?\s*)?\b\d{2}\.?\d{3}-?\d{3}\b|\bCEP\b/gi;
const STATE_AT_END = new RegExp(`[-/]\\s*(?=(?:${[...STATES].join('|')})\\s*(?:$|[,;]))`, 'gi');

/** No address has more; what follows is left unread, because every part and word costs comparisons with all that the city knows. */
const PARTS_AT_MOST = 12;
const WORDS_AT_MOST = 48;

/** An address in the parts that its writer set off, and the state where one is named. */
export interface Segments {
  /** Each as folded words, none empty. */
  parts: string[][];
  /** Two letters. */
  state: string | null;
  /** The state was written after some part: that part is a city or a neighbourhood. */
  partBeforeState: number | null;
}

/** Cuts an address at commas, semicolons and dashes; postal code, country and text in brackets are left out. */
export function cutIntoSegments(text: string): Segments {
  const parts = text
    .replace(/\([^)]*\)/g, ' ')
    .replace(POSTAL_CODE, ' , ')
    .replace(/\b(\d{1,3})\.(\d{3})\b/g, '$1$2')
    .replace(STATE_AT_END, ' , ')
    .split(/[,;|\n\r\t]+|\s+[-–—]+\s*|[–—]/)
    .map(foldedWords)
    .map((words) => withoutCountry(words))
    .filter((words) => words.length > 0)
    .slice(0, PARTS_AT_MOST);
  shorten(parts);
  for (let index = parts.length - 1; index >= 1; index -= 1) {
    const words = parts[index] ?? [];
    const last = words.at(-1) ?? '';
    if (!STATES.has(last)) continue;
    // "Contagem MG" in one part, or the state alone after the part that it belongs to.
    if (words.length === 1) parts.splice(index, 1);
    else parts[index] = words.slice(0, -1);
    const before = words.length === 1 ? index - 1 : index;
    return { parts, state: last, partBeforeState: before >= 1 ? before : null };
  }
  return { parts, state: null, partBeforeState: null };
}

function withoutCountry(words: string[]): string[] {
  const last = words.at(-1);
  return last === 'BRASIL' || last === 'BRAZIL' ? (words.length === 1 ? [] : words) : words;
}

/** Leaves the first words of all parts together. */
function shorten(parts: string[][]): void {
  let left = WORDS_AT_MOST;
  for (const words of parts) {
    words.splice(left);
    left -= words.length;
  }
  while (parts.at(-1)?.length === 0) parts.pop();
}

/** Reads an address as text or in parts; the text of a seller may hold its parts in any of the usual orders. */
export function readAddress(query: AddressQuery, context: ReaderContext): ReadAddress {
  return 'parts' in query ? readParts(query.parts, context) : readText(query.text, context);
}

function readParts(parts: AddressParts, context: ReaderContext): ReadAddress {
  const cityNamed = isText(parts.city) && isThisCity(fold(parts.city), context);
  const otherCity = isText(parts.city) && !cityNamed;
  const otherState = isText(parts.state) && parts.state.trim().length === 2 && fold(parts.state) !== context.state;
  const number = isText(parts.number) ? houseNumberOf(cutIntoSegments(parts.number).parts.flat()) : null;
  const readings =
    isText(parts.number) && number === null
      ? readText(`${parts.street}, S/N`, context).readings
      : readText(number === null ? parts.street : `${parts.street}, ${number}`, context).readings;
  const places = isText(parts.neighbourhood) ? [fold(parts.neighbourhood).replace(/^BAIRRO /, '')] : [];
  return {
    readings: readings.map((reading) => ({ ...reading, places: [...places, ...reading.places] })),
    elsewhere: otherCity || otherState,
    cityNamed,
  };
}

function readText(text: string, context: ReaderContext): ReadAddress {
  const { parts: cut, state, partBeforeState } = cutIntoSegments(text);
  const parts = cut.map((words) => withoutCity(withoutNumberMarks(withoutComplement(words)), context));
  const streetAt = findStreetPart(parts.map(({ words }) => words));
  const cityNamed = parts.some(({ named }) => named);

  let number: number | null = null;
  let withoutNumber = false;
  const places: string[] = [];
  const unknown: number[] = [];
  parts.forEach(({ words }, index) => {
    if (index === streetAt || words.length === 0) return;
    if (findWithoutNumber(words).at === 0) withoutNumber = true;
    else if (isHouseNumber(words[0] ?? '')) {
      if (number === null && !withoutNumber) number = houseNumberOf(words);
      if (words.length > 1) places.push(words.slice(1).join(' '));
    } else {
      const labelled = /^(BAIRRO|BRO|B)$/.test(words[0] ?? '') && words.length > 1;
      const place = (labelled ? words.slice(1) : words).join(' ');
      if (!labelled && !context.isNearlyPlace(place)) unknown.push(index);
      places.push(place);
    }
  });

  const street = parts[streetAt]?.words ?? [];
  const readings =
    street.length === 0 ? [] : readStreetPart(withoutNumber ? [...street, 'SN'] : street, number, context);
  const typed = streetTypeOf(street[0] ?? '') !== null;
  const onlyPlace = !typed && number === null && context.isPlace(street.join(' '));
  const placeReading: Reading = { street: null, number: null, places: [street.join(' '), ...places] };
  return {
    readings: (onlyPlace ? [placeReading] : readings).map((reading) => ({
      ...reading,
      places: reading === placeReading ? reading.places : [...reading.places, ...places],
    })),
    elsewhere:
      (state !== null && state !== context.state) || (!cityNamed && namesAnotherCity(unknown, partBeforeState, places)),
    cityNamed,
  };
}

/** The part before the state, or the last of several places, is a city; one that is not known here is another city. */
function namesAnotherCity(
  unknown: readonly number[],
  partBeforeState: number | null,
  places: readonly string[],
): boolean {
  if (partBeforeState !== null) return unknown.includes(partBeforeState);
  return unknown.length > 0 && places.length > 1;
}

/** The first part that begins with a street type, else the first that is more than a number. */
function findStreetPart(parts: readonly (readonly string[])[]): number {
  const isNamed = (words: readonly string[]) => words.some((word) => !isHouseNumber(word));
  const typed = parts.findIndex(
    (words) => (words.length > 1 && streetTypeOf(words[0] ?? '') !== null) || isNumberThenStreet(words),
  );
  return typed >= 0 ? typed : parts.findIndex(isNamed);
}

function isNumberThenStreet(words: readonly string[]): boolean {
  return words.length > 2 && isHouseNumber(words[0] ?? '') && streetTypeOf(words[1] ?? '') !== null;
}

/** Takes this city's name off the end of a part, and this state's before it. */
function withoutCity(words: readonly string[], context: ReaderContext): { words: string[]; named: boolean } {
  const bare = words.at(-1) === context.state && words.length > 1 ? words.slice(0, -1) : [...words];
  const cityWords = foldedWords(context.cityName);
  const tail = bare.slice(-cityWords.length).join(' ');
  const isAll = bare.length === cityWords.length;
  const before = bare[bare.length - cityWords.length - 1] ?? '';
  // "Rua Contagem" and "Via Expressa de Contagem" are streets; "Eldorado Contagem" ends with the city.
  const inName = streetTypeOf(before) !== null || isParticle(before);
  // "Nova Contagem" is one of its neighbourhoods.
  const isPlace = !isAll && context.isPlace(bare.join(' '));
  if (inName || isPlace || !(isAll ? isThisCity(tail, context) : tail === cityWords.join(' ')))
    return { words: [...words], named: false };
  return { words: bare.slice(0, -cityWords.length), named: true };
}

function isThisCity(folded: string, { cityName }: ReaderContext): boolean {
  const name = fold(cityName);
  return levenshtein(folded, name) <= Math.floor(name.length / 6);
}

function isText(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}
