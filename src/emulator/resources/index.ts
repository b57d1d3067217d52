import type { AnyResource } from '../resource.js';
import { horizontalCondominiums, prospects } from './areas.js';
import { baseBoxes } from './base-boxes.js';
import { allBasePoints, points, poles } from './base-points.js';
import { boxes } from './boxes.js';
import { buildings } from './buildings.js';
import { cables, drops } from './cables.js';
import { clients, ftthClients } from './clients.js';
import { connectors, fusions, networkConnectors, splitters, switches } from './equipment.js';
import { fibers, networkConnectables } from './fibers.js';
import { roles, tagsResource, users } from './people.js';
import { projects } from './projects.js';
import { properties } from './properties.js';
import { systemConfigs } from './system-configs.js';
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
  systemConfigs,
];
