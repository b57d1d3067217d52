import type { Resource } from '../resource.js';
import { createClient, removeClient, updateClient } from '../rules/clients.js';

/** Subscribers. */
export const ftthClients: Resource<'ftth-clients'> = {
  route: 'ftth-clients',
  collection: 'ftth-clients',
  references: { tags: 'tags' },
  projectOf: ({ project }) => project,
  present: ({ project, ...shown }) => ({ ...shown }),
  create: (tx, body, caller) => createClient(tx, body, caller),
  update: updateClient,
  remove: removeClient,
  batchFields: ['certified', 'implanted', 'status'],
};

/** The older name of the same list; some integrations look codes up there. */
export const clients: Resource<'ftth-clients'> = { ...ftthClients, route: 'clients' };
