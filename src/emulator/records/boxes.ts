import type { BaseRecord, Coords } from './base.js';

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
