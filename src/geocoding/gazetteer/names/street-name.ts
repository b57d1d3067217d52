import {
  expandWords,
  foldedWords,
  isMonthNext,
  isParticle,
  soundOf,
  streetTypeOf,
  wordSet,
} from '../../reader/words.js';

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
  // "2ª Travessa São José": the ordinal is the name's, not a house's.
  const ordinal =
    streetTypeOf(all[1] ?? '') !== null && (all[1] ?? '').length > 1 ? leadingOrdinal(all[0] ?? '') : null;
  const named = ordinal === null ? all : all.slice(1);
  // Of two the second one is the name's own.
  const typed = typeLength(named);
  const type = typed > 0 ? streetTypeOf(named[typed - 1] ?? '') : null;
  const words = [...(ordinal === null ? [] : [ordinal]), ...nameWords(named.slice(typed))];
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

/** How many words at the beginning of a folded name are its type: `Ala ALAMEDA DOS JUDICIARIOS` has it twice. */
export function typeLength(words: readonly string[]): number {
  // A second one-letter or two-letter word is a name of its own: "Rua R", "Rua Al".
  const isType = (word: string, at: number) => streetTypeOf(word) !== null && (at === 0 || word.length > 2);
  const most = Math.min(2, words.length - 1);
  const end = words.slice(0, most).findIndex((word, at) => !isType(word, at));
  return end < 0 ? Math.max(0, most) : end;
}

const tableOf = (words: string, value: (at: number) => number): Readonly<Record<string, number>> =>
  Object.fromEntries(words.split(' ').flatMap((same, at) => same.split('/').map((word) => [word, value(at)])));

const UNITS = tableOf(
  'UM/UMA DOIS/DUAS TRES QUATRO CINCO SEIS SETE OITO NOVE DEZ ONZE DOZE TREZE QUATORZE/CATORZE QUINZE DEZESSEIS DEZESSETE DEZOITO DEZENOVE',
  (at) => at + 1,
);
const TENS = tableOf('VINTE TRINTA QUARENTA CINQUENTA SESSENTA SETENTA OITENTA NOVENTA', (at) => 10 * (at + 2));
const HUNDREDS = tableOf('CEM/CENTO DUZENTOS TREZENTOS QUATROCENTOS', (at) => 100 * (at + 1));
/** Without their last letter: `PRIMEIR` for `PRIMEIRO` and `PRIMEIRA`. */
const ORDINAL_UNITS = tableOf('PRIMEIR SEGUND TERCEIR QUART QUINT SEXT SETIM OITAV NON', (at) => at + 1);
const ORDINAL_TENS = tableOf(
  'DECIM VIGESIM TRIGESIM QUADRAGESIM QUINQUAGESIM SEXAGESIM SEPTUAGESIM OCTOGESIM NONAGESIM',
  (at) => 10 * (at + 1),
);
/** Largest first, each at most once, joined by E. */
const CARDINALS = [HUNDREDS, TENS, UNITS];
const ORDINALS = [ORDINAL_TENS, ORDINAL_UNITS];

const ROMAN = /^(?=[IVXLC])(X[CL]|L?X{0,3})(I[XV]|V?I{0,3})$/;
const ROMAN_VALUE: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 };
/** Behind them a single I, V or X counts; elsewhere it is as often a street's letter. */
const COUNTED = wordSet(
  'PEDRO JOAO PIO LEAO PAULO BENTO CARLOS LUIS LUIZ HENRIQUE JORGE AFONSO MANUEL MANOEL JOSE MARIA',
);

/**
 * Writes numbers and ordinals in words, and Roman numerals, as digits, so that `VINTE E TRES DE MAIO` and `23 DE MAIO`, `DOM PEDRO II` and
 * `DOM PEDRO SEGUNDO` are one name. A name that is nothing but a Roman numeral stays: "Rua II" is not "Rua 2".
 */
function numeralsToDigits(words: readonly string[]): string[] {
  const written: string[] = [];
  let index = 0;
  while (index < words.length) {
    const read = readNumeral(words, index);
    if (read) written.push(String(read.value));
    else written.push(...plain(words[index] ?? '', index + 1 < words.length));
    index = read?.next ?? index + 1;
  }
  return written;
}

function readNumeral(words: readonly string[], start: number): { value: number; next: number } | null {
  return (
    inWords(words, start, CARDINALS, (word) => word) ??
    inWords(words, start, ORDINALS, (word) => word.replace(/[OA]$/, '')) ??
    roman(words, start)
  );
}

function inWords(
  words: readonly string[],
  start: number,
  tables: readonly Readonly<Record<string, number>>[],
  stem: (word: string) => string,
): { value: number; next: number } | null {
  let value = 0;
  let next = start;
  for (const table of tables) {
    const joined = next > start && words[next] === 'E' ? next + 1 : next;
    const part = table[stem(words[joined] ?? '')];
    if (part === undefined) continue;
    value += part;
    next = joined + 1;
  }
  return next > start ? { value, next } : null;
}

function roman(words: readonly string[], start: number): { value: number; next: number } | null {
  const [word = '', before = '', next] = [words[start], words[start - 1], words[start + 1]];
  if (words.length === 1 || !ROMAN.test(word)) return null;
  if (word.length === 1 && !isMonthNext(words.slice(start + 1)) && !(next === undefined && COUNTED.has(before)))
    return null;
  let value = 0;
  [...word].forEach((letter, at) => {
    const [one, after] = [ROMAN_VALUE[letter] ?? 0, ROMAN_VALUE[word[at + 1] ?? ''] ?? 0];
    value += one < after ? -one : one;
  });
  return { value, next: start + 1 };
}

/** `1º` and `01` → `1`, `1O DE MAIO` → `1`; `T55` → `T 55`, `5A` → `5 A`. */
function plain(word: string, goesOn: boolean): string[] {
  const number = /^0*(\d+)(º|[OA])?$/.exec(word);
  if (number?.[1] && (number[2] !== 'A' || goesOn)) return [number[1]];
  return word
    .replace(/(\d)(?=[A-Z])|([A-Z])(?=\d)/g, '$1$2 ')
    .split(' ')
    .map((part) => part.replace(/^0+(?=\d)/, ''));
}

/** The number that leads a name before its type: `2` of `2ª Travessa` and `Segunda Travessa`; null where none does. */
function leadingOrdinal(word: string): string | null {
  const marked = /^0*(\d+)[ºOA]?$/.exec(word);
  if (marked?.[1]) return marked[1];
  const read = inWords([word], 0, ORDINALS, (one) => one.replace(/[OA]$/, ''));
  return read ? String(read.value) : null;
}
