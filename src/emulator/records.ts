/*
 * What the embedded OZmap stores, collection by collection. Field names are OZmap's own; references are ids; `coords` is `[lng, lat]`.
 * Shapes follow the official SDK's models and the integrator's guide. Nothing outside src/emulator may import this: the client has its
 * own idea of the wire, and the two meet over HTTP only.
 */
import type * as office from './records/administration.js';
import type * as people from './records/customers.js';
import type * as plant from './records/plant.js';

export type * from './records/administration.js';
export type * from './records/customers.js';
export type * from './records/plant.js';

/** Collection name → record. The names are the API's routes, but for `equipment` (splitters, connectors, fusions, switches) and `base-points`. */
export interface Records extends Record<office.PlainRoute, office.PlainRecord> {
  projects: office.ProjectRecord;
  roles: office.RoleRecord;
  users: office.UserRecord;
  tags: office.TagRecord;
  'box-types': plant.BoxTypeRecord;
  boxes: plant.BoxRecord;
  buildings: plant.BuildingRecord;
  'building-types': plant.BuildingTypeRecord;
  'splitter-types': plant.SplitterTypeRecord;
  'connector-types': plant.ConnectorTypeRecord;
  equipment: plant.ConnectorRecord;
  'cable-types': plant.CableTypeRecord;
  cables: plant.CableRecord;
  fibers: plant.FiberRecord;
  'pole-types': plant.PoleTypeRecord;
  'base-points': plant.BasePointRecord;
  'ftth-clients': people.ClientRecord;
  properties: people.PropertyRecord;
  'horizontal-condominiums': people.CondominiumRecord;
  prospects: people.ProspectRecord;
  'system-configs': office.SystemConfigRecord;
}
export type CollectionName = keyof Records;
