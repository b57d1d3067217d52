import type { SystemConfigRecord } from '../records.js';
import type { Caller } from '../resource.js';
import type { Reader } from '../store/store.js';

/** Ids that every OZmap seems to have: they stand in its guides, its SDK's samples and public client code. */
export const STOCK = {
  dropType: '5d83b2fcd846ae365237b3a1',
  administrator: '5accf8ee0ff2c819a4ffd38e',
  manager: '5accf8f60ff2c819a4ffd38f',
  poleType: '5d7d2b3fdbc425449801709e',
  boxType: '589ddcf07dfe452f10d7c274',
  boxTemplate: '589de1d126324a2564a6c4d0',
  project: '5d9f3ff9200141000647f814',
} as const;

/** What a project calls the levels of its boxes and cables. */
export const LEVELS = { box: { POP: 1, CE: 2, CTO: 3 }, cable: { PRIMARIO: 1, SECUNDARIO: 2, DROP: 3 } };

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
