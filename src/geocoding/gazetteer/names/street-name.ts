import { expandWords, foldedWords, isParticle, soundOf, streetTypeOf } from '../../reader/words.js';
import { leadingOrdinal, numeralsToDigits } from './numerals.js';

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
  // `Ala ALAMEDA DOS JUDICIARIOS` has its type twice, the second one being the name's own.
  let typed = 0;
  while (typed < named.length - 1 && typed < 2 && isTypeAt(named, typed)) typed += 1;
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

function isTypeAt(words: readonly string[], index: number): boolean {
  const word = words[index] ?? '';
  if (streetTypeOf(word) === null) return false;
  // A second one-letter or two-letter word is a name of its own: "Rua R", "Rua Al".
  return index === 0 || word.length > 2;
}
