import { VIABILITY_SETTING_NAMES, VIABILITY_SETTINGS_PATHS } from '../assumptions.js';
import type { OzmapUser, SystemConfig } from '../types.js';
import { isObject, WireRecord } from './record.js';

/** The one object of `system-configs`; a setting that stands nowhere we look is null. */
export function readSystemConfig(route: string, json: unknown): SystemConfig {
  const single = isObject(json) && Array.isArray(json.rows) ? json.rows[0] : Array.isArray(json) ? json[0] : json;
  const config = WireRecord.of(route, '', single);
  const places = VIABILITY_SETTINGS_PATHS.map((path) => descend(config, path)).filter((place) => place !== null);
  const first = <T>(read: (place: WireRecord) => T | null): T | null => {
    for (const place of places) {
      const found = read(place);
      if (found !== null) return found;
    }
    return null;
  };
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
