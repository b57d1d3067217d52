import type { BaseRecord } from './administration.js';

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
