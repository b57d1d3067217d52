import type { Likely } from './choose.js';
import { indexNames, type KnownName, type NameMatch } from './names/similarity.js';
import { readStreetName } from './names/street-name.js';
import { type Plane, planeDistanceM, quantile } from './plane.js';
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
  return quantile(Float64Array.from(distances).sort(), 0.5) <= ALIAS_DISTANCE_M;
}
