import type { AnyResource } from '../resource.js';
import { projects, roles, systemConfigs, tagsResource, users } from './administration.js';
import { allBasePoints, points, poles } from './base-points.js';
import { boxes, buildings } from './boxes.js';
import { cables, drops, fibers, networkConnectables } from './cables.js';
import { baseBoxes, clients, ftthClients, horizontalCondominiums, properties, prospects } from './customers.js';
import { connectors, fusions, networkConnectors, splitters, switches } from './equipment.js';
import { cableStubs, plainResources } from './plain.js';
import { boxTypes, buildingTypes, cableTypes, connectorTypes, poleTypes, splitterTypes } from './types.js';

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
