import type { ResourceFor } from '../query/populate.js';
import type { CollectionName } from '../records.js';
import { resources } from '../resources/index.js';
import { authenticatedRoute, loginRoute } from './account-routes.js';
import { plantRoutes } from './plant-routes.js';
import { resourceRoutes } from './resource-routes.js';
import type { OpenRoute, Route } from './route.js';
import { systemConfigRoutes } from './system-config-routes.js';

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
