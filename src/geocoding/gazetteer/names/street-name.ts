import { expandWords, foldedWords, isParticle, streetTypeOf } from './words.js';

/**
 * How a folded Brazilian word sounds, roughly: spellings that are heard alike become one (`LUIZ`/`LUIS`, `WALTER`/`VALTER`,
 * `THEODORO`/`TEODORO`, `SOUZA`/`SOUSA`, `EDWIGES`/`EDVIGES`, `BENJAMIM`/`BENJAMIN`).
 */
export function soundOf(word: string): string {
  if (word.length < 2 || /\d/.test(word)) return word;
  return word
    .replace(/PH/g, 'F')
    .replace(/Y/g, 'I')
    .replace(/W/g, 'V')
    .replace(/QU(?=[EI])/g, 'K')
    .replace(/GU(?=[EI])/g, 'G#')
    .replace(/S?C(?=[EI])/g, 'S')
    .replace(/G(?=[EI])/g, 'J')
    .replace(/G#/g, 'G')
    .replace(/SH/g, 'X')
    .replace(/CH/g, 'X')
    .replace(/C/g, 'K')
    .replace(/Z/g, 'S')
    .replace(/([NL])H(?=[AEIOU])/g, '$1#')
    .replace(/H/g, '')
    .replace(/#/g, 'H')
    .replace(/(.)\1+/g, '$1')
    .replace(/N(?=[PB])/g, 'M')
    .replace(/[MN]$/, 'M');
}

const UNITS: Readonly<Record<string, number>> = {
  UM: 1,
  UMA: 1,
  PRIMEIRO: 1,
  DOIS: 2,
  DUAS: 2,
  SEGUNDO: 2,
  TRES: 3,
  TERCEIRO: 3,
  QUATRO: 4,
  CINCO: 5,
  SEIS: 6,
  SETE: 7,
  OITO: 8,
  NOVE: 9,
  DEZ: 10,
  ONZE: 11,
  DOZE: 12,
  TREZE: 13,
  QUATORZE: 14,
  CATORZE: 14,
  QUINZE: 15,
  DEZESSEIS: 16,
  DEZESSETE: 17,
  DEZOITO: 18,
  DEZENOVE: 19,
};
const TENS: Readonly<Record<string, number>> = {
  VINTE: 20,
  TRINTA: 30,
  QUARENTA: 40,
  CINQUENTA: 50,
  SESSENTA: 60,
  SETENTA: 70,
  OITENTA: 80,
  NOVENTA: 90,
};
const HUNDREDS: Readonly<Record<string, number>> = {
  CEM: 100,
  CENTO: 100,
  DUZENTOS: 200,
  TREZENTOS: 300,
  QUATROCENTOS: 400,
};

/** Two letters or more: a single I, V or X is as often a street's letter as a number. */
const ROMAN: Readonly<Record<string, number>> = {
  II: 2,
  III: 3,
  IV: 4,
  VI: 6,
  VII: 7,
  VIII: 8,
  IX: 9,
  XI: 11,
  XII: 12,
  XV: 15,
  XXIII: 23,
};

/**
 * Writes numbers in words and Roman numerals as digits, so that `VINTE E TRES DE MAIO` and `23 DE MAIO`, `DOM PEDRO II` and
 * `DOM PEDRO SEGUNDO` are one name.
 */
export function numeralsToDigits(words: readonly string[]): string[] {
  const written: string[] = [];
  let index = 0;
  while (index < words.length) {
    const read = readNumeral(words, index);
    written.push(read ? String(read.value) : plainNumber(words[index] ?? ''));
    index = read?.next ?? index + 1;
  }
  return written;
}

function readNumeral(words: readonly string[], start: number): { value: number; next: number } | null {
  let value = 0;
  let next = start;
  // Largest first: hundreds, tens, units, each at most once, joined by E.
  for (const table of [HUNDREDS, TENS, UNITS]) {
    const joined = next > start && words[next] === 'E' ? next + 1 : next;
    const part = table[words[joined] ?? ''];
    if (part === undefined) continue;
    value += part;
    next = joined + 1;
  }
  if (next > start) return { value, next };
  const roman = ROMAN[words[start] ?? ''];
  return roman === undefined ? null : { value: roman, next: start + 1 };
}

/** `1O` (from `1º`) and `01` → `1`. */
function plainNumber(word: string): string {
  return /^\d+[OA]?$/.test(word) ? String(Number.parseInt(word, 10)) : word;
}

/** A street's name, taken apart for comparing. */
export interface StreetName {
  /** `Rua`, `Avenida`, …; null when the text names none. */
  type: string | null;
  /** What sets it apart, written out, without particles: `SANTA EDWIGES`. Never empty for a usable name. */
  words: string[];
  /** The words as they sound, for comparing misspelt names. */
  sounds: string[];
  /** The sounds in one string: equal for names that are the same to the ear. */
  key: string;
}

/** Takes a street's name apart; null when nothing but a street type, or nothing at all, is there. */
export function readStreetName(text: string): StreetName | null {
  const all = foldedWords(text);
  // `Ala ALAMEDA DOS JUDICIARIOS` has its type twice, the second one being the name's own.
  let typed = 0;
  while (typed < all.length - 1 && typed < 2 && isTypeAt(all, typed)) typed += 1;
  const type = typed > 0 ? streetTypeOf(all[typed - 1] ?? '') : null;
  const words = nameWords(all.slice(typed));
  // "Rua" alone names nothing.
  if (words.length === 0 || (all.length === 1 && streetTypeOf(all[0] ?? '') !== null)) return null;
  const sounds = words.map(soundOf);
  return { type, words, sounds, key: sounds.join(' ') };
}

/** The words of a name that set it apart: written out, numbers as digits, without particles. */
export function nameWords(folded: readonly string[]): string[] {
  const words = numeralsToDigits(expandWords(folded));
  const telling = words.filter((word) => !isParticle(word));
  // "Rua D" and "Rua E" are named by what is a particle elsewhere.
  return telling.length > 0 ? telling : words;
}

function isTypeAt(words: readonly string[], index: number): boolean {
  const word = words[index] ?? '';
  if (streetTypeOf(word) === null) return false;
  // A second one-letter or two-letter word is a name of its own: "Rua R", "Rua Al".
  return index === 0 || word.length > 2;
}
