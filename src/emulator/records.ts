/*
 * What the embedded OZmap stores, collection by collection. Field names are OZmap's own; references are ids; `coords` is `[lng, lat]`.
 * Shapes follow the official SDK's models and the integrator's guide. Nothing outside src/emulator may import this: the client has its
 * own idea of the wire, and the two meet over HTTP only.
 */

/** On every record. Dates are ISO 8601 text. */
export interface BaseRecord {
  id: string;
  external_id?: string;
  creatorData?: { id: string; name: string; username: string };
  createdAt: string;
  updatedAt: string;
}

export type Coords = [lng: number, lat: number];

export interface ProjectRecord extends BaseRecord {
  name: string;
  identifier?: string;
  parents: { project: string }[];
  lat: number;
  lng: number;
  defaultPonPotency: number;
  hasLogo: boolean;
  area: { type: 'Polygon'; coordinates: Coords[][] } | null;
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

export interface BoxTypeRecord extends BaseRecord {
  code: string;
  brand?: string;
  prefix: string;
  default_template?: string;
  mold?: string;
  default_level?: number;
  default_reserve: number;
  description?: string;
  config: {
    base: { color: string };
    regular: { fillColor: string };
    not_implanted: { fillColor: string };
    draft: { fillColor: string };
  };
}

interface BaseBoxRecord extends BaseRecord {
  name: string;
  project: string;
  coords: Coords | null;
  pole: string | null;
  cables: string[];
  tags: string[];
  observation?: string;
}

export interface BoxRecord extends BaseBoxRecord {
  kind: 'Box';
  address?: string;
  shared: boolean;
  draft: boolean;
  implanted: boolean;
  certified: boolean;
  underground: boolean;
  default_reserve: number;
  hierarchyLevel: number;
  boxType: string;
  color?: string;
  fill_color?: string;
}

export interface BuildingRecord extends BaseBoxRecord {
  kind: 'Building';
  address?: string;
  implanted: boolean;
  hasProblem: boolean;
  buildingType: string;
}

export interface BuildingTypeRecord extends BaseRecord {
  code: string;
  prefix: string;
  description?: string;
  config: { implanted: { color: string }; not_implanted: { color: string } };
}

export interface SplitterTypeRecord extends BaseRecord {
  code: string;
  isDrop: boolean;
  ratio: { input: number; output: number };
  isBalanced: boolean;
  prefix: string;
  size: number;
  inputConnectionType: 0 | 1;
  outputConnectionType: 0 | 1;
  attenuation: number[];
}

/** A thing in a box or building that can hold fibres. Output index i is port i + 1 and goes with `ports[i]`. */
export interface ConnectorRecord extends BaseRecord {
  kind: 'Splitter' | 'Connector' | 'Fusion' | 'Switch';
  /** Box or building. */
  parent: string;
  project: string;
  name: string;
  implanted: boolean;
  /** Service equipment: may serve clients. */
  isDrop: boolean;
  isBalanced?: boolean;
  orientation?: string;
  splitterType?: string;
  connectorType?: string;
  fusionType?: string;
  switchType?: string;
  connectables: { input: (string | null)[]; output: (string | null)[] };
  ports: { id: string; index: number; blocked: boolean; tags: string[]; observation?: string }[];
  attenuation: number[];
  installPower: number[];
  currentPower: number[];
  label: string;
  ratio: { input: number; output: number };
  size: number;
  observation?: string;
}

export interface ConnectorTypeRecord extends BaseRecord {
  code: string;
  brand?: string;
  isDrop: boolean;
  loss: number;
  description?: string;
}

export interface CableTypeRecord extends BaseRecord {
  code: string;
  brand?: string;
  kind: 'Cable' | 'Drop';
  default_level: number;
  fiberNumber: number;
  looseNumber: number;
  fiberProfile: string;
  base_loss: number;
  config: {
    regular: { color: string; weight: number };
    not_implanted: { color: string; weight: number };
  };
  description?: string;
}

export interface CableRecord extends BaseRecord {
  kind: 'Cable' | 'Drop';
  project: string;
  cableType: string;
  /** A drop: the serving box (or building). */
  boxA: string;
  /** A drop: the property. */
  boxB: string;
  /** In order from boxA to boxB. */
  poles: { id: string; reserve: number; from?: string; into?: string }[];
  hierarchyLevel: number;
  fiberNumber: number;
  looseNumber: number;
  orientationA: string;
  orientationB: string;
  implanted: boolean;
  /** Metres, along the poles. */
  length: number;
  ground_length: number;
  altitude_length: number;
  loss: number;
  name?: string;
  observation?: string;
  color?: string;
  ducts: string[];
  tags: string[];
}

export interface FiberRecord extends BaseRecord {
  kind: 'Fiber';
  /** The cable. */
  parent: string;
  project: string;
  /** Ids of the equipment at its ends; two at most. */
  connectors: string[];
  name: string;
  fiberNumber: number;
  isDrop: boolean;
  observation: string;
}

export interface PoleTypeRecord extends BaseRecord {
  name: string;
  prefix: string;
  viabilityAllowed: boolean;
  color: string;
  description: string;
}

/**
 * A pole or a point: both carry drops, both know their neighbours along the street. They belong to no project: the SDK's models have none,
 * and an integration page says that its filter by project leaves poles out.
 */
export interface BasePointRecord extends BaseRecord {
  kind: 'Pole' | 'Point';
  name: string;
  coords: Coords;
  adjacents: string[];
  tags: string[];
  /** Poles only. */
  usable?: boolean;
  poleType?: string;
  licensing?: { status: 0 | 1 | 2; protocol: string };
  address?: string;
  observation?: string;
  color?: string;
}

export interface ClientRecord extends BaseRecord {
  kind: 'ftth';
  code: string;
  name?: string;
  observation?: string;
  implanted: boolean;
  certified: boolean;
  status: 0 | 1;
  cpe?: unknown;
  onu: { user_PPPoE: string; serial_number: string; mac_address: string };
  tags: string[];
  /** The projects it can be seen from: those of its properties; of its creator's first project without one. */
  project: string;
}

/** A home. `connections` is not stored: it is read off the drop's fibre. */
export interface PropertyRecord extends BaseRecord {
  kind: 'Property';
  address?: string;
  /** The serving box; the building's id for a flat; null when not connected to any. */
  box: string | null;
  pole: string | null;
  observation?: string;
  potencyRead?: number;
  client: string | null;
  drop: string | null;
  /** The building of a flat. */
  parent: string | null;
  tags: string[];
  project: string;
  /** Null for flats. */
  coords: Coords | null;
  cables: string[];
  towers: string[];
  history: { clients: { id: string; code: string; enter_date: string; exit_date: string | null }[] };
}

export interface CondominiumRecord extends BaseRecord {
  name: string;
  project: string;
  polygon: { type: 'Polygon'; coordinates: Coords[][] };
  address?: string;
  observation?: string;
  color?: string;
  tags: string[];
}

export interface ProspectRecord extends BaseRecord {
  name: string;
  code?: string;
  phone?: string;
  address?: string;
  viable?: boolean;
  observation?: string;
  coords: Coords | null;
  tags: string[];
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

/** Collection name → record. The names are the API's routes, but for `equipment` (splitters, connectors, fusions, switches) and `base-points`. */
export interface Records {
  projects: ProjectRecord;
  roles: RoleRecord;
  users: UserRecord;
  tags: TagRecord;
  'box-types': BoxTypeRecord;
  boxes: BoxRecord;
  buildings: BuildingRecord;
  'building-types': BuildingTypeRecord;
  'splitter-types': SplitterTypeRecord;
  'connector-types': ConnectorTypeRecord;
  equipment: ConnectorRecord;
  'cable-types': CableTypeRecord;
  cables: CableRecord;
  fibers: FiberRecord;
  'pole-types': PoleTypeRecord;
  'base-points': BasePointRecord;
  'ftth-clients': ClientRecord;
  properties: PropertyRecord;
  'horizontal-condominiums': CondominiumRecord;
  prospects: ProspectRecord;
  'system-configs': SystemConfigRecord;
}
export type CollectionName = keyof Records;
