import type { City } from '../../city/city.js';
import type { AddressSuggestion, GeocodedLocation, Suggester } from '../geocoder.js';
import { expandWords, fold, foldedWords, isParticle, isTitle, soundOf, streetTypeOf } from '../reader/words.js';
import { CALIBRATED_SHARE } from './circle/steps.js';
import { type Locator, locateAreas, placesOfNumber } from './locate.js';
import type { Area, Neighbourhoods } from './neighbourhoods.js';
import { type PlanePoint, planeDistanceM, quantile } from './plane.js';
import { DOOR_DEPTH_M, pointsOf } from './street-extent.js';
import type { StreetFinder } from './street-finder.js';
import type { Street } from './streets.js';

/** What suggestions are made from. */
export interface SuggesterParts {
  streets: readonly Street[];
  areas: readonly Area[];
  neighbourhoods: Neighbourhoods;
  find: StreetFinder;
  locator: Locator;
}

/** Fewer letters fit half the town. */
const LEAST_LETTERS = 3;
const LONGEST_NUMBER = 5;
/** So many streets are looked at more closely than by their names. */
const STREETS_AT_MOST = 12;
/** One street in so many neighbourhoods at most: others want to be seen, too. */
const PIECES_AT_MOST = 4;
/** At this distance nearness is worth no more. */
const FAR_M = 5_000;

/** What has been typed so far, as one of the ways to read it. */
interface Typed {
  type: string | null;
  /** Of the street or the neighbourhood; the last one may be unfinished. */
  words: string[];
  /** Digits of the house number; null where there are none. */
  number: string | null;
  /** What stands behind the number, as it was typed. */
  place: string;
}

/** A name as it is looked up. */
interface Entry {
  type: string | null;
  words: readonly string[];
  /** Where it roughly is. */
  middle: PlanePoint;
  /** How many doors it has: the longer street is the likelier one. */
  doors: number;
}

/**
 * Suggests streets, doors and neighbourhoods while an address is typed: what begins so, in any order of words, near the seller first.
 *
 * Cost: a tenth of a second for 90,000 doors when it is made; below 2 ms of processor a question.
 */
export function createSuggester({ streets, areas, neighbourhoods, find, locator }: SuggesterParts): Suggester {
  const known: Entry[] = streets.map(({ name, doors, unnumbered, segments }) => ({
    type: name.type,
    words: name.words,
    middle: doors[0] ?? unnumbered[0] ?? firstOf(segments, locator),
    doors: doors.length + unnumbered.length,
  }));
  const streetNames = indexBeginnings(known);
  const areaNames = indexBeginnings(
    areas.map(({ name, least, most }) => ({
      type: null,
      words: expandWords(foldedWords(name)),
      middle: { x: (least.x + most.x) / 2, y: (least.y + most.y) / 2 },
      doors: 0,
    })),
  );
  const pieces = new WeakMap<Street, GeocodedLocation[]>();

  /** One place for each neighbourhood that the street is in. */
  function piecesIn(street: Street): GeocodedLocation[] {
    const before = pieces.get(street);
    if (before) return before;
    const byArea = Map.groupBy(pointsOf(street, locator.plane), (point) =>
      neighbourhoods.at(locator.plane.toDegrees(point)),
    );
    const places = [...byArea.values()]
      .sort((a, b) => b.length - a.length)
      .slice(0, PIECES_AT_MOST)
      .map((points) =>
        locator.present({ ...roundMiddle(points), precision: 'STREET', street: street.label, number: null }),
      );
    pieces.set(street, places);
    return places;
  }

  function streetsOf(typed: Typed, near: PlanePoint | null): Street[] {
    const found = streetNames.find(typed, near, STREETS_AT_MOST);
    // What nothing begins with is misspelt.
    const places = found.length > 0 ? found : misspelt(typed);
    return places.flatMap((place) => streets[place] ?? []);
  }

  function misspelt({ type, words }: Typed): number[] {
    if (words.join('').length <= LEAST_LETTERS) return [];
    const alike = find([type, ...words].filter(Boolean).join(' '))?.streets ?? [];
    return alike.slice(0, STREETS_AT_MOST).map(({ street }) => streets.indexOf(street));
  }

  function ofStreets(typed: Typed, near: PlanePoint | null): AddressSuggestion[] {
    const there = typed.place === '' ? [] : neighbourhoods.named(typed.place);
    return streetsOf(typed, near).flatMap((street) =>
      typed.number === null
        ? piecesIn(street).map((location) => ({ kind: 'STREET' as const, text: street.label, location }))
        : doorsOf(street, typed.number, there, locator),
    );
  }

  function ofAreas(typed: Typed, near: PlanePoint | null): AddressSuggestion[] {
    if (typed.number !== null || typed.type !== null) return [];
    return areaNames.find(typed, near, 3).flatMap((place) => {
      const answer = locateAreas(areas.slice(place, place + 1), locator);
      if (answer.kind !== 'found') return [];
      const { location } = answer;
      return [{ kind: 'NEIGHBOURHOOD' as const, text: location.neighbourhood ?? '', location }];
    });
  }

  return {
    suggest(text, near, first) {
      if (fold(text).replace(/[^A-Z]/g, '').length < LEAST_LETTERS) return [];
      const from = near && locator.plane.toPlane(near);
      const found = readTyped(text).flatMap((typed) => [...ofAreas(typed, from), ...ofStreets(typed, from)]);
      const distinct = new Map<string, AddressSuggestion>();
      for (const one of found) {
        const key = `${one.text}/${one.location.neighbourhood}/${one.location.crossStreet ?? ''}`;
        if (!distinct.has(key)) distinct.set(key, one);
      }
      const all = [...distinct.values()];
      // A house number leads to a door, whatever streets there are whose name goes on with it.
      const doors = all.filter(({ kind }) => kind === 'DOOR');
      return [...doors, ...all.filter(({ kind }) => kind !== 'DOOR')].slice(0, first);
    },
  };
}

/** `Rua das Flores, 12 - Centro` in its parts. What ends in digits may be a name ("Rua 34") or a door: both, the longer name first. */
function readTyped(text: string): Typed[] {
  const [street = '', ...rest] = text.split(/,|\s-\s/);
  const all = foldedWords(street);
  const type = all.length > 1 ? streetTypeOf(all[0] ?? '') : null;
  const named = type === null ? all : all.slice(1);
  const behind = rest.map((part) => part.trim()).filter((part) => part !== '');
  const numbered = digitsOf(behind[0] ?? '');
  if (numbered !== null) return [{ type, words: telling(named), number: numbered, place: behind.slice(1).join(' ') }];
  const place = behind.join(' ');
  const whole: Typed = { type, words: telling(named), number: null, place };
  const at = named.findLastIndex((word, index) => index > 0 && digitsOf(word) !== null);
  if (at < 0) return [whole];
  const number = named[at] ?? null;
  return [whole, { type, words: telling(named.slice(0, at)), number, place: named.slice(at + 1).join(' ') || place }];
}

function digitsOf(text: string): string | null {
  const digits = /^\D{0,3}(\d+)/.exec(text)?.[1] ?? null;
  return digits !== null && digits.length <= LONGEST_NUMBER ? digits : null;
}

function telling(words: readonly string[]): string[] {
  const written = expandWords(words);
  const all = written.filter(
    (word, index) => !isParticle(word) || (index === written.length - 1 && written.length > 1),
  );
  const last = all.at(-1);
  // "Rua da" is on its way to "Rua da Bahia".
  const done = last !== undefined && isParticle(last) && all.length > 1 ? all.slice(0, -1) : all;
  return done.length > 0 ? done : [...written];
}

/** Doors whose number begins so, the very number first; where none does, where the number would stand. */
function doorsOf(street: Street, digits: string, areas: readonly Area[], locator: Locator): AddressSuggestion[] {
  const asked = Number(digits);
  const there = new Set<number>();
  for (const { number } of street.doors) if (String(number).startsWith(digits)) there.add(number);
  const begun = [...there].filter((number) => number !== asked).sort((a, b) => a - b);
  const numbers = there.has(asked) || there.size === 0 ? [asked, ...begun] : [...begun, asked];
  return numbers.slice(0, PIECES_AT_MOST).flatMap((number) =>
    placesOfNumber(street, number, areas, locator)
      .slice(0, PIECES_AT_MOST)
      .map((location) => ({ kind: 'DOOR' as const, text: `${street.label}, ${number}`, location })),
  );
}

/** A circle around the middle: a little wider than the smallest one, and made in one step. */
function roundMiddle(points: readonly PlanePoint[]): { point: PlanePoint; radiusM: number } {
  const point = { x: 0, y: 0 };
  for (const { x, y } of points) {
    point.x += x / points.length;
    point.y += y / points.length;
  }
  const distances = Float64Array.from(points, (one) => planeDistanceM(point, one)).sort();
  return { point, radiusM: quantile(distances, CALIBRATED_SHARE) * (1 + 2 / (points.length + 1)) + DOOR_DEPTH_M };
}

function firstOf(segments: City['streets'], { plane }: Locator): PlanePoint {
  const point = segments[0]?.path[0];
  return point ? plane.toPlane(point) : { x: 0, y: 0 };
}

interface Beginnings {
  /** Places in the list of the names that have a word for each word asked for, best first. */
  find(typed: Typed, near: PlanePoint | null, most: number): number[];
}

/** Files each word of each name under its letters and its sound, in order, so that all that begins alike lies together. */
function indexBeginnings(entries: readonly Entry[]): Beginnings {
  const spelt = sortedWords(entries, (word) => word);
  const heard = sortedWords(entries, soundOf);
  const level = new Uint8Array(entries.length);

  function matching(words: readonly string[]): number[] {
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
      for (const place of touched) if (level[place] === step) level[place] = 0;
      touched = next;
    });
    for (const place of touched) level[place] = 0;
    return touched;
  }

  return {
    find(typed, near, most) {
      if (typed.words.length === 0 || typed.words.length > 12) return [];
      const ranked = matching(typed.words).flatMap((place) => {
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

/** The sound of a word that is not finished: as if a vowel followed. */
function soundOfBeginning(word: string): string {
  return word.length < LEAST_LETTERS ? word : soundOf(`${word}A`).slice(0, -1);
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
