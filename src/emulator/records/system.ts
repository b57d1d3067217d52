import type { BaseRecord } from './base.js';

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
