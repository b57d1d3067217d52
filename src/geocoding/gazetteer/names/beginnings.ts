import { expandWords, foldedWords, isParticle, isTitle, soundOf, streetTypeOf } from '../../reader/words.js';
import { type PlanePoint, planeDistanceM } from '../plane.js';

/** Fewer letters have no sound of their own. */
const LEAST_LETTERS = 3;
const MOST_WORDS = 12;
const LONGEST_NUMBER = 5;
/** At this distance nearness is worth no more. */
const FAR_M = 5_000;

/** What has been typed so far, as one of the ways to read it. */
export interface Typed {
  type: string | null;
  /** Of the street or the neighbourhood; the last one may be unfinished. */
  words: string[];
  /** The last word as it was typed: "cons" may become "Constant" as well as "Conselheiro". */
  last: string;
  /** Digits of the house number; null where there are none. */
  number: string | null;
  /** What stands behind the number, as it was typed. */
  place: string;
}

/** `Rua das Flores, 12 - Centro` in its parts. What ends in digits may be a name ("Rua 34") or a door: both, the longer name first. */
export function readTyped(text: string): Typed[] {
  const [street = '', ...rest] = text.split(/,|\s-\s/);
  const all = foldedWords(street);
  const type = all.length > 1 ? streetTypeOf(all[0] ?? '') : null;
  const named = type === null ? all : all.slice(1);
  const behind = rest.map((part) => part.trim()).filter((part) => part !== '');
  const numbered = digitsOf(behind[0] ?? '');
  if (numbered !== null) return [{ type, ...telling(named), number: numbered, place: behind.slice(1).join(' ') }];
  const place = behind.join(' ');
  const whole: Typed = { type, ...telling(named), number: null, place };
  const at = named.findLastIndex((word, index) => index > 0 && digitsOf(word) !== null);
  if (at < 0) return [whole];
  const number = digitsOf(named[at] ?? '');
  return [whole, { type, ...telling(named.slice(0, at)), number, place: named.slice(at + 1).join(' ') || place }];
}

/** Of `61`, `518A` and `nº 61`; a flat or a street's code (`ap 301`, `T55`) is no house number. */
function digitsOf(text: string): string | null {
  const digits = /^(?:n[oº°.\s]{0,3})?(\d+)/i.exec(text)?.[1] ?? null;
  return digits !== null && digits.length <= LONGEST_NUMBER ? digits : null;
}

/** Without particles, also the one that "Rua da" ends in on its way to "Rua da Bahia". */
function telling(words: readonly string[]): Pick<Typed, 'words' | 'last'> {
  const kept = expandWords(words).flatMap((word, index) =>
    isParticle(word) ? [] : [{ word, typed: words[index] ?? '' }],
  );
  const last = kept.at(-1)?.typed ?? words.at(-1) ?? '';
  return { words: kept.length > 0 ? kept.map(({ word }) => word) : [...words], last };
}

/** A name as it is looked up. */
export interface Entry {
  type: string | null;
  words: readonly string[];
  /** Where it roughly is. */
  middle: PlanePoint;
  /** How many doors it has: the longer street is the likelier one. */
  doors: number;
}

/** Names by the beginnings of their words. */
export interface Beginnings {
  /** Places in the list of the names that have a word for each word asked for, best first. */
  find(typed: Typed, near: PlanePoint | null, most: number): number[];
}

/** Files each word of each name under its letters and its sound, in order, so that all that begins alike lies together. */
export function indexBeginnings(entries: readonly Entry[]): Beginnings {
  const spelt = sortedWords(entries, (word) => word);
  const heard = sortedWords(entries, soundOf);
  const level = new Uint8Array(entries.length);

  function matching({ words, last }: Typed): number[] {
    let touched: number[] = [];
    words.forEach((word, step) => {
      const next: number[] = [];
      const note = (place: number) => {
        if (level[place] !== step) return;
        level[place] = step + 1;
        next.push(place);
      };
      spelt.beginningWith(word, note);
      heard.beginningWith(soundOfBeginning(word), note);
      if (step === words.length - 1 && last !== word) spelt.beginningWith(last, note);
      for (const place of touched) if (level[place] === step) level[place] = 0;
      touched = next;
    });
    for (const place of touched) level[place] = 0;
    return touched;
  }

  return {
    find(typed, near, most) {
      if (typed.words.length === 0 || typed.words.length > MOST_WORDS) return [];
      const ranked = matching(typed).flatMap((place) => {
        const entry = entries[place];
        return entry ? [{ place, rank: rankOf(entry, typed, near) }] : [];
      });
      return ranked
        .sort((a, b) => a.rank - b.rank || a.place - b.place)
        .slice(0, most)
        .map(({ place }) => place);
    },
  };
}

/** The sound of a word that is not finished: after a consonant as if a vowel followed. */
function soundOfBeginning(word: string): string {
  if (word.length < LEAST_LETTERS) return word;
  return /[AEIOU]$/.test(word) ? soundOf(word) : soundOf(`${word}A`).slice(0, -1);
}

function sortedWords(entries: readonly Entry[], written: (word: string) => string) {
  const places = new Map<string, number[]>();
  entries.forEach(({ words }, place) => {
    for (const word of new Set(words.map(written))) {
      const there = places.get(word);
      if (there) there.push(place);
      else places.set(word, [place]);
    }
  });
  const words = [...places.keys()].sort();
  return {
    beginningWith(beginning: string, note: (place: number) => void): void {
      let [low, high] = [0, words.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((words[middle] ?? '') < beginning) low = middle + 1;
        else high = middle;
      }
      for (let at = low; words[at]?.startsWith(beginning); at += 1)
        for (const place of places.get(words[at] ?? '') ?? []) note(place);
    },
  };
}

/** The less the better: what begins as it was typed, says no more than was typed, is of that type, and is near and long. */
function rankOf({ type, words, middle, doors }: Entry, typed: Typed, near: PlanePoint | null): number {
  const first = typed.words[0] ?? '';
  const start = words.findIndex((word) => word.startsWith(first));
  const titles = words.slice(0, Math.max(0, start)).every(isTitle);
  const begins = start === 0 ? 0 : start > 0 && titles ? 0.3 : 1;
  const more = Math.max(0, words.length - typed.words.length) * 0.15;
  const finished = words.includes(typed.words.at(-1) ?? '') ? 0 : 0.2;
  const otherType = typed.type !== null && type !== typed.type ? 1.5 : 0;
  const away = near ? Math.min(planeDistanceM(middle, near), FAR_M) / FAR_M : 0;
  return begins + more + finished + otherType + away * 0.6 - Math.log10(1 + doors) * 0.1;
}
