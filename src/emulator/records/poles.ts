import type { BaseRecord, Coords } from './base.js';

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
