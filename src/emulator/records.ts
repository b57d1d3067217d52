/*
 * What the embedded OZmap stores, collection by collection. Field names are OZmap's own; references are ids; `coords` is `[lng, lat]`.
 * Shapes follow the official SDK's models and the integrator's guide. Nothing outside src/emulator may import this: the client has its
 * own idea of the wire, and the two meet over HTTP only.
 */
import type {
  PlainRecord,
  PlainRoute,
  ProjectRecord,
  RoleRecord,
  SystemConfigRecord,
  TagRecord,
  UserRecord,
} from './records/administration.js';
import type { ClientRecord, CondominiumRecord, PropertyRecord, ProspectRecord } from './records/customers.js';
import type {
  BasePointRecord,
  BoxRecord,
  BoxTypeRecord,
  BuildingRecord,
  BuildingTypeRecord,
  CableRecord,
  CableTypeRecord,
  ConnectorRecord,
  ConnectorTypeRecord,
  FiberRecord,
  PoleTypeRecord,
  SplitterTypeRecord,
} from './records/plant.js';

export type * from './records/administration.js';
export type * from './records/customers.js';
export type * from './records/plant.js';

/** Collection name → record. The names are the API's routes, but for `equipment` (splitters, connectors, fusions, switches) and `base-points`. */
export interface Records extends Record<PlainRoute, PlainRecord> {
  projects: ProjectRecord;
  roles: RoleRecord;
  users: UserRecord;
  tags: TagRecord;
  'box-types': BoxTypeRecord;
  boxes: BoxRecord;
  buildings: BuildingRecord;
  'building-types': BuildingTypeRecord;
  'splitter-types': SplitterTypeRecord;
  'connector-types': ConnectorTypeRecord;
  equipment: ConnectorRecord;
  'cable-types': CableTypeRecord;
  cables: CableRecord;
  fibers: FiberRecord;
  'pole-types': PoleTypeRecord;
  'base-points': BasePointRecord;
  'ftth-clients': ClientRecord;
  properties: PropertyRecord;
  'horizontal-condominiums': CondominiumRecord;
  prospects: ProspectRecord;
  'system-configs': SystemConfigRecord;
}
export type CollectionName = keyof Records;
