import type { LatLng } from '../../../city/city.js';
import type { QueryParameters } from '../../query/query-options.js';
import { type Caller, Refused } from '../../resource.js';
import { pointOf } from '../../store/places.js';
import type { Reader } from '../../store/store.js';
import { type ViabilitySettings, viabilitySettings } from '../settings.js';

/** What a viability call asks, with OZmap's settings and the role's limits filled in. */
export interface Search {
  at: LatLng;
  /** The pole to start at, where the question names it. */
  poleId?: string;
  radiusM: number;
  /** Boxes need one of these; where it is empty they need none. */
  tags: readonly string[];
  settings: ViabilitySettings;
}

/** Errors: 400 on a missing or impossible point, an unknown pole, a radius that is not positive, tags that are not a JSON list. */
export function readSearch(reader: Reader, query: QueryParameters, caller: Caller): Search {
  const settings = viabilitySettings(reader);
  const start = poleAsked(reader, query);
  const at = start?.at ?? { lat: degrees(query, 'lat', 90), lng: degrees(query, 'lng', 180) };
  // Inferred: what is said explicitly goes before the role, the role before the system. Reference section 5.2.
  const radiusM = readRadius(query) ?? caller.role?.defaultRadius ?? settings.radius;
  return { at, ...(start ? { poleId: start.id } : {}), radiusM, tags: readTags(query) ?? settings.tags, settings };
}

/** Inferred: `pole` names the pole, as OZmap's guide has one found first. A point beside it is where the client is. */
function poleAsked(reader: Reader, query: QueryParameters): { id: string; at: LatLng } | undefined {
  const id = single(query.pole);
  if (id === undefined) return undefined;
  const pole = reader.get('base-points', id.toLowerCase());
  if (!pole) throw new Refused(400, `"pole" não existe: ${id}`);
  const hasPoint = single(query.lat) !== undefined && single(query.lng) !== undefined;
  return {
    id: pole.id,
    at: hasPoint ? { lat: degrees(query, 'lat', 90), lng: degrees(query, 'lng', 180) } : pointOf(pole.coords),
  };
}

function degrees(query: QueryParameters, name: string, limit: number): number {
  const given = single(query[name]);
  if (given === undefined) throw new Refused(400, `"${name}" é obrigatório`);
  const value = Number(given);
  if (!Number.isFinite(value) || Math.abs(value) > limit) throw new Refused(400, `"${name}" inválido: ${given}`);
  return value;
}

function readRadius(query: QueryParameters): number | undefined {
  const given = single(query.radius);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!Number.isFinite(value) || value <= 0) throw new Refused(400, `"radius" inválido: ${given}`);
  return value;
}

/** Inferred: the API takes the tags as OZloc's URL does, `viabilityTags=["id", …]`. */
function readTags(query: QueryParameters): string[] | undefined {
  const given = single(query.viabilityTags);
  if (given === undefined) return undefined;
  try {
    const tags: unknown = JSON.parse(given);
    if (Array.isArray(tags)) return tags.map(String);
  } catch {
    // Refused below, like any other text that is no list.
  }
  throw new Refused(400, '"viabilityTags" não é uma lista em JSON');
}

function single(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first === 'number') return String(first);
  return typeof first === 'string' && first.trim() !== '' ? first.trim() : undefined;
}
