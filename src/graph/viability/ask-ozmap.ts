import { type Coordinates, pointAt } from '../../domain/geo.js';
import {
  distanceToAreaM,
  edgeWithin,
  RIM_BEARINGS,
  type RimAnswer,
  type Search,
  searchRadiusM,
} from '../../domain/viability.js';
import { BadUserInputError, ForbiddenError, UpstreamRefusedError } from '../../errors/app-error.js';
import type { HorizontalCondominium, Ozmap, SystemConfig, ViabilityAnswer } from '../../ozmap/types.js';
import { isOzmapId } from '../arguments.js';

/** Whether the place can be served, as OZmap has it: one request. */
export function ask(
  ozmap: Ozmap,
  { lat, lng }: Coordinates,
  search: Search,
  tags: readonly string[],
): Promise<ViabilityAnswer> {
  const radiusM = searchRadiusM(search);
  const query = {
    location: { lat, lng },
    ...(radiusM === undefined ? {} : { radiusM }),
    ...(tags.length > 0 ? { tags } : {}),
  };
  return search.mode === 'POLES' ? ozmap.viabilityByPoles(query) : ozmap.viabilityByRadius(query);
}

/** OZmap's word around the location: the way along the poles may begin at another pole there. */
export function askRim(
  ozmap: Ozmap,
  location: Coordinates,
  search: Search,
  tags: readonly string[],
): Promise<RimAnswer[]> {
  return Promise.all(
    RIM_BEARINGS.map(async (bearing) => {
      const { viable, boxes } = await ask(ozmap, pointAt(location, bearing, search.errorM), search, tags);
      return { viable, offeredIds: new Set(boxes.map(({ id }) => id)) };
    }),
  );
}

/** A gated community, and metres to its edge; 0 inside. */
export interface CondominiumNear {
  condominium: HorizontalCondominium;
  distanceM: number;
}

/**
 * Gated communities that reach into the search radius around a place and its error, nearest first: one request. Null where OZmap does not list them
 * to this token.
 */
export async function condominiumsNear(
  ozmap: Ozmap,
  { location, search }: { location: Coordinates | null; search: Search | null },
): Promise<CondominiumNear[] | null> {
  if (location === null || search === null) return [];
  const all = await unlessRefused(ozmap.findHorizontalCondominiums());
  const withinM = (search.radiusM ?? 0) + search.errorM;
  const near = all?.flatMap((condominium) => {
    const distanceM = distanceToAreaM(condominium.polygon, location);
    return distanceM <= withinM ? [{ condominium, distanceM }] : [];
  });
  return near?.sort((a, b) => a.distanceM - b.distanceM) ?? null;
}

/** Asked only where it can matter: an error too large to overlook, on an OZmap that considers condominiums, or that names them itself. */
export async function hasEdgeInsideError(
  ozmap: Ozmap,
  location: Coordinates,
  search: Search,
  config: SystemConfig,
  answer: ViabilityAnswer,
): Promise<boolean> {
  if (search.errorM <= search.polePinMaxM || search.mode === 'POLES') return false;
  const named = [...answer.boxes, ...answer.refusedBoxes].some((box) => box.condominiumIds.length > 0);
  if (!(config.considersHorizontalCondominiums ?? named)) return false;
  const condominiums = await ozmap.findHorizontalCondominiums();
  return condominiums.some((condominium) => edgeWithin(condominium.polygon, location, search.errorM));
}

/**
 * What OZmap takes for these tags, given by id or name: one request where there are any. Of a name that several have, all. Where OZmap does not
 * list its tags, ids are taken at their word.
 *
 * Errors: BAD_USER_INPUT that tells which tag is none.
 */
export async function tagIdsOf(given: readonly string[] | undefined, ozmap: Ozmap): Promise<string[]> {
  const asked = (given ?? []).map((tag) => tag.trim()).filter((tag) => tag !== '');
  if (asked.length === 0) return [];
  const known = await unlessRefused(ozmap.findTags());
  const idsOf = (tag: string): string[] => {
    if (known === null) return isOzmapId(tag) ? [tag] : [];
    return known
      .filter(({ id, name }) => id === tag || (name !== null && folded(name) === folded(tag)))
      .map(({ id }) => id);
  };
  const ids = asked.flatMap((tag) => {
    const found = idsOf(tag);
    if (found.length > 0) return found;
    const field = `tags[${given?.findIndex((one) => one.trim() === tag)}]`;
    throw new BadUserInputError('OZmap has no such tag', [{ field }]);
  });
  return [...new Set(ids)];
}

/** Null where OZmap does not list what is asked for to this token. */
function unlessRefused<T>(asked: Promise<T>): Promise<T | null> {
  return asked.catch((error: unknown) => {
    if (error instanceof UpstreamRefusedError || error instanceof ForbiddenError) return null;
    throw error;
  });
}

function folded(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}
