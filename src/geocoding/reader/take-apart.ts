import type { AddressParts, AddressQuery } from '../geocoder.js';
import { type Item, itemsOf } from './items.js';
import { cutIntoSegments, type Label, type Segment, textOf, type Word, wordsOf } from './tokens.js';
import { isMunicipality, readTown, stateOf, type TownKey, townKey } from './towns.js';
import { streetTypeOf } from './words.js';

/** A segment with its words grouped. */
export interface Part {
  items: Item[];
  label: Label | null;
  text: string;
}

/** An address before anybody compares it with a list of streets. */
export interface TakenApart {
  parts: Part[];
  /** Two letters. */
  state: string | null;
  /** The part that a state was written behind: a town, or a neighbourhood. */
  beforeState: Part | null;
  /** The town, where an ERP or a label says so. */
  town: { key: TownKey; state: string | null } | null;
  townText: string | null;
  postalCode: string | null;
}

const POSTAL_CODE = /(?:\bCEP\b\s*[:.]?\s*)?\b(\d{2})\.?(\d{3})[-\s]?(\d{3})\b(?!-\d)|\bCEP\b\s*:?/gi;
const STATE_BEHIND_SIGN =
  /[-/]\s*(?=(?:A[CLMP]|BA|CE|DF|ES|GO|M[AGST]|P[ABEIR]|R[JNORS]|S[CEP]|TO)\s*(?:$|[,;|\n-]))/gi;
const COUNTRY = /^(?:BRASIL|BRAZIL|BR)$/;

/** Takes an address apart, text or parts: the one grammar for what is asked and for what providers answer. */
export function takeApart(query: AddressQuery): TakenApart {
  const given = 'parts' in query ? query.parts : null;
  let postalCode = digitsOf(given?.postalCode);
  const clean = (text: string) =>
    text
      .replace(POSTAL_CODE, (_, ...digits: (string | undefined)[]) => {
        if (digits[0]) postalCode ??= digits.slice(0, 3).join('');
        return ' , ';
      })
      .replace(STATE_BEHIND_SIGN, ' , ');
  const segments = given ? segmentsOf(given, clean) : cutIntoSegments(clean('text' in query ? query.text : ''));
  const parts = segments.flatMap(toParts);
  const named = parts.find(({ label }) => label === 'town');
  const townText = given?.city?.trim() || named?.items.flatMap(({ words }) => words.map(({ raw }) => raw)).join(' ');
  const town = townText ? readTown(townText) : null;
  const labelledState = given?.state?.trim() || parts.find(({ label }) => label === 'state')?.text;
  const rest = parts.filter(({ label }) => label !== 'town' && label !== 'state' && label !== 'complement');
  const found = given ? null : takeState(rest, town === null);
  return {
    parts: rest,
    state: (labelledState ? (stateOf(labelledState) ?? '??') : found?.state) ?? town?.state ?? null,
    beforeState: found?.before ?? null,
    town,
    townText: townText ?? null,
    postalCode,
  };
}

function digitsOf(postalCode: string | undefined): string | null {
  const digits = postalCode?.replace(/\D/g, '') ?? '';
  return digits.length === 8 ? digits : digits.length === 7 ? `0${digits}` : null;
}

/** An ERP's fields; each may hold more than it should. */
function segmentsOf(parts: AddressParts, clean: (text: string) => string): Segment[] {
  const number = parts.number?.replace(/(\d)\.(\d{3})\b/g, '$1$2').replace(/(km\D*\d+)[.,](\d)/i, '$1·$2');
  const segments: Segment[] = [
    ...cutIntoSegments(clean(parts.street), 'street'),
    { words: wordsOf(number ?? ''), label: 'number' },
    { words: wordsOf(parts.neighbourhood ?? ''), label: 'place' },
  ];
  return segments.filter(({ words }) => words.length > 0);
}

/** "LOGRADOURO RUA X NUMERO 12 BAIRRO CENTRO": a label may stand without a colon. */
function toParts({ words, label }: Segment): Part[] {
  const [first] = words;
  if (label === null && words.length > 1 && /^(?:ENDERECO|END|LOGRADOURO)$/.test(first?.text ?? ''))
    return toParts({ words: words.slice(1), label: 'street' });
  const at = words.findIndex(
    ({ text }, index) => index > 0 && text === 'BAIRRO' && streetTypeOf(words[index - 1]?.text ?? '') === null,
  );
  if (at > 0 && at < words.length - 1)
    return [
      ...toParts({ words: words.slice(0, at), label }),
      ...toParts({ words: words.slice(at + 1), label: 'place' }),
    ];
  const isPlace = label === null && words.length > 1 && /^(?:BAIRRO|BRO)$/.test(first?.text ?? '');
  const own = isPlace ? words.slice(1) : words;
  const part = partOf(own, isPlace ? 'place' : label);
  return COUNTRY.test(part.text) ? [] : [part];
}

/** Words as a part. */
export function partOf(words: readonly Word[], label: Label | null): Part {
  return { items: itemsOf(words), label, text: textOf(words) };
}

interface FoundState {
  state: string;
  before: Part | null;
}

/** Takes the state off the end: two letters in a part of their own or behind a town, or its name. */
function takeState(parts: Part[], isTownOpen: boolean): FoundState | null {
  for (let at = parts.length - 1; at >= 1; at -= 1) {
    const found = stateAlone(parts, at, isTownOpen) ?? stateBehindTown(parts, at);
    if (found !== null) return found === 'town' ? null : found;
  }
  return null;
}

/** "São Paulo" and "Rio de Janeiro" are towns, too: a state only behind a town. */
function stateAlone(parts: Part[], at: number, isTownOpen: boolean): FoundState | 'town' | null {
  const text = parts[at]?.text ?? '';
  const state = /^\d/.test(text) ? null : stateOf(text);
  if (state === null) return null;
  const isTownToo = text.length > 2 && isMunicipality(townKey(text), state);
  if (isTownToo && at < 2) return isTownOpen ? null : 'town';
  parts.splice(at, 1);
  return { state, before: at >= 2 ? (parts[at - 1] ?? null) : null };
}

/** "Contagem MG" in one part. */
function stateBehindTown(parts: Part[], at: number): FoundState | null {
  const part = parts[at];
  const words = part?.items.flatMap((item) => item.words) ?? [];
  const last = words.at(-1)?.text ?? '';
  const state = /^[A-Z]{2}$/.test(last) && words.length > 1 ? stateOf(last) : null;
  if (!part || state === null) return null;
  const before = partOf(words.slice(0, -1), part.label);
  parts[at] = before;
  return { state, before };
}
