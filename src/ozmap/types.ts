import type { Bounds, Coordinates } from '../domain/geo.js';
import type { Write } from '../domain/write.js';

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
  location: Coordinates | null;
  projectId: string | null;
}

export interface BoxType {
  id: string;
  code: string;
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

/** What a property hangs on. `port` counts from 1. */
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
  createdAt: string | null;
  updatedAt: string | null;
}

export interface Property {
  id: string;
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
  location: Coordinates;
}

export interface HorizontalCondominium {
  id: string;
  name: string;
  /** Outer ring. */
  polygon: Coordinates[];
}

export interface Prospect {
  id: string;
  code: string | null;
  name: string | null;
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
}

export interface RefusedViabilityBox extends Omit<ViabilityBox, 'availability'> {
  availability: number | null;
  /** OZmap's own codes or texts, untranslated; empty where it gives none. */
  reasons: { code: string | null; message: string | null; limitM: number | null; actualM: number | null }[];
}

export interface ViabilityAnswer {
  viable: boolean;
  boxes: ViabilityBox[];
  refusedBoxes: RefusedViabilityBox[];
  /** Client-less homes near the point. */
  propertyIds: string[];
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

export interface ClientPatch {
  code?: string;
  name?: string | null;
  observation?: string | null;
  implanted?: boolean;
}

export interface NewClient {
  code: string;
  name?: string;
  observation?: string;
  implanted: boolean;
}

/** Body of `POST properties`: home, client, drop and connection in one call. `dropPoleIds` from box to property. */
export interface NewProperty {
  address?: string;
  observation?: string;
  boxId: string;
  projectId?: string;
  location: Coordinates;
  client: NewClient | string;
  autoConnect: boolean;
  /** With `port`: the splitter (or other equipment) to connect to. */
  connectorId?: string;
  port?: number;
  dropPoleIds?: string[];
  /** Stored on the property, so that a lost answer can be found again. */
  externalId?: string;
}

export interface PropertyPatch {
  address?: string | null;
  observation?: string | null;
  location?: Coordinates;
  boxId?: string;
  clientId?: string | null;
  client?: NewClient;
  autoConnect?: boolean;
  connectorId?: string;
  port?: number;
  dropPoleIds?: string[];
}

export interface NewProspect {
  name?: string;
  phone?: string;
  address?: string;
  location: Coordinates;
  observation?: string;
  code?: string;
}

/**
 * OZmap as one token sees it. Reads are retried, chunked so that no URL passes 7 KiB, and shared while in flight with identical reads
 * of the same token. Writes are `Write`s: described here, sent by the journal.
 *
 * Errors of every read: UPSTREAM_UNAVAILABLE · UPSTREAM_UNEXPECTED_SHAPE · UNAUTHENTICATED · FORBIDDEN · UPSTREAM_REFUSED (other 4xx).
 * `find…ByIds` and the like return what was found, in no particular order, nothing for what is missing; duplicates in the argument
 * are asked for once; an empty argument asks nothing.
 */
export interface Ozmap {
  /** The token's owner; UNAUTHENTICATED when OZmap does not know the token. */
  whoAmI(): Promise<OzmapUser>;
  systemConfig(): Promise<SystemConfig>;

  viabilityByRadius(query: {
    location: Coordinates;
    radiusM?: number;
    tags?: readonly string[];
  }): Promise<ViabilityAnswer>;
  viabilityByPoles(query: {
    location: Coordinates;
    radiusM?: number;
    tags?: readonly string[];
  }): Promise<ViabilityAnswer>;

  findClientsByCodes(codes: readonly string[]): Promise<FtthClient[]>;
  findClientsByIds(ids: readonly string[]): Promise<FtthClient[]>;
  /** `GET properties/client/{code}`; 404 and [] both mean none. */
  findPropertiesByClientCode(code: string): Promise<Property[]>;
  findPropertiesByIds(ids: readonly string[]): Promise<Property[]>;
  findPropertiesByClientIds(clientIds: readonly string[]): Promise<Property[]>;
  findPropertiesByBoxIds(boxIds: readonly string[]): Promise<Property[]>;
  findBoxesByIds(ids: readonly string[]): Promise<Box[]>;
  /** Nearest first, within `radiusM`. */
  findBoxesNear(location: Coordinates, radiusM: number, limit: number): Promise<Box[]>;
  findBuildingsByIds(ids: readonly string[]): Promise<Building[]>;
  findBoxTypesByIds(ids: readonly string[]): Promise<BoxType[]>;
  findProjects(): Promise<Project[]>;
  findSplittersByIds(ids: readonly string[]): Promise<Splitter[]>;
  findSplittersByBoxIds(boxIds: readonly string[]): Promise<Splitter[]>;
  findDropsByIds(ids: readonly string[]): Promise<Drop[]>;
  findDropsByBoxIds(boxIds: readonly string[]): Promise<Drop[]>;
  findFibersByDropIds(dropIds: readonly string[]): Promise<Fiber[]>;
  /** For many ids one `within` over `around` replaces a long list of URLs. */
  findPolesByIds(ids: readonly string[], around?: Bounds): Promise<Pole[]>;
  findPolesWithin(bounds: Bounds, limit: number): Promise<Pole[]>;
  findPolesNear(location: Coordinates, radiusM: number, limit: number): Promise<Pole[]>;
  findPointsWithin(bounds: Bounds, limit: number): Promise<Pole[]>;
  findHorizontalCondominiums(): Promise<HorizontalCondominium[]>;
  findProspectsByCode(code: string): Promise<Prospect[]>;

  createProperty(body: NewProperty): Write<Property>;
  updateProperty(id: string, patch: PropertyPatch): Write<void>;
  deleteProperty(id: string): Write<void>;
  createClient(body: NewClient): Write<FtthClient>;
  updateClient(id: string, patch: ClientPatch): Write<void>;
  deleteClient(id: string): Write<void>;
  /** Frees the port, keeps the drop in its box. */
  disconnectDrop(dropId: string): Write<void>;
  /** Drop and connection go, the property stays. */
  deleteDrop(dropId: string): Write<void>;
  connectFiber(splitterId: string, port: number, fiberId: string): Write<void>;
  disconnectFiber(splitterId: string, fiberId: string): Write<void>;
  createProspect(body: NewProspect): Write<Prospect>;
}

/** The way to one OZmap, shared by all tokens: connections, concurrency and reads in flight are bounded here. */
export interface OzmapConnector {
  /** OZmap as this token sees it. Cheap: make one per request. */
  as(token: string): Ozmap;
  /** True when OZmap's API answers at all within 3 s, whatever it says below 500. */
  reachable(): Promise<boolean>;
  /** Ends whatever is under way and closes the connections. */
  stop(): void;
}
