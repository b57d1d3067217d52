import type { BaseRecord } from './base.js';

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
