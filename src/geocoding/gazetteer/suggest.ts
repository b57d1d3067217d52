import type { City } from '../../city/city.js';
import type { AddressSuggestion, GeocodedLocation, Suggester } from '../geocoder.js';
import { expandWords, fold, foldedWords, isParticle } from '../reader/words.js';
import { CALIBRATED_SHARE } from './circle/steps.js';
import { type Locator, locateAreas, placesOfNumber } from './locate.js';
import { type Entry, indexBeginnings, readTyped, type Typed } from './names/beginnings.js';
import type { Area, Neighbourhoods } from './neighbourhoods.js';
import { distanceOf, type PlanePoint, planeDistanceM } from './plane.js';
import { DOOR_DEPTH_M, pointsOf } from './street-extent.js';
import type { StreetFinder } from './street-finder.js';
import type { Street } from './streets.js';

/** What suggestions are made from. */
export interface SuggesterParts {
  streets: readonly Street[];
  neighbourhoods: Neighbourhoods;
  find: StreetFinder;
  locator: Locator;
}

/** Fewer letters fit half the town. */
const LEAST_LETTERS = 3;
/** So many streets are looked at more closely than by their names. */
const STREETS_AT_MOST = 12;
/** One street in so many neighbourhoods at most: others want to be seen, too. */
const PIECES_AT_MOST = 4;
const AREAS_AT_MOST = 3;
/** A street's course is known from so many of its doors. */
const SAMPLED_POINTS = 60;
const TELLING_SHARE = 0.1;
/** Nobody knows a street as a whole better. */
const STREET_AT_LEAST_M = 40;

/** As the name is written, and with its numbers in digits: "Pio XII" is found by "pio x" and by "pio 12". */
function wordsOf(label: string, { type, words }: Street['name']): string[] {
  const folded = foldedWords(label);
  const named = type !== null && folded[0] === fold(type) ? folded.slice(1) : folded;
  const written = expandWords(named).filter((word) => !isParticle(word));
  return [...new Set([...(written.length > 0 ? written : named), ...words])];
}

/**
 * Suggests streets, doors and neighbourhoods while an address is typed: what begins so, in any order of words, near the seller first.
 *
 * Cost: a tenth of a second for 90,000 doors when it is made; below 2 ms of processor a question on
 * average; what is misspelt costs a whole look-up.
 */
export function createSuggester({ streets, neighbourhoods, find, locator }: SuggesterParts): Suggester {
  const { areas } = neighbourhoods;
  const known: Entry[] = streets.map(({ name, label, doors, unnumbered, segments }) => ({
    type: name.type,
    words: wordsOf(label, name),
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
  const pieces = new Map<Street, GeocodedLocation[]>();
  const wholes = new Map<Area, GeocodedLocation | null>();

  /** One place for each neighbourhood that the street is in. */
  function piecesIn(street: Street): GeocodedLocation[] {
    const before = pieces.get(street);
    if (before) return before;
    const all = pointsOf(street, locator.plane);
    const every = Math.ceil(all.length / SAMPLED_POINTS);
    const byArea = Map.groupBy(
      all.filter((_, index) => index % every === 0),
      (point) => neighbourhoods.at(locator.plane.toDegrees(point)),
    );
    const parts = [...byArea.values()].sort((a, b) => b.length - a.length);
    // A door on the far side of a border does not make it a street of that neighbourhood.
    const places = parts
      .filter((points) => points.length >= (parts[0]?.length ?? 0) * TELLING_SHARE)
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
    return found.length > 0 ? found.flatMap((place) => streets[place] ?? []) : misspelt(typed);
  }

  function misspelt({ type, words }: Typed): Street[] {
    if (words.join('').length <= LEAST_LETTERS) return [];
    const alike = find([type, ...words].filter(Boolean).join(' '))?.streets ?? [];
    return alike.slice(0, STREETS_AT_MOST).map(({ street }) => street);
  }

  function ofStreets(typed: Typed, near: PlanePoint | null, most: number): AddressSuggestion[] {
    const there = typed.place === '' ? [] : neighbourhoods.named(typed.place);
    const found: AddressSuggestion[] = [];
    for (const street of streetsOf(typed, near)) {
      if (found.length >= most) break;
      if (typed.number !== null) found.push(...doorsOf(street, typed.number, there, locator));
      else
        for (const location of nearFirst(piecesIn(street), near))
          found.push({ kind: 'STREET', text: street.label, location });
    }
    return found;
  }

  function nearFirst(places: readonly GeocodedLocation[], near: PlanePoint | null): readonly GeocodedLocation[] {
    if (!near) return places;
    const awayM = (place: GeocodedLocation) => planeDistanceM(locator.plane.toPlane(place), near);
    return places.toSorted((a, b) => awayM(a) - awayM(b));
  }

  function wholeOf(area: Area): GeocodedLocation | null {
    const before = wholes.get(area);
    if (before !== undefined) return before;
    const answer = locateAreas([area], locator);
    const location = answer.kind === 'found' ? answer.location : null;
    wholes.set(area, location);
    return location;
  }

  function ofAreas(typed: Typed, near: PlanePoint | null): AddressSuggestion[] {
    if (typed.number !== null || typed.type !== null) return [];
    return areaNames.find(typed, near, AREAS_AT_MOST).flatMap((place) => {
      const area = areas[place];
      const location = area ? wholeOf(area) : null;
      return location ? [{ kind: 'NEIGHBOURHOOD' as const, text: location.neighbourhood ?? '', location }] : [];
    });
  }

  return {
    suggest(text, near, first) {
      if (fold(text).replace(/[^A-Z]/g, '').length < LEAST_LETTERS) return [];
      const from = near && locator.plane.toPlane(near);
      const found = readTyped(text).flatMap((typed) => [...ofAreas(typed, from), ...ofStreets(typed, from, first)]);
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
  const radiusM = distanceOf(points, point, CALIBRATED_SHARE) * (1 + 2 / (points.length + 1)) + DOOR_DEPTH_M;
  return { point, radiusM: Math.max(STREET_AT_LEAST_M, radiusM) };
}

function firstOf(segments: City['streets'], { plane }: Locator): PlanePoint {
  const point = segments[0]?.path[0];
  return point ? plane.toPlane(point) : { x: 0, y: 0 };
}
