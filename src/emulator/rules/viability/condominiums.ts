import { isInside } from '../../../city/neighbourhood-index.js';
import type { Coords } from '../../records.js';
import type { Caller } from '../../resource.js';
import { pointOf } from '../../store/distance.js';
import type { Reader } from '../../store/store.js';

/** Answers which gated communities, that the caller may see, a point lies in. */
export type CondominiumsAt = (coords: Coords | null) => string[];

/** Reads the areas once for many points. */
export function condominiumIndex(reader: Reader, caller: Caller): CondominiumsAt {
  const areas: { id: string; rings: ReturnType<typeof pointOf>[][] }[] = [];
  for (const { id, project, polygon } of reader.all('horizontal-condominiums')) {
    if (caller.sees(project)) areas.push({ id, rings: polygon.coordinates.map((ring) => ring.map(pointOf)) });
  }
  return (coords) => {
    if (!coords) return [];
    const at = pointOf(coords);
    return areas.filter(({ rings }) => isInside(at, rings)).map(({ id }) => id);
  };
}

/**
 * True when a box serves a client as far as gated communities matter. Guess: inside one only its own boxes serve, outside all of them
 * none of theirs does.
 */
export function sharesCondominium(boxAreas: readonly string[], clientAreas: readonly string[]): boolean {
  if (boxAreas.length === 0 && clientAreas.length === 0) return true;
  return boxAreas.some((id) => clientAreas.includes(id));
}
