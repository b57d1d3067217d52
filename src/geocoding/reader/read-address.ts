import { distance as levenshtein } from 'fastest-levenshtein';
import type { AddressQuery } from '../geocoder.js';
import type { Item } from './items.js';
import { hasName, houseNumberOf, placesOf, type Reading, readingsOf, textsOf } from './readings.js';
import { type Part, partOf, type TakenApart, takeApart } from './take-apart.js';
import { textOf } from './tokens.js';
import { isMunicipality, type TownKey, townKey } from './towns.js';
import { fold, streetTypeOf } from './words.js';

/** All that an address says, whoever is going to look for it. */
export interface ReadAddress {
  /** The ways to read street, number and neighbourhood that are worth trying. */
  readings: Reading[];
  /** Another town or state than this one is named: nothing here answers to it. */
  elsewhere: boolean;
  /** This town is named. */
  cityNamed: boolean;
  /** Eight digits. */
  postalCode: string | null;
  /** What stands beside the street, or alone: null for none. */
  number: number | null;
}

/** What a reader must know of the town that is looked in. */
export interface ReaderContext {
  cityName: string;
  /** Two letters. */
  state: string;
  /** True for a neighbourhood's name. */
  isPlace(text: string): boolean;
  /** True for what is at least like a neighbourhood's name. */
  isNearlyPlace(text: string): boolean;
}

/** Each costs a look-up, and a misspelt street some forty comparisons. */
const READINGS_AT_MOST = 12;

/** Reads an address for one town; the text of a seller may hold its parts in any of the usual orders. */
export function readAddress(query: AddressQuery, context: ReaderContext): ReadAddress {
  const taken = takeApart(query);
  const own = townKey(context.cityName);
  const isOwn = (key: TownKey) => isSameTown(key, own, context.state);
  let cityNamed = taken.town !== null && isOwn(taken.town.key);
  const parts = taken.parts.map((part) => {
    const cut = part.label === null ? withoutTown(part, isOwn, context) : null;
    cityNamed ||= cut !== null;
    return cut ?? part;
  });
  const streetAt = findStreet(parts, context);
  const others = parts.filter((_, at) => at !== streetAt);
  const { number, places } = readOthers(others, context);
  const street = parts[streetAt];
  const readings = street ? readingsOfStreet(street, number, context) : [];
  return {
    readings: (readings.length > 0 || places.length === 0 ? readings : [onlyPlaces([])])
      .slice(0, READINGS_AT_MOST)
      .map((reading) => ({
        ...reading,
        places: [...reading.places, ...places],
      })),
    elsewhere:
      (taken.state !== null && taken.state !== context.state) ||
      (taken.town !== null && !isOwn(taken.town.key)) ||
      (!cityNamed && namesAnotherTown(taken, others, context)),
    cityNamed,
    postalCode: taken.postalCode,
    number: number ?? null,
  };
}

function onlyPlaces(places: string[]): Reading {
  return { street: null, number: null, places, unused: 0 };
}

function readingsOfStreet(street: Part, number: number | null | undefined, context: ReaderContext): Reading[] {
  const typed = streetTypeOf(street.items[0]?.words[0]?.text ?? '') !== null;
  if (street.label !== 'street' && !typed && number == null && context.isPlace(street.text))
    return [onlyPlaces([street.text])];
  return readingsOf(street.items, number, context.isPlace);
}

/** What the parts beside the street say: "S/N, 120" is without number, as "120, S/N" is. `number`: undefined where they say nothing, null for "without number". */
export function readOthers(
  parts: readonly Part[],
  context: Pick<ReaderContext, 'isNearlyPlace'>,
): { number: number | null | undefined; places: string[] } {
  let number: number | null | undefined;
  const places: string[] = [];
  for (const { items, label, text } of parts) {
    if (label === 'place') places.unshift(text.replace(/^BAIRRO (?=.)/, ''));
    else if (items[0]?.kind === 'word' && context.isNearlyPlace(text)) places.push(text);
    else {
      const said = numberSaid(items, label);
      if (said === null || number === undefined) number = said;
      places.push(...placesOf(items));
    }
  }
  return { number, places };
}

/** Of one part; undefined and null as above. */
function numberSaid(items: readonly Item[], label: Part['label']): number | null | undefined {
  if (items.some(({ kind }) => kind === 'none')) return null;
  const found = label === 'number' ? houseNumberOf(items.flatMap(({ words }) => words)) : numberIn(items);
  return found ?? undefined;
}

/** A number at the beginning of a part, or marked as one, is the house's. */
function numberIn(items: readonly Item[]): number | undefined {
  const numbers = items.filter(({ kind }) => kind === 'number');
  const house =
    numbers.find(({ marked }) => marked) ??
    numbers.find((item) => items.slice(0, items.indexOf(item)).every(({ kind }) => kind === 'unit'));
  return house?.value ?? undefined;
}

/** The part that a label names, else the first that begins with a street type, else the first that has a name, else one that begins with a unit. */
export function findStreet(parts: readonly Part[], { isNearlyPlace }: Pick<ReaderContext, 'isNearlyPlace'>): number {
  const tests: ((part: Part) => boolean)[] = [
    ({ label }) => label === 'street',
    ({ label, items }) => label === null && isTyped(items),
    ({ label, items, text }) => label === null && isNamed(items) && !isNearlyPlace(text),
    ({ label, items }) => label === null && items[0]?.kind === 'unit',
    ({ label, items }) => label === null && isNamed(items),
  ];
  for (const test of tests) {
    const at = parts.findIndex(test);
    if (at >= 0) return at;
  }
  return -1;
}

function isNamed(items: readonly Item[]): boolean {
  return items.some(({ kind }) => kind === 'word') && items[0]?.kind !== 'aside';
}

/** "Rua X", "120 Rua X", "2ª Travessa X". */
function isTyped(items: readonly Item[]): boolean {
  const words = textsOf(items);
  const isType = (at: number) => streetTypeOf(words[at] ?? '') !== null && words.length > at + 1;
  return (
    hasName(words) &&
    (isType(0) ||
      (isType(1) &&
        words.length > 2 &&
        (items[0]?.kind === 'number' || /^\d+[ºOA]?$|^[A-Z]+[OA]$/.test(words[0] ?? ''))))
  );
}

/** No municipality's name has more, blanks and particles counted. */
const TOWN_WORDS_AT_MOST = 8;

/** Takes this town's name off the end of a part; null where it is not there, or belongs to a name. */
function withoutTown(part: Part, isOwn: (key: TownKey) => boolean, context: ReaderContext): Part | null {
  const words = part.items.flatMap((item) => item.words);
  const bare = words.at(-1)?.text === context.state && words.length > 1 ? words.slice(0, -1) : words;
  const without = (from: number): Part => partOf(bare.slice(0, from), part.label);
  const whole = textOf(bare);
  if (bare.length <= TOWN_WORDS_AT_MOST && isOwn(townKey(whole))) return without(0);
  // Within a longer part it must be written as it is: half a street's name may be like a town's.
  const from = bare.findIndex((_, at) => at > 0 && textOf(bare.slice(at)) === fold(context.cityName));
  if (from < 0) return null;
  const before = bare[from - 1]?.text ?? '';
  // "Rua Contagem" and "Via Expressa de Contagem" are streets, "Nova Contagem" is one of its neighbourhoods.
  const inName = streetTypeOf(before) !== null || /^D[AEO]?$/.test(before) || context.isPlace(whole);
  return inName ? null : without(from);
}

/** Written alike, and no other town of the state is written just so. */
function isSameTown(key: TownKey, own: TownKey, state: string): boolean {
  if (key === own) return true;
  return levenshtein(key, own) <= Math.floor(own.length / 6) && !isMunicipality(key, state);
}

/** The part before the state is a town, and so is a last part that is called like one, unless a neighbourhood here is, too. */
function namesAnotherTown(
  { beforeState, state }: TakenApart,
  others: readonly Part[],
  context: ReaderContext,
): boolean {
  const isUnknown = (part: Part) =>
    part.label === null && part.items.every(({ kind }) => kind === 'word') && !context.isNearlyPlace(part.text);
  if (beforeState !== null && others.some(({ text }) => text === beforeState.text)) return isUnknown(beforeState);
  const last = others.at(-1);
  return last !== undefined && isUnknown(last) && isMunicipality(townKey(last.text), state);
}
