import { type Coordinates, distanceM } from '../../domain/geo.js';
import type { RawRefusal } from '../../domain/refusal.js';
import { REFUSAL_KEYS, VIABILITY_SETTING_NAMES, VIABILITY_SETTINGS_PATHS } from '../assumptions.js';
import type { OzmapUser, SystemConfig, ViabilityAnswer, ViabilityBox } from '../types.js';
import { isObject, WireRecord } from './record.js';

/** The one object of `system-configs`; a setting that is in none of the known places is null. */
export function readSystemConfig(json: unknown): SystemConfig {
  const single = isObject(json) && Array.isArray(json.rows) ? json.rows[0] : Array.isArray(json) ? json[0] : json;
  const config = WireRecord.of('system-configs', '', single);
  const places = VIABILITY_SETTINGS_PATHS.map((path) => descend(config, path)).filter((place) => place !== null);
  const first = <T>(read: (place: WireRecord) => T | null): T | null =>
    places.map(read).find((found) => found !== null) ?? null;
  const names = VIABILITY_SETTING_NAMES;
  return {
    id: config.reference('id', '_id') ?? '',
    viabilityMode: first((place) => modeOf(place.text(...names.mode))),
    viabilityRadiusM: first((place) => positive(place.number(...names.radius))),
    viabilityMaxBoxes: first((place) => positive(place.number(...names.maxBoxes))),
    considersHorizontalCondominiums: first((place) => place.flag(...names.condominiums)),
    considersPropertyPortsFree: first((place) => place.flag(...names.propertyPortsFree)),
  };
}

/** The owner of a token, from whatever `authenticated` says: nulls where it says only yes. */
export function readUser(json: unknown): OzmapUser {
  if (!isObject(json)) return { id: null, username: null };
  for (const key of ['user', 'data']) {
    if (isObject(json[key])) return readUser(json[key]);
  }
  const body = WireRecord.of('authenticated', '', json);
  return { id: body.reference('id', '_id', 'user'), username: body.text('username', 'login', 'email', 'name') };
}

function descend(record: WireRecord, path: readonly string[]): WireRecord | null {
  let place: WireRecord | null = record;
  for (const key of path) place = place?.child(key) ?? null;
  return place;
}

function modeOf(text: string | null): SystemConfig['viabilityMode'] {
  if (text === null) return null;
  if (/pole|poste/i.test(text)) return 'poles';
  return /radius|raio/i.test(text) ? 'radius' : null;
}

function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null;
}

type Common = Omit<ViabilityBox, 'availability'>;

/** An answer of `ftth-viability/…`. `at` is where it was asked for, for refused boxes that come without their distance. */
export function readViability(route: string, json: unknown, at: Coordinates): ViabilityAnswer {
  const body = WireRecord.of(route, '', json);
  const pole = body.reference('pole');
  return {
    viable: body.needFlag('viable'),
    boxes: body.needChildren('boxes').map((box) => ({
      ...readCommon(box, null, pole),
      availability: box.needNumber('availability'),
    })),
    refusedBoxes: body.children('refused_boxes', 'refusedBoxes').map((box) => ({
      ...readCommon(box, at, pole),
      availability: box.number('availability'),
      reasons: REFUSAL_KEYS.flatMap((key) => readReasons(box.raw(key))),
    })),
    propertyIds: body.children('properties').map((property) => property.id),
    buildings: body.children('buildings').flatMap((building) => {
      const { id, name, location, distanceM, projectId } = readCommon(building, at, null);
      const availability = building.number('availability') ?? 0;
      return availability > 0 ? [{ id, name, location, distanceM, projectId, availability }] : [];
    }),
  };
}

function readCommon(box: WireRecord, at: Coordinates | null, pole: string | null): Common {
  const way = box.references('drop_poles', 'dropPoles').filter((id) => id !== null);
  const location = box.location();
  const measured = at && location ? Math.round(distanceM(at, location) * 100) / 100 : null;
  return {
    id: box.id,
    name: box.text('name') ?? '',
    location,
    distanceM: box.number('distance') ?? measured ?? box.lacks('distance'),
    projectId: box.reference('project'),
    implanted: box.flag('implanted'),
    condominiumIds: box.references('horizontal_condos').filter((id) => id !== null),
    dropLengthM: box.number('drop_length', 'dropLength', 'path_length'),
    poleId: box.reference('pole') ?? pole ?? way.at(-1) ?? null,
    dropPoleIds: way.length > 0 ? way : null,
  };
}

/** A reason may be a text, a code, a number, an object, or a list of these. */
function readReasons(value: unknown): RawRefusal[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap(readReasons);
  if (typeof value === 'number') return [reason(String(value), null)];
  if (typeof value === 'string') return [looksLikeCode(value) ? reason(value, null) : reason(null, value)];
  if (!isObject(value)) return [];
  const record = WireRecord.of('ftth-viability', 'refused_boxes[].reason', value);
  return [
    {
      code: record.text('code', 'reason', 'type', 'key'),
      message: record.text('message', 'text', 'description'),
      limitM: record.number('limit', 'limitM', 'max', 'maxSize'),
      actualM: record.number('actual', 'actualM', 'value', 'length', 'distance'),
    },
  ];
}

function reason(code: string | null, message: string | null): RawRefusal {
  return { code, message, limitM: null, actualM: null };
}

/** `NO_FREE_PORT`, not "Sem porta livre". */
function looksLikeCode(text: string): boolean {
  return /^[A-Z][A-Z0-9]*([_-][A-Z0-9]+)*$/.test(text);
}
