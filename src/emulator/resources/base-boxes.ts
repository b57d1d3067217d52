import type { Records } from '../records.js';
import type { Resource } from '../resource.js';
import { latLng, presentProperty } from '../rules/property-view.js';
import { properties } from './properties.js';

/** Whatever a cable can end at: boxes, buildings and homes, told apart by `kind`. Read only. */
export const baseBoxes: Resource<'boxes'> = {
  route: 'base-boxes',
  collection: 'boxes',
  also: ['buildings', 'properties'],
  references: { ...properties.references, boxType: 'box-types', buildingType: 'building-types', cables: 'cables' },
  projectOf: ({ project }) => project,
  present(record, reader) {
    const any = record as Records['boxes'] | Records['buildings'] | Records['properties'];
    return any.kind === 'Property' ? presentProperty(any, reader) : { ...any, ...latLng(any.coords) };
  },
};
