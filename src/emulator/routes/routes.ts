import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Accounts } from '../auth/accounts.js';
import type { LoggedRequest } from '../faults/faults.js';
import type { ResourceFor } from '../query/populate.js';
import type { QueryParameters } from '../query/query-options.js';
import type { CollectionName } from '../records.js';
import type { AnyResource, Caller } from '../resource.js';
import { projects, roles, systemConfigs, tagsResource, users } from '../resources/administration.js';
import { allBasePoints, points, poles } from '../resources/base-points.js';
import { boxes, buildings } from '../resources/boxes.js';
import { cableStubs, cables, drops, fibers, networkConnectables } from '../resources/cables.js';
import {
  baseBoxes,
  clients,
  ftthClients,
  horizontalCondominiums,
  properties,
  prospects,
} from '../resources/customers.js';
import { connectors, fusions, networkConnectors, splitters, switches } from '../resources/equipment.js';
import { plainResources } from '../resources/plain.js';
import { boxTypes, buildingTypes, cableTypes, connectorTypes, poleTypes, splitterTypes } from '../resources/types.js';
import type { Store } from '../store/store.js';
import { plantRoutes } from './plant-routes.js';
import { resourceRoutes, systemConfigRoutes } from './resource-routes.js';
import { type OpenRoute, type Route, reading } from './route.js';

/**
 * Every route of the embedded OZmap that lists, finds and changes records. Where two show one collection, the one that is about it
 * comes first.
 */
export const resources: AnyResource[] = [
  projects,
  users,
  roles,
  tagsResource,
  boxes,
  boxTypes,
  buildings,
  buildingTypes,
  splitters,
  connectors,
  fusions,
  switches,
  splitterTypes,
  connectorTypes,
  properties,
  ftthClients,
  clients,
  cables,
  drops,
  cableTypes,
  fibers,
  networkConnectables,
  networkConnectors,
  poles,
  points,
  poleTypes,
  allBasePoints,
  baseBoxes,
  prospects,
  horizontalCondominiums,
  cableStubs,
  ...plainResources,
  systemConfigs,
];

/** `POST users/login`, with or without `?type=API`: the one route that asks for no token, and looks at none. */
const loginRoute: OpenRoute = {
  method: 'POST',
  path: 'users/login',
  answer: (accounts, body) => ({ authorization: accounts.login(body) }),
};

/** `GET authenticated`: 200 for a known token, with its owner (that the owner is in the answer is inferred). */
const authenticatedRoute = reading('authenticated', ({ caller: { user } }) => ({
  id: user.id,
  username: user.username,
  name: user.name,
}));

/** Every emulated route; docs/emulator.md lists the same ones. What is not here answers 501. */
export const routes: readonly (Route | OpenRoute)[] = [
  loginRoute,
  authenticatedRoute,
  ...plantRoutes,
  ...resources.flatMap((resource) =>
    resource.collection === 'system-configs' ? systemConfigRoutes(resource) : resourceRoutes(resource),
  ),
];

const ofCollection = Map.groupBy(
  resources.filter(({ also }) => !also),
  ({ collection }) => collection as CollectionName,
);

/** The resource that shows a record of a collection: the most particular one that takes it. */
export const resourceFor: ResourceFor = (collection, record) => {
  const showing = ofCollection.get(collection) ?? [];
  return showing.find(({ holds }) => holds?.(record) === true) ?? showing.find(({ holds }) => !holds);
};

/** Puts the emulated routes on a server, under its prefix. A request's caller is checked before its body is read. */
export function mountRoutes(
  app: FastifyInstance,
  store: Store,
  entryOf: (request: FastifyRequest) => LoggedRequest | undefined,
): void {
  const accounts = new Accounts(store);
  const callers = new WeakMap<FastifyRequest, Caller>();

  for (const route of routes) {
    const [method, url] = [route.method, `/${route.path}`];
    if ('answer' in route) {
      app.route({ method, url, handler: async ({ body }) => route.answer(accounts, body) });
      continue;
    }
    app.route({
      method,
      url,
      onRequest: async (request) => {
        const caller = accounts.caller(request.headers.authorization);
        callers.set(request, caller);
        const entry = entryOf(request);
        if (entry) entry.token = caller.user.username;
      },
      handler: async (request, reply) => {
        const { status, body } = await route.handle({
          store,
          reader: store,
          caller: callers.get(request) ?? accounts.caller(request.headers.authorization),
          resourceFor,
          path: request.url.split('?', 1)[0] ?? '',
          params: request.params as Record<string, string>,
          query: request.query as QueryParameters,
          body: request.body,
        });
        return reply.code(status).send(body);
      },
    });
  }
}
