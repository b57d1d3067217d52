import type { BaseRecord, Coords } from './administration.js';

export interface BoxTypeRecord extends BaseRecord {
  code: string;
  brand?: string;
  prefix: string;
  default_template?: string;
  mold?: string;
  default_level?: number;
  default_reserve: number;
  description?: string;
  config: { base: { color: string } } & Record<'regular' | 'not_implanted' | 'draft', { fillColor: string }>;
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
  config: Record<'implanted' | 'not_implanted', { color: string }>;
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
  config: Record<'regular' | 'not_implanted', { color: string; weight: number }>;
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
  /** A splitter's way to the head end. */
  olt?: string | null;
  slot?: string | null;
  pon?: string | null;
  observation?: string;
}

export interface ConnectorTypeRecord extends BaseRecord {
  code: string;
  brand?: string;
  isDrop: boolean;
  loss: number;
  description?: string;
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
