/** On every record. Dates are ISO 8601 text. */
export interface BaseRecord {
  id: string;
  external_id?: string;
  creatorData?: { id: string; name: string; username: string };
  createdAt: string;
  updatedAt: string;
}

export type Coords = [lng: number, lat: number];

/** A GeoJSON polygon: rings of `[lng, lat]`, the outer one first, holes after it. */
export interface Polygon {
  type: 'Polygon';
  coordinates: Coords[][];
}

export interface ProjectRecord extends BaseRecord {
  name: string;
  identifier?: string;
  parents: { project: string }[];
  lat: number;
  lng: number;
  defaultPonPotency: number;
  hasLogo: boolean;
  area: Polygon | null;
  /** `maxSize` in metres. */
  drop: { defaults: { cableType: string }; maxSize: number };
  hierarchyLevels: { box: Record<string, number>; cable: Record<string, number> };
}

export interface RoleRecord extends BaseRecord {
  name: string;
  actions: string[];
  /** Metres; overrides the project's `drop.maxSize`. */
  defaultDropSize?: number;
  /** Metres; overrides the system's search radius. */
  defaultRadius?: number;
}

export interface UserRecord extends BaseRecord {
  username: string;
  email: string;
  name: string;
  /** Plain text: this is a toy for trying and testing; never sent back. */
  password: string;
  role: string;
  resources: string[];
  projects: { project: string; role: string; fromGroup: boolean }[];
  projectGroups: { group: string }[];
  allProjects: boolean;
  allUsers: boolean;
  apiKey?: string;
  locale: string;
}

export interface TagRecord extends BaseRecord {
  name: string;
  allowedTypes: string[];
}

/** One object; section 5.4's settings live here because the SDK does not say where OZmap keeps them. */
export interface SystemConfigRecord extends BaseRecord {
  hierarchyLevels: Record<
    'cables' | 'boxes' | 'pops' | 'towers',
    { id: number; name: string; translated_name: string }[]
  >;
  viability: {
    mode: 'radius' | 'poles';
    radius: number;
    maxBoxes: number;
    poleRadius: number;
    considerPropertyPortsFree: boolean;
    considerBlockedPortsFree: boolean;
    considerHorizontalCondominiums: boolean;
    tags: string[];
  };
}

/** Routes whose records are only kept: what the embedded OZmap knows of them is their fields, and what those refer to. */
export const PLAIN_ROUTES = [
  ...(['pendency-types', 'pendencies', 'region-types', 'regions', 'colors', 'fiber-profiles'] as const),
  ...(['project-groups', 'box-templates', 'fusion-types', 'switch-types', 'pop-types', 'pops'] as const),
  ...(['shelf-types', 'shelfs', 'olt-types', 'olts', 'slots', 'pons', 'cable-stubs', 'box-designs'] as const),
] as const;
export type PlainRoute = (typeof PLAIN_ROUTES)[number];

export interface PlainRecord extends BaseRecord {
  [field: string]: unknown;
}
