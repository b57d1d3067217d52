import type { Budget } from '../budget/request-budget.js';
import type { Bounds, Coordinates } from '../domain/geo.js';
import type { JsonObject } from '../domain/json.js';
import type { Write } from '../domain/write.js';
import type {
  Box,
  BoxType,
  Building,
  ConnectionKind,
  Drop,
  Equipment,
  Fiber,
  FtthClient,
  HorizontalCondominium,
  OzmapUser,
  Pole,
  Project,
  Property,
  Prospect,
  Splitter,
  SystemConfig,
  Tag,
  ViabilityAnswer,
} from './records.js';
import type { Transport } from './transport.js';

export type * from './records.js';

export interface NewClient {
  code: string;
  name?: string;
  observation?: string;
  implanted: boolean;
  /** As `FtthClient` has them. */
  extras?: JsonObject;
}

/** Null clears. */
export interface ClientPatch extends Omit<Partial<NewClient>, 'name' | 'observation'> {
  name?: string | null;
  observation?: string | null;
}

/** Body of `POST properties`: home, client, drop and connection in one call. `dropPoleIds` from box to property. */
export interface NewProperty {
  address?: string;
  observation?: string;
  boxId: string;
  projectId?: string;
  /** Absent: a flat, whose building is `boxId`. */
  location?: Coordinates;
  /** Absent: a home without client. */
  client?: NewClient | string;
  autoConnect: boolean;
  /** With `port`: the splitter (or other equipment) to connect to. */
  connectorId?: string;
  port?: number;
  /** With no `dropPoleIds`, the drop follows the adjacencies to this pole (OZmap's guide to adjacencies). */
  poleId?: string;
  dropPoleIds?: string[];
  /** Stored on the property, so that a lost answer can be found again. */
  externalId?: string;
}

/** Null clears. */
export interface PropertyPatch
  extends Omit<Partial<NewProperty>, 'address' | 'observation' | 'projectId' | 'client' | 'externalId'> {
  address?: string | null;
  observation?: string | null;
  clientId?: string | null;
  client?: NewClient;
}

export interface NewProspect {
  name?: string;
  phone?: string;
  address?: string;
  location: Coordinates;
  observation?: string;
  code?: string;
  /** Stored on the lead, so that a lost answer can be found again. */
  externalId?: string;
}

/** Where a home may be served. `radiusM`, `tags`: absent, as OZmap is configured. */
export interface ViabilityQuery {
  location: Coordinates;
  radiusM?: number;
  tags?: readonly string[];
}

/**
 * OZmap as one token sees it. Reads are retried, chunked so that no URL is longer than OZmap takes (14 KiB, 7 where that is refused), and shared while in flight with identical reads
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

  viabilityByRadius(query: ViabilityQuery): Promise<ViabilityAnswer>;
  viabilityByPoles(query: ViabilityQuery): Promise<ViabilityAnswer>;

  /** Exactly these codes, several clients where a code is used twice. BAD_USER_INPUT for a code longer than a URL. */
  findClientsByCodes(codes: readonly string[]): Promise<FtthClient[]>;
  findClientsByIds(ids: readonly string[]): Promise<FtthClient[]>;
  /** Those with the text in code, name or the serial number of their ONU, at most so many of each; three requests at once. */
  searchClients(text: string, limit: number): Promise<FtthClient[]>;
  /** Those with the text in their address. */
  searchProperties(text: string, limit: number): Promise<Property[]>;
  /** `GET properties/client/{code}`; 404 and [] both mean none. */
  findPropertiesByClientCode(code: string): Promise<Property[]>;
  findPropertiesByIds(ids: readonly string[]): Promise<Property[]>;
  findPropertiesByClientIds(clientIds: readonly string[]): Promise<Property[]>;
  findPropertiesByBoxIds(boxIds: readonly string[]): Promise<Property[]>;
  /** Those that show exactly this external id: none where OZmap does not show it. */
  findPropertiesByExternalId(externalId: string): Promise<Property[]>;
  findBoxesByIds(ids: readonly string[]): Promise<Box[]>;
  /** Where all boxes are, for the area that they cover: some dozen requests for a large network. */
  findBoxPoints(): Promise<Coordinates[]>;
  /** Nearest first, within `radiusM`. */
  findBoxesNear(location: Coordinates, radiusM: number, limit: number): Promise<Box[]>;
  findBuildingsByIds(ids: readonly string[]): Promise<Building[]>;
  findBoxTypesByIds(ids: readonly string[]): Promise<BoxType[]>;
  findProjects(): Promise<Project[]>;
  findTags(): Promise<Tag[]>;
  findSplittersByIds(ids: readonly string[]): Promise<Splitter[]>;
  findSplittersByBoxIds(boxIds: readonly string[]): Promise<Splitter[]>;
  /** Of any kind: splitters, connectors, fusions, switches. */
  findEquipmentByIds(ids: readonly string[]): Promise<Equipment[]>;
  findDropsByIds(ids: readonly string[]): Promise<Drop[]>;
  findFibersByDropIds(dropIds: readonly string[]): Promise<Fiber[]>;
  /** For many ids one `within` over `around` replaces a long list of URLs. */
  findPolesByIds(ids: readonly string[], around?: Bounds): Promise<Pole[]>;
  findPolesWithin(bounds: Bounds, limit: number): Promise<Pole[]>;
  findPolesNear(location: Coordinates, radiusM: number, limit: number): Promise<Pole[]>;
  findPointsWithin(bounds: Bounds, limit: number): Promise<Pole[]>;
  findHorizontalCondominiums(): Promise<HorizontalCondominium[]>;
  findProspectsByIds(ids: readonly string[]): Promise<Prospect[]>;
  findProspectsByCode(code: string): Promise<Prospect[]>;
  /** As far as the token sees; none where OZmap cannot be asked for prospects by their place. */
  findProspectsNear(location: Coordinates, radiusM: number): Promise<Prospect[]>;
  /** Those that show exactly this external id: none where OZmap does not show it. */
  findProspectsByExternalId(externalId: string): Promise<Prospect[]>;

  createProperty(body: NewProperty): Write<Property>;
  updateProperty(id: string, patch: PropertyPatch): Write<undefined>;
  deleteProperty(id: string): Write<undefined>;
  createClient(body: NewClient): Write<FtthClient>;
  updateClient(id: string, patch: ClientPatch): Write<undefined>;
  deleteClient(id: string): Write<undefined>;
  /** Frees the port, keeps the drop in its box. */
  disconnectDrop(dropId: string): Write<undefined>;
  /** Drop and connection go, the property stays. */
  deleteDrop(dropId: string): Write<undefined>;
  /** `kind` where the equipment is no splitter, as the property's connection names it. */
  connectFiber(splitterId: string, port: number, fiberId: string, kind?: ConnectionKind): Write<undefined>;
  disconnectFiber(splitterId: string, fiberId: string, kind?: ConnectionKind): Write<undefined>;
  createProspect(body: NewProspect): Write<Prospect>;
}

/** Whether OZmap is there, and knows a token. */
export type OzmapStanding = 'up' | 'down' | 'refused';

/** The way to one OZmap, shared by all tokens: connections, concurrency and reads in flight are bounded here. */
export interface OzmapConnector extends Pick<Transport, 'traffic' | 'countIn' | 'stop'> {
  /** OZmap as this token sees it. Cheap: make one per request. With a budget, reads are paid from it and end with it. */
  as(token: string, budget?: Budget): Ozmap;
  /** How OZmap takes this token; `down` when it does not answer within 3 s, or with 500 and above. */
  standing(token: string): Promise<OzmapStanding>;
}
