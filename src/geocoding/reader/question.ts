import type { AddressQuery } from '../geocoder.js';
import { findStreet, readOthers } from './read-address.js';
import { type Reading, readingsOf } from './readings.js';
import { type Part, takeApart } from './take-apart.js';
import type { Word } from './tokens.js';
import { isMunicipality, type TownKey, townKey } from './towns.js';
import { fold } from './words.js';

/** What an address asks for, as every provider is asked and its answer is compared. */
export interface Question {
  /** One line without flats, plots, references and ranges: what providers cannot find only keeps them from finding the rest. */
  text: string;
  /** As it was written; null where none is named. */
  street: string | null;
  number: number | null;
  neighbourhood: string | null;
  town: TownKey | null;
  townText: string | null;
  /** Two letters. */
  state: string | null;
  /** `32000-000`. */
  postalCode: string | null;
}

/** Reads what is asked for, without a list of streets. */
export function questionOf(query: AddressQuery): Question {
  const taken = takeApart(query);
  const { parts, town, beforeState, state } = taken;
  const postalCode = taken.postalCode?.replace(/^(\d{5})/, '$1-') ?? null;
  const own = town === null ? townIn(parts, beforeState, state) : null;
  const townText = 'parts' in query ? (query.parts.city?.trim() ?? null) : own ? rawOf(own) : (taken.townText ?? null);
  const rest = parts.filter((part) => part !== own);
  const front = rest.reduce((text, part) => {
    const raw = rawOf(part);
    return text === '' || raw === '' ? text + raw : text + (part.label === 'place' ? ' - ' : ', ') + raw;
  }, '');
  const place = [townText?.replace(/\s*[-/(]\s*[A-Za-z]{2}\)?\s*$/, '') ?? '', state ?? ''].filter(Boolean).join(' - ');
  return {
    text: [front, place, postalCode ?? ''].filter(Boolean).join(', '),
    ...likeliest(parts),
    town: town?.key ?? (own ? townKey(own.text) : null),
    townText,
    state,
    postalCode,
  };
}

const NO_PLACES = { isPlace: () => false, isNearlyPlace: () => false };

/** The likeliest way to read an address where no list of streets can tell. */
function likeliest(parts: readonly Part[]): Pick<Question, 'street' | 'number' | 'neighbourhood'> {
  const streetAt = findStreet(parts, NO_PLACES);
  const { number } = readOthers(
    parts.filter((_, at) => at !== streetAt),
    NO_PLACES,
  );
  const items = parts[streetAt]?.items ?? [];
  const readings = readingsOf(items, number, NO_PLACES.isPlace);
  const worth = (reading: Reading) => (reading.number === null ? 0 : 2) - reading.unused;
  const [best] = readings.toSorted((a, b) => worth(b) - worth(a));
  const written = items.flatMap(({ words }) => words);
  const from = written.findIndex(({ text }) => best?.street?.startsWith(text));
  const street = best?.street ? written.slice(from, from + wordCount(best.street, written.slice(from))) : [];
  return {
    street: inOneLine(street) || null,
    number: best?.number ?? null,
    neighbourhood:
      parts
        .find(({ label }) => label === 'place')
        ?.items.flatMap(({ words }) => words.map(({ raw }) => raw))
        .join(' ') ?? null,
  };
}

/** Of how many of the words a folded text is made. */
function wordCount(folded: string, words: readonly { text: string }[]): number {
  let text = '';
  const end = words.findIndex((word) => {
    text = text === '' ? word.text : `${text} ${word.text}`;
    return text.length >= folded.length;
  });
  return end + 1;
}

/** The part that is a town: before the state, else a last one that is called like one. */
function townIn(parts: readonly Part[], beforeState: Part | null, state: string | null): Part | null {
  if (beforeState && parts.includes(beforeState)) return beforeState;
  const last = parts.length > 1 ? parts.at(-1) : undefined;
  return last && last.label === null && isMunicipality(townKey(last.text), state) ? last : null;
}

/** A part as it was written, without what is behind the front door or beside the way. */
function rawOf({ items, label }: Part): string {
  const kept = items.filter(
    ({ kind, words }) => kind === 'word' || kind === 'number' || (kind === 'unit' && words[0]?.text === 'KM'),
  );
  if (label === 'number' && !kept.some(({ kind }) => kind === 'number')) return '';
  return inOneLine(
    kept.flatMap(({ kind, words, value }): readonly Written[] =>
      kind === 'number' ? [{ raw: String(value), joint: '' }] : words,
    ),
  );
}

type Written = Pick<Word, 'raw' | 'joint'>;

/** Words as they were written, a blank between those that no sign joins. */
function inOneLine(words: readonly Written[]): string {
  return words.map(({ raw, joint }, at) => (at === 0 ? raw : (joint || ' ') + raw)).join('');
}

/** House numbers that a provider names: `118;120`, `120-126`, `120 A`. */
export function isNumberIn(answered: string, asked: number): boolean {
  const ranges = [...answered.matchAll(/(\d+)(?:\s*[-–]\s*(\d+))?/g)];
  return ranges.some(([, from, to]) => {
    if (Number(from) === asked) return true;
    return to !== undefined && asked >= Number(from) && asked <= Number(to) && (asked - Number(from)) % 2 === 0;
  });
}

/** True where one name holds the other: "Eldorado" and "Cidade Jardim Eldorado". */
export function isSamePlace(asked: string, answered: string): boolean {
  const [a, b] = [` ${fold(asked)} `, ` ${fold(answered)} `];
  return a.includes(b) || b.includes(a);
}
