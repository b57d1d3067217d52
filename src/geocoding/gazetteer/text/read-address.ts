import { distance as levenshtein } from 'fastest-levenshtein';
import type { AddressParts, AddressQuery } from '../../geocoder.js';
import { fold, foldedWords } from '../names/fold.js';
import { isParticle, streetTypeOf } from '../names/words.js';
import { findWithoutNumber, isHouseNumber, withoutComplement, withoutNumberMarks } from './complement.js';
import type { ReadAddress, ReaderContext, Reading } from './reading.js';
import { cutIntoSegments } from './segments.js';
import { houseNumberOf, readStreetPart } from './street-part.js';

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
