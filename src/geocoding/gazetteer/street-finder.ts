import type { Likely } from './choose.js';
import { type KnownName, similarity } from './names/similarity.js';
import { readStreetName, type StreetName } from './names/street-name.js';
import { type Plane, planeDistanceM, quantileOf } from './plane.js';
import type { Street } from './streets.js';

/** Streets that answer to a name. */
export interface FoundStreets {
  /** The most alike name's likeness, 0 to 1. */
  likeness: number;
  streets: Likely[];
}

/** Finds the streets that a name may mean, or that are called just so; null when there is none. */
export type StreetFinder = (name: string, exactly?: boolean) => FoundStreets | null;

/** Below this, a name is a guess that needs confirmation. */
export const TRUSTED_LIKENESS = 0.82;
/** A name less like by this much is not meant any more. */
const NAME_MARGIN = 0.12;
const NAME_WEIGHT_FALLS = 30;
/** A street that only the map knows is the one of a like name whose doors stand along it. */
const ALIAS_LIKENESS = 0.78;
const ALIAS_DISTANCE_M = 45;

/** Indexes all names. The map and the doors often spell one street differently: where they run together they become one. */
export function createStreetFinder(streets: readonly Street[], plane: Plane): StreetFinder {
  const names = streets.map(({ name }) => name);
  const target = streets.map((_, place) => place);
  const index = indexNames(names);
  streets.forEach((street, place) => {
    if (street.doors.length + street.unnumbered.length > 0) return;
    const twin = index
      .find(withoutCut(street.name), 'all')
      .find((match) => isTwin(match, street, streets[match.place], plane));
    if (twin) target[place] = twin.place;
  });

  return (text, exactly) => {
    const name = readStreetName(text);
    const matches = name ? index.find(name, exactly ? 'exactly' : 'best') : [];
    const [best] = matches;
    if (!best) return null;
    const likeliest = new Map<number, number>();
    for (const { place, likeness } of matches) {
      if (likeness < best.likeness - NAME_MARGIN) break;
      const street = target[place] ?? place;
      likeliest.set(street, Math.max(likeliest.get(street) ?? 0, likeness));
    }
    return {
      likeness: best.likeness,
      streets: [...likeliest].flatMap(([place, likeness]) => {
        const street = streets[place];
        return street ? [{ street, nameWeight: Math.exp(NAME_WEIGHT_FALLS * (likeness - best.likeness)) }] : [];
      }),
    };
  };
}

function withoutCut({ cut, ...name }: KnownName) {
  return name;
}

function isTwin(match: NameMatch, street: Street, other: Street | undefined, plane: Plane): boolean {
  if (!other || other === street || match.likeness < ALIAS_LIKENESS) return false;
  const doors = [...other.doors, ...other.unnumbered];
  if (doors.length === 0) return false;
  const points = street.segments.flatMap(({ path }) => path.map(plane.toPlane));
  const distances = points.map((point) => Math.min(...doors.map((door) => planeDistanceM(door, point))));
  return quantileOf(distances, 0.5) <= ALIAS_DISTANCE_M;
}

/** A known name that answers to what was asked; `place` is its position in the list that the index was built from. */
interface NameMatch {
  place: number;
  /** 0 to 1, see `similarity`; less where the street type is another one. */
  likeness: number;
}

/** Finds names that are written like the one asked for. */
interface NameIndex {
  /** Best first, none under `LEAST_LIKENESS`. `best`, the default: with a name that is there word for word, only such; `exactly`: only such in any case. */
  find(name: StreetName, how?: 'exactly' | 'best' | 'all'): NameMatch[];
}

const LEAST_LIKENESS = 0.72;
const OTHER_TYPE = 0.12;
/** So many of the names that share most letter triples are compared word by word. */
const COMPARED = 40;

/**
 * Files names by how they sound as a whole and by their letter triples: an exact name costs one look-up, a misspelt one some
 * hundreds of additions and 40 comparisons.
 */
function indexNames(names: readonly KnownName[]): NameIndex {
  const byKey = new Map<string, number[]>();
  const byTriple = new Map<string, number[]>();
  const tripleCounts = new Uint16Array(names.length);
  names.forEach(({ key }, place) => {
    file(byKey, key, place);
    const triples = triplesOf(key);
    tripleCounts[place] = triples.size;
    for (const triple of triples) file(byTriple, triple, place);
  });
  const shared = new Uint16Array(names.length);

  function nearest(key: string): number[] {
    const triples = triplesOf(key);
    const touched: number[] = [];
    for (const triple of triples) {
      for (const place of byTriple.get(triple) ?? []) {
        if (shared[place] === 0) touched.push(place);
        shared[place] = (shared[place] ?? 0) + 1;
      }
    }
    const overlap = (place: number) => (shared[place] ?? 0) / Math.min(triples.size, tripleCounts[place] ?? 0);
    const dice = (place: number) => (shared[place] ?? 0) / (triples.size + (tripleCounts[place] ?? 0));
    // A part of a long name shares few of its triples, but nearly all of its own.
    const rank = new Map(touched.map((place) => [place, dice(place) + 0.2 * overlap(place)]));
    for (const place of touched) shared[place] = 0;
    return touched.sort((a, b) => (rank.get(b) ?? 0) - (rank.get(a) ?? 0) || a - b).slice(0, COMPARED);
  }

  return {
    find(asked, how = 'best') {
      const same = byKey.get(asked.key) ?? [];
      // With the very name and type there, the name of another type is not meant.
      const typed = same.filter((place) => sameType(asked, names[place]));
      const isEnough = how === 'exactly' || (how === 'best' && typed.length > 0);
      const places = isEnough ? typed : [...new Set([...same, ...nearest(asked.key)])];
      return places
        .flatMap((place) => {
          const known = names[place];
          if (!known) return [];
          const likeness = similarity(asked, known) - (sameType(asked, known) ? 0 : OTHER_TYPE);
          return likeness >= LEAST_LIKENESS ? [{ place, likeness }] : [];
        })
        .sort((a, b) => b.likeness - a.likeness || a.place - b.place);
    },
  };
}

function sameType(asked: StreetName, known: KnownName | undefined): boolean {
  return asked.type === null || known?.type === null || asked.type === known?.type;
}

function triplesOf(key: string): Set<string> {
  const padded = ` ${key} `;
  const triples = new Set<string>();
  for (let index = 0; index + 3 <= padded.length; index += 1) triples.add(padded.slice(index, index + 3));
  return triples;
}

function file(map: Map<string, number[]>, key: string, place: number): void {
  const places = map.get(key);
  if (places) places.push(place);
  else map.set(key, [place]);
}
