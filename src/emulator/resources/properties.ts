import type { Resource } from '../resource.js';
import { createProperty } from '../rules/property-create.js';
import { removeProperty } from '../rules/property-remove.js';
import { updateProperty } from '../rules/property-update.js';
import { presentProperty } from '../rules/property-view.js';

/** Homes, with or without client. Lists show the client whole; the answer to `POST` shows its id. */
export const properties: Resource<'properties'> = {
  route: 'properties',
  collection: 'properties',
  references: {
    project: 'projects',
    box: 'boxes',
    pole: 'base-points',
    client: 'ftth-clients',
    drop: 'cables',
    parent: 'buildings',
    tags: 'tags',
    cables: 'cables',
  },
  projectOf: ({ project }) => project,
  present: presentProperty,
  presentCreated: (property, reader) => ({ ...presentProperty(property, reader), client: property.client }),
  create: createProperty,
  update: updateProperty,
  remove: removeProperty,
  batchFields: ['potencyRead'],
};
