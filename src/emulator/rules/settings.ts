import type { SystemConfigRecord } from '../records.js';
import type { Caller } from '../resource.js';
import type { Reader } from '../store/store.js';

export type ViabilitySettings = SystemConfigRecord['viability'];

/** Inferred: OZmap's values where none are set; none are documented. Reference section 8, row 17. */
export const DEFAULT_VIABILITY: ViabilitySettings = {
  mode: 'radius',
  radius: 200,
  maxBoxes: 10,
  poleRadius: 100,
  considerPropertyPortsFree: false,
  considerBlockedPortsFree: false,
  considerHorizontalCondominiums: false,
  tags: [],
};

/** Inferred: a project without its own limit. */
const DEFAULT_DROP_LIMIT_M = 200;

/** The settings of "Settings > System", tabs API and OZloc. */
export function viabilitySettings(reader: Reader): ViabilitySettings {
  for (const config of reader.all('system-configs')) return { ...DEFAULT_VIABILITY, ...config.viability };
  return DEFAULT_VIABILITY;
}

/** The longest drop in metres that this user may sell in a project: his role's limit goes before the project's. */
export function dropLimitM(reader: Reader, projectId: string, caller: Caller): number {
  return caller.role?.defaultDropSize ?? reader.get('projects', projectId)?.drop.maxSize ?? DEFAULT_DROP_LIMIT_M;
}
