import type { BaseRecord, Coords } from './base.js';

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
