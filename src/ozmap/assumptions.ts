import type { Coordinates } from '../domain/geo.js';
import type { Filter } from './filters.js';

/*
 * Everything about OZmap's API that this client infers, because no public material shows it. Each is one constant or one function, so
 * that a correction is one edit. `npm run probe` asks a real OZmap about those that reading can tell. What is not here was seen in a source.
 */

/** Inferred: the pole variant of the viability call, beside the confirmed `ftth-viability/radius`. */
export const VIABILITY_BY_POLES_ROUTE = 'ftth-viability/poles';

/** Inferred: it is asked by the point, as the one by radius; where that is refused, by the pole that the guide to adjacencies finds near it. */
export const POLE_QUESTIONS = {
  byPoint: ({ lat, lng }: Coordinates) => `lat=${lat}&lng=${lng}`,
  byPole: (poleId: string) => `pole=${poleId}`,
};

/** How far that guide looks for the pole, metres. */
export const POLE_WITHIN_M = 100;

/** Inferred: the viability calls take the tags of OZloc's URL under OZloc's own name, as a JSON list. */
export function viabilityTags(tags: readonly string[]): { name: string; value: string } {
  return { name: 'viabilityTags', value: JSON.stringify(tags) };
}

/** Inferred: drops are deleted under their own route; `cables/{id}` would be the other candidate. */
export const DROP_ROUTE = 'drops';

/** Inferred: the counterpart of the confirmed `POST disconnect`. */
export const CONNECT_ROUTE = 'connect';

/** Inferred: which side and port the fibre goes to; words taken from the change requests of OZmap's SDK. */
export function connectBody(equipmentId: string, kind: string, port: number, fiberId: string): object {
  return {
    elementA: { id: equipmentId, kind, side: 'output', port },
    elementB: { id: fiberId, kind: 'fiber' },
  };
}

/** `near` takes its radius in metres, beside the point: OZmap's guide to adjacencies. */
export function near({ lat, lng }: Coordinates, radiusM: number): Filter {
  return { property: 'coords', operator: 'near', value: { lat, lng, radius: radiusM } };
}

/** Inferred: `like` finds a text anywhere in a field, whatever its case; `%` would stand for anything. Several for one field must all hold. */
export function likeValue(text: string): string {
  return text.replaceAll('%', ' ').trim();
}

/** Inferred: a text is cleared by the empty text. `null` may be refused where the schema says string; we read both as "nothing". */
export const CLEARED_TEXT = '';

/** Inferred: the name under which a drop's poles, from box to property, are created. The name is confirmed, the order is not. */
export function dropPoles(poleIds: readonly string[]): readonly string[] {
  return poleIds;
}

/** Inferred: the field that the SDK writes may be filtered by, too, and is shown. Where it is neither, records are recognised by their contents. */
export const EXTERNAL_ID = 'external_id';

/** Inferred: every id is a Mongo ObjectId. Anything else cannot exist, and is not asked for: one bad id could fail a batch of 500. */
export function canBeId(id: string): boolean {
  return /^[0-9a-f]{24}$/i.test(id);
}

/** Inferred: where the settings of the tabs "API" and "OZloc" stand in the system configuration; the SDK models none of them. */
export const VIABILITY_SETTINGS_PATHS: readonly (readonly string[])[] = [
  ['viability'],
  ['settings', 'viability'],
  ['api'],
  ['ozloc'],
  ['loki'],
  ['settings'],
  [],
];

/** Inferred: names that a setting may go by, first found wins. */
export const VIABILITY_SETTING_NAMES = {
  mode: ['mode', 'viabilityMode', 'feasibilityMode'],
  radius: ['radius', 'defaultRadius', 'viabilityRadius', 'searchRadius'],
  maxBoxes: ['maxBoxes', 'maxBoxesInRadius', 'boxLimit'],
  condominiums: ['considerHorizontalCondominiums', 'considerHorizontalCondominium', 'horizontalCondominium'],
  propertyPortsFree: ['considerPropertyPortsFree', 'considerPropertyPortsAsFree', 'propertyPortsFree'],
} as const;

/** Inferred: the keys that may tell why a viability answer refused a box. Each may hold a text, a code, an object, or a list of these. */
export const REFUSAL_KEYS = ['reasons', 'reason', 'refuse_reason', 'refused_reason', 'motive', 'message'] as const;

/** Inferred: what OZmap gives a client itself, or shows of its home. Every other field that we do not know is told to be lost with the client. */
export const CLIENT_OWN_FIELDS: ReadonlySet<string> = new Set(
  'id _id __v kind project property properties creatorData createdAt updatedAt deletedAt'.split(' '),
);
