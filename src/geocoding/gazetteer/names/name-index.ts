import { type KnownName, similarity } from './similarity.js';
import type { StreetName } from './street-name.js';

/** A known name that answers to what was asked; `place` is its position in the list that the index was built from. */
export interface NameMatch {
  place: number;
  /** 0 to 1, see `similarity`; less where the street type is another one. */
  likeness: number;
}

/** Finds names that are written like the one asked for. */
export interface NameIndex {
  /** Best first, none under `LEAST_LIKENESS`; with a name that is there word for word, only those. */
  find(name: StreetName): NameMatch[];
}

const LEAST_LIKENESS = 0.72;
const OTHER_TYPE = 0.12;
/** So many of the names that share most letter triples are compared word by word. */
const COMPARED = 40;

/**
 * Files names by how they sound as a whole and by their letter triples: an exact name costs one look-up, a misspelt one some
 * hundreds of additions and 40 comparisons.
 */
export function indexNames(names: readonly KnownName[]): NameIndex {
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
    find(asked) {
      const same = byKey.get(asked.key);
      const places = same?.some((place) => sameType(asked, names[place]))
        ? same
        : [...new Set([...(same ?? []), ...nearest(asked.key)])];
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
