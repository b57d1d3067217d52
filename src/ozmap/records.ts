import type { Coordinates } from '../domain/geo.js';
import type { JsonObject } from '../domain/json.js';
import type { RawRefusal } from '../domain/refusal.js';

/*
 * OZmap's records as this service reads them: references are ids, absent and null are null, coordinates are `{ lat, lng }`.
 * The JSON they come from is in wire/. Names are OZmap's.
 */

/** A box by its place in the plant. `status`-like flags are null where OZmap's answer lacks them. */
export interface Box {
  id: string;
  name: string;
  location: Coordinates | null;
  draft: boolean | null;
  implanted: boolean | null;
  certified: boolean | null;
  boxTypeId: string | null;
  projectId: string | null;
  tagIds: string[];
}

export interface Building {
  id: string;
  name: string;
  address: string | null;
  location: Coordinates | null;
  projectId: string | null;
}

export interface BoxType {
  id: string;
  code: string;
}

/** A label on boxes, homes or clients. */
export interface Tag {
  id: string;
  name: string | null;
}

export interface Project {
  id: string;
  name: string;
  /** `project.drop.maxSize`, metres. */
  dropMaxLengthM: number | null;
}

/** A splitter, or another thing in a box that serves clients. Port n is `outputs[n - 1]`. */
export interface Splitter {
  id: string;
  name: string;
  parentId: string | null;
  projectId: string | null;
  /** A service splitter: may serve clients. */
  isDrop: boolean;
  ratio: { input: number; output: number } | null;
  /** Fibre id on each output, null where nothing is connected. */
  outputs: (string | null)[];
  /** Blocked flag of each port, as long as `outputs`. */
  blocked: boolean[];
}

export type ConnectionKind = 'Splitter' | 'Connector' | 'Fusion' | 'Switch' | (string & {});

/** Equipment of any kind, as far as all kinds are alike. */
export interface Equipment {
  id: string;
  kind: ConnectionKind;
  name: string | null;
}

/** What a property is connected to. `port` counts from 1. */
export interface Connection {
  id: string;
  kind: ConnectionKind;
  port: number | null;
  name: string | null;
  fiberId: string | null;
}

/** A client that once lived, or lives, in a property. */
export interface HistoryEntry {
  clientId: string | null;
  code: string | null;
  enterDate: string | null;
  exitDate: string | null;
}

export interface FtthClient {
  id: string;
  /** Opaque; OZmap may send a number, we always hold text. */
  code: string;
  name: string | null;
  observation: string | null;
  implanted: boolean;
  /** Equipment, labels and states that have a value, by OZmap's own names, as a client that is made anew takes them. */
  extras: JsonObject;
  /** Names of further fields that have a value, which nobody may write. */
  unwritable: string[];
  createdAt: string | null;
  updatedAt: string | null;
}

export interface Property {
  id: string;
  /** What its maker wrote on it to know it again. */
  externalId: string | null;
  address: string | null;
  observation: string | null;
  location: Coordinates | null;
  /** The serving box; null for flats, whose `box` is their building. */
  boxId: string | null;
  buildingId: string | null;
  poleId: string | null;
  projectId: string | null;
  dropId: string | null;
  clientId: string | null;
  /** Present where OZmap populated it. */
  client: FtthClient | null;
  connections: Connection[];
  history: HistoryEntry[];
  createdAt: string | null;
  updatedAt: string | null;
}

/** A drop cable. `poleIds` in OZmap's order, from box to property. */
export interface Drop {
  id: string;
  lengthM: number | null;
  boxId: string | null;
  propertyId: string | null;
  poleIds: string[];
  implanted: boolean | null;
}

export interface Fiber {
  id: string;
  cableId: string | null;
  /** Ids of what its ends are connected to. */
  connectors: string[];
}

export interface Pole {
  id: string;
  /** Of the network's own numbering; null for a point, or where it has none. */
  name: string | null;
  location: Coordinates;
}

export interface HorizontalCondominium {
  id: string;
  name: string;
  address: string | null;
  observation: string | null;
  /** Outer ring. */
  polygon: Coordinates[];
}

export interface Prospect {
  id: string;
  /** What its maker wrote on it to know it again. */
  externalId: string | null;
  code: string | null;
  name: string | null;
  phone: string | null;
  location: Coordinates | null;
}

/** One box of a viability answer. */
export interface ViabilityBox {
  id: string;
  name: string;
  location: Coordinates | null;
  /** Metres, straight line in radius mode; along the poles in pole mode. */
  distanceM: number;
  projectId: string | null;
  implanted: boolean | null;
  /** Free ports as the viability answer counts them. */
  availability: number;
  condominiumIds: string[];
  /** Pole mode: length along the poles, metres. */
  dropLengthM: number | null;
  /** Pole mode: the pole at which the drop would leave for the home. */
  poleId: string | null;
  /** Pole mode: the way that OZmap would lay, from the box to `poleId`; null where it does not say. */
  dropPoleIds: string[] | null;
}

/** One building of a viability answer. */
export interface ViabilityBuilding extends Pick<ViabilityBox, 'id' | 'name' | 'location' | 'distanceM' | 'projectId'> {
  availability: number;
}

export interface RefusedViabilityBox extends Omit<ViabilityBox, 'availability'> {
  availability: number | null;
  /** Empty where it gives none. */
  reasons: RawRefusal[];
}

export interface ViabilityAnswer {
  viable: boolean;
  boxes: ViabilityBox[];
  refusedBoxes: RefusedViabilityBox[];
  /** Client-less homes near the point. */
  propertyIds: string[];
  /** Buildings near the point that have free ports of their own, for flats; empty where OZmap lists none. */
  buildings: ViabilityBuilding[];
}

/** OZmap's own settings of section 5.4 that we read; null where its configuration does not say. */
export interface SystemConfig {
  id: string;
  viabilityMode: 'radius' | 'poles' | null;
  viabilityRadiusM: number | null;
  viabilityMaxBoxes: number | null;
  considersHorizontalCondominiums: boolean | null;
  considersPropertyPortsFree: boolean | null;
}

/** The owner of a token. */
export interface OzmapUser {
  id: string | null;
  username: string | null;
}
