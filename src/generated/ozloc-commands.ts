/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Who is interested, and where. */
export type CreateProspectInput = {
  /** The address as it was given. */
  address?: string | null | undefined;
  /** CNT's contract code, if there is one. */
  contractCode?: string | number | null | undefined;
  /** The caller's own key for this command: a repetition with the same input is answered, not carried out again. */
  idempotencyKey?: string | null | undefined;
  /** The place in question. */
  location: MapPointInput;
  /** Name of the interested person. */
  name?: string | null | undefined;
  /** Note for the sales team. */
  observation?: string | null | undefined;
  /** Telephone number. */
  phone?: string | null | undefined;
  /** Store nothing if a lead of the same person is there already: the answer is its `knownProspectId`. */
  unlessKnown?: boolean | null | undefined;
};

/** The reservation to extend. */
export type ExtendReservationInput = {
  /** CNT's contract code. */
  contractCode: string | number;
  /** The caller's own key for this command: a repetition with the same input is answered, not carried out again. */
  idempotencyKey?: string | null | undefined;
  /** When the reservation is to expire; it is then withdrawn. In the future, at most 366 days away. */
  until: string;
};

/** Status of a contract in OZmap. */
export type FtthClientStatus =
  /** The client is implanted. */
  | 'ACTIVE'
  /** A port is reserved; the client is not implanted yet. */
  | 'RESERVED';

/** How exactly an address was found, best first. */
export type GeocodePrecision =
  /** A neighbourhood or locality. */
  | 'LOCALITY'
  /** Only the town. */
  | 'MUNICIPALITY'
  /** Exact house number. */
  | 'NUMBER'
  /** Between two known house numbers. */
  | 'NUMBER_APPROXIMATE'
  /** A point that a person placed. */
  | 'PIN'
  /** The area of the postal code. */
  | 'POSTAL_CODE'
  /** The street, without house number. */
  | 'STREET';

/** Construction status of a box. */
export type ImplantationStatus =
  /** Built and measured. */
  | 'CERTIFIED'
  /** In project: never sold. */
  | 'DRAFT'
  /** Built. */
  | 'IMPLANTED'
  /** Not built yet: may be sold. */
  | 'NOT_IMPLANTED';

/** State of an operation. */
export type IntegrationOperationState =
  /** Carried out. */
  | 'APPLIED'
  /** Ended without success, possibly part-way; may be retried. */
  | 'FAILED'
  /** Running now. */
  | 'PENDING'
  /** Accepted; waits for OZmap, or for what comes before it on its contract. */
  | 'QUEUED'
  /** Refused; nothing was changed, or all of it was taken back. */
  | 'REFUSED'
  /** In doubt: OZmap's answer to a write was lost, or the command was cut short between two writes; the outcome is being determined by reading. */
  | 'UNKNOWN';

/** What kind of problem it is. New values may be added: take one that you do not know, too. Explained in docs/errors.md. */
export type IntegrationProblemCode =
  /** The input is wrong. */
  | 'BAD_USER_INPUT'
  /** The state of the network forbids it: see `reason`. */
  | 'CONFLICT'
  /** The token may not do this. */
  | 'FORBIDDEN'
  /** The geocoder was asked too much. */
  | 'GEOCODER_QUOTA'
  /** The geocoder refuses the key or the question of this service. */
  | 'GEOCODER_REFUSED'
  /** The geocoder does not answer; a position can be given instead. */
  | 'GEOCODER_UNAVAILABLE'
  /** The idempotency key was used before, with other input. */
  | 'IDEMPOTENCY_MISMATCH'
  /** A fault of this service. */
  | 'INTERNAL_SERVER_ERROR'
  /** The journal cannot be written or read; nothing was sent to OZmap. */
  | 'JOURNAL_UNAVAILABLE'
  /** More than one request may ask for. */
  | 'LIMIT_EXCEEDED'
  /** It is not there, or not visible to this token. */
  | 'NOT_FOUND'
  /** Too many requests from this caller. */
  | 'RATE_LIMITED'
  /** It took too long. */
  | 'REQUEST_TIMEOUT'
  /** No token, or one that OZmap does not know. */
  | 'UNAUTHENTICATED'
  /** OZmap's answer to a write was lost: do not repeat it, read how it ended. */
  | 'UPSTREAM_OUTCOME_UNKNOWN'
  /** OZmap rejected the write; nothing changed. */
  | 'UPSTREAM_REFUSED'
  /** OZmap does not answer; nothing was written. */
  | 'UPSTREAM_UNAVAILABLE'
  /** OZmap said yes, and what is read back is not what was asked for. */
  | 'UPSTREAM_UNEXPECTED_EFFECT'
  /** OZmap's answer lacks something that is needed. */
  | 'UPSTREAM_UNEXPECTED_SHAPE';

/** Why the state of the network forbids it. New values may be added: take one that you do not know, too. Explained in docs/errors.md. */
export type IntegrationProblemReason =
  /** OZmap holds the client as implanted. */
  | 'ALREADY_ACTIVE'
  /** No port of the box is free any more. */
  | 'BOX_FULL'
  /** The box is not among the offers at this location. */
  | 'BOX_NOT_OFFERED'
  /** Another command holds the contract, the box or the property. */
  | 'BUSY'
  /** Several clients have this code. */
  | 'CODE_AMBIGUOUS'
  /** OZmap has a client with this contract code. */
  | 'CODE_IN_USE'
  /** A point of the drawn drop is not on a pole, or an end is not at the client or the box. */
  | 'DROP_OFF_NETWORK'
  /** The drop is longer than the project allows. */
  | 'DROP_TOO_LONG'
  /** Another command on this contract, or the same one, has not finished. */
  | 'IN_PROGRESS'
  /** Links to the map page are not configured. */
  | 'LINKS_NOT_CONFIGURED'
  /** OZmap holds the client as not implanted. */
  | 'NOT_ACTIVE'
  /** OZmap's observation is not what the caller expects. */
  | 'OBSERVATION_CHANGED'
  /** The cancellation would no longer do what its plan showed. */
  | 'PLAN_CHANGED'
  /** The provider's configuration does not allow it. */
  | 'POLICY_DISABLED'
  /** The port that the client had is in use by somebody else. */
  | 'PORT_NO_LONGER_FREE'
  /** Somebody else has the port. */
  | 'PORT_TAKEN'
  /** Somebody lives at that property. */
  | 'PROPERTY_OCCUPIED'
  /** The client has several properties. */
  | 'SEVERAL_PROPERTIES'
  /** Too long ago to be undone. */
  | 'UNDO_EXPIRED';

/** What to look at. New values may be added: take one that you do not know, too. Explained in docs/errors.md. */
export type IntegrationWarningCode =
  /** The client's drop is connected to no port. */
  | 'DROP_DISCONNECTED'
  /** OZmap holds the contract in another state than was declared, and was left as it is. */
  | 'LEFT_AS_IT_IS'
  /** Cancelled as active although OZmap held the client as not implanted. */
  | 'NOT_IMPLANTED_IN_OZMAP'
  /** Name or observation was not changed: the configuration does not allow it. */
  | 'NOT_UPDATED'
  /** The client has no property in OZmap. */
  | 'NO_PROPERTY'
  /** OZmap's earlier observation was replaced. */
  | 'OBSERVATION_OVERWRITTEN'
  /** A later state of the contract was declared before: this one was not applied. */
  | 'OLDER_DECLARATION';

/** A point in WGS84 degrees. */
export type MapPointInput = {
  /** Degrees north, -90 to 90. */
  lat: number;
  /** Degrees east, -180 to 180. */
  lng: number;
};

/** Kinds of equipment that can serve a client. */
export type OzmapEquipmentKind =
  /** A fibre connector. */
  | 'CONNECTOR'
  /** A fibre fusion. */
  | 'FUSION'
  /** Anything else that OZmap may add. */
  | 'OTHER'
  /** A service splitter. */
  | 'SPLITTER'
  /** A network switch. */
  | 'SWITCH';

/** What makes two leads the same person. */
export type OzmapProspectMatch =
  /** The name, but for accents and capitals; the telephone number is another, or one of them has none. */
  | 'NAME'
  /** The telephone number, however written. */
  | 'PHONE';

/** Moves a client to another property: the change of address. */
export type RelocateClientInput = {
  /** The new address. */
  address?: string | null | undefined;
  /** The box at the new address. */
  boxId?: string | number | null | undefined;
  /** CNT's contract code. */
  contractCode: string | number;
  /** Whether the drop of an old property that is kept is disconnected from its port. If absent: as configured for cancellations; false where the contract is not active. */
  disconnectDrop?: boolean | null | undefined;
  /** From the client to the box; inner points lie on poles. A straight line if absent. */
  dropPath?: Array<MapPointInput> | null | undefined;
  /** The caller's own key for this command: a repetition with the same input is answered, not carried out again. */
  idempotencyKey?: string | null | undefined;
  /** For an active contract: whether the old property is kept, with the code in its observation. */
  keepOldProperty?: boolean | null | undefined;
  /** Location of the client's new property. */
  location?: MapPointInput | null | undefined;
  /** Port of the splitter, counted from 1; needs `splitterId`. */
  port?: number | null | undefined;
  /** Take over this property without client, with its drop and port. */
  propertyId?: string | number | null | undefined;
  /** A splitter of the box; any free port if absent. */
  splitterId?: string | number | null | undefined;
};

/** What to reserve: a box at a location, or a kept property by `propertyId`. */
export type ReservePortInput = {
  /** The property's address. */
  address?: string | null | undefined;
  /** The flat, as its address says it, e.g. `101`. Needs `buildingId`. */
  apartment?: string | null | undefined;
  /** The box, one of the offers at `location`. */
  boxId?: string | number | null | undefined;
  /** The building of a flat, one of the offers at its location; `boxId` and `location` are then absent. */
  buildingId?: string | number | null | undefined;
  /** CNT's contract code: becomes the client's code in OZmap. */
  contractCode: string | number;
  /** From the client to the box; inner points lie on poles. A straight line if absent. */
  dropPath?: Array<MapPointInput> | null | undefined;
  /** The caller's own key for this command: a repetition with the same input is answered, not carried out again. */
  idempotencyKey?: string | null | undefined;
  /** Location of the client. */
  location?: MapPointInput | null | undefined;
  /** The client's name. */
  name?: string | null | undefined;
  /** The client's observation. */
  observation?: string | null | undefined;
  /** Port of the splitter, counted from 1; needs `splitterId`. */
  port?: number | null | undefined;
  /** Take over this property without client, with its drop and port; box and location then come from it. */
  propertyId?: string | number | null | undefined;
  /** A splitter of the box; any free port if absent. */
  splitterId?: string | number | null | undefined;
};

/** Who uses a port of a splitter. */
export type SplitterPortState =
  /** Blocked by the provider. */
  | 'BLOCKED'
  /** A client's drop is connected to it. */
  | 'CLIENT'
  /** Nobody; the port may be sold. */
  | 'FREE'
  /** Used by a property without client, or by something that this token does not see. */
  | 'PROPERTY';

/** An address in parts, as an ERP stores it. */
export type ViabilityAddressInput = {
  /** Town or municipality, or its IBGE code. */
  city?: string | null | undefined;
  /** Flat, block etc.; does not change the location. */
  complement?: string | null | undefined;
  /** Neighbourhood; decides between streets of the same name. */
  neighbourhood?: string | null | undefined;
  /** House number; flats, plots and kilometres in it are no number. */
  number?: string | null | undefined;
  /** Brazilian postal code (CEP). */
  postalCode?: string | null | undefined;
  /** State: `MG`, `Minas Gerais`, or its IBGE code. */
  state?: string | null | undefined;
  /** Street name, with or without its type, e.g. `Rua das Acácias`. */
  street: string;
};

/** The place: a location, or an address as text or in parts. If both are given, the location decides and the address is kept as text. */
export type ViabilityInput = {
  /** Error of `location` in metres; 0 if absent. */
  accuracyM?: number | null | undefined;
  /** Whatever a seller pastes: an address as free text, a postal code (CEP), a position in any usual writing, a link to a map or a plus code. */
  address?: string | null | undefined;
  /** Address in parts. */
  addressParts?: ViabilityAddressInput | null | undefined;
  /** A point, e.g. a pin on the map. */
  location?: MapPointInput | null | undefined;
  /** How to search; by OZmap's configuration if absent. */
  mode?: ViabilityMode | null | undefined;
  /** Search radius in metres; narrows OZmap's own radius, never widens it. */
  radiusM?: number | null | undefined;
  /** Only boxes with one of these tags, each by its id or name in OZmap. Blank ones count for nothing. */
  tags?: Array<string> | null | undefined;
};

/** How boxes are searched. */
export type ViabilityMode =
  /** By distance along the poles. */
  | 'POLES'
  /** By straight-line distance. */
  | 'RADIUS';

export type ProblemPartsFragment = { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> };

export type BoxRowFragment = { id: string, name: string | null, lat: number | null, lng: number | null, status: ImplantationStatus | null, type: { id: string, code: string } | null };

export type LocationPartsFragment = { lat: number, lng: number, accuracyM: number, precision: GeocodePrecision, formattedAddress: string | null, neighbourhood: string | null, provider: string };

export type ConnectionPartsFragment = { port: number | null, equipment: { id: string, kind: OzmapEquipmentKind | null, name: string | null }, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null };

export type PropertyPartsFragment = { id: string, address: string | null, lat: number | null, lng: number | null, observation: string | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null };

export type ClientPartsFragment = { contractCode: string, ozmapId: string | null, name: string | null, observation: string | null, implanted: boolean | null, status: FtthClientStatus | null, property: { id: string, address: string | null, lat: number | null, lng: number | null, observation: string | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { id: string, kind: OzmapEquipmentKind | null, name: string | null }, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null } | null };

export type ReservationPartsFragment = { contractCode: string, reservedAt: string | null, client: { ozmapId: string | null, name: string | null, observation: string | null, status: FtthClientStatus | null } | null, property: { id: string, address: string | null, lat: number | null, lng: number | null, observation: string | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { id: string, kind: OzmapEquipmentKind | null, name: string | null }, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null } | null };

export type OzlocBoxFragment = { id: string, name: string | null, lat: number | null, lng: number | null };

export type OzlocHomeFragment = { id: string, address: string | null, lat: number | null, lng: number | null };

export type OzlocDropFragment = { lengthM: number | null, path: Array<{ lat: number, lng: number }> | null, poles: Array<{ name: string | null, lat: number | null, lng: number | null }> | null };

export type OzlocConnectionFragment = { port: number | null, splitter: { name: string | null } | null };

export type OzlocClientPartsFragment = { contractCode: string, name: string | null, observation: string | null, status: FtthClientStatus | null, reservation: { expiresAt: string | null } | null, property: { id: string, address: string | null, lat: number | null, lng: number | null, drop: { lengthM: number | null, path: Array<{ lat: number, lng: number }> | null, poles: Array<{ name: string | null, lat: number | null, lng: number | null }> | null } | null, box: { id: string, name: string | null, lat: number | null, lng: number | null } | null, building: { name: string | null, lat: number | null, lng: number | null } | null } | null, connection: { port: number | null, splitter: { name: string | null } | null } | null };

export type OzlocReservationQueryVariables = Exact<{
  contractCode: string | number;
}>;


export type OzlocReservationQuery = { reservation: { contractCode: string, expiresAt: string | null, client: { name: string | null, observation: string | null } | null, property: { id: string, address: string | null, lat: number | null, lng: number | null } | null, box: { id: string, name: string | null, lat: number | null, lng: number | null } | null, building: { name: string | null } | null, connection: { port: number | null, splitter: { name: string | null } | null } | null, drop: { lengthM: number | null, path: Array<{ lat: number, lng: number }> | null, poles: Array<{ name: string | null, lat: number | null, lng: number | null }> | null } | null } | null };

export type OzlocPortsQueryVariables = Exact<{
  boxId: string | number;
}>;


export type OzlocPortsQuery = { box: { splitters: Array<{ id: string, name: string | null, ratio: string | null, ports: Array<{ number: number, state: SplitterPortState }> | null }> | null } | null };

export type OzlocKeptHomesQueryVariables = Exact<{
  input: ViabilityInput;
}>;


export type OzlocKeptHomesQuery = { viability: { reusableProperties: Array<{ id: string, observation: string | null }> } | null };

export type OzlocOperationQueryVariables = Exact<{
  id: string | number;
}>;


export type OzlocOperationQuery = { integrationOperation: { state: IntegrationOperationState, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type OzlocReservePortMutationVariables = Exact<{
  input: ReservePortInput;
}>;


export type OzlocReservePortMutation = { reservePort: { reservation: { contractCode: string, expiresAt: string | null, client: { name: string | null, observation: string | null } | null, property: { id: string, address: string | null, lat: number | null, lng: number | null } | null, box: { id: string, name: string | null, lat: number | null, lng: number | null } | null, building: { name: string | null } | null, connection: { port: number | null, splitter: { name: string | null } | null } | null, drop: { lengthM: number | null, path: Array<{ lat: number, lng: number }> | null, poles: Array<{ name: string | null, lat: number | null, lng: number | null }> | null } | null } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null, warnings: Array<{ code: IntegrationWarningCode, message: string }>, operation: { id: string } | null } | null };

export type OzlocRelocateClientMutationVariables = Exact<{
  input: RelocateClientInput;
}>;


export type OzlocRelocateClientMutation = { relocateClient: { client: { contractCode: string, name: string | null, observation: string | null, status: FtthClientStatus | null, reservation: { expiresAt: string | null } | null, property: { id: string, address: string | null, lat: number | null, lng: number | null, drop: { lengthM: number | null, path: Array<{ lat: number, lng: number }> | null, poles: Array<{ name: string | null, lat: number | null, lng: number | null }> | null } | null, box: { id: string, name: string | null, lat: number | null, lng: number | null } | null, building: { name: string | null, lat: number | null, lng: number | null } | null } | null, connection: { port: number | null, splitter: { name: string | null } | null } | null } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null, warnings: Array<{ code: IntegrationWarningCode, message: string }>, operation: { id: string } | null } | null };

export type OzlocCreateProspectMutationVariables = Exact<{
  input: CreateProspectInput;
}>;


export type OzlocCreateProspectMutation = { createProspect: { knownProspectId: string | null, knownBy: OzmapProspectMatch | null, prospect: { id: string } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null, operation: { id: string } | null } | null };

export type OzlocExtendReservationMutationVariables = Exact<{
  input: ExtendReservationInput;
}>;


export type OzlocExtendReservationMutation = { extendReservation: { reservation: { expiresAt: string | null } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type OzlocReservationPartsFragment = { contractCode: string, expiresAt: string | null, client: { name: string | null, observation: string | null } | null, property: { id: string, address: string | null, lat: number | null, lng: number | null } | null, box: { id: string, name: string | null, lat: number | null, lng: number | null } | null, building: { name: string | null } | null, connection: { port: number | null, splitter: { name: string | null } | null } | null, drop: { lengthM: number | null, path: Array<{ lat: number, lng: number }> | null, poles: Array<{ name: string | null, lat: number | null, lng: number | null }> | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ProblemPartsFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment ProblemParts on IntegrationProblem {
  code
  reason
  message
  operationId
  details {
    field
    value
    limit
    actual
  }
}
    `, {"fragmentName":"ProblemParts"}) as unknown as TypedDocumentString<ProblemPartsFragment, unknown>;
export const BoxRowFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment BoxRow on Box {
  id
  name
  lat
  lng
  status
  type {
    id
    code
  }
}
    `, {"fragmentName":"BoxRow"}) as unknown as TypedDocumentString<BoxRowFragment, unknown>;
export const LocationPartsFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment LocationParts on GeocodedLocation {
  lat
  lng
  accuracyM
  precision
  formattedAddress
  neighbourhood
  provider
}
    `, {"fragmentName":"LocationParts"}) as unknown as TypedDocumentString<LocationPartsFragment, unknown>;
export const PropertyPartsFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment PropertyParts on OzmapProperty {
  id
  address
  lat
  lng
  observation
  drop {
    id
    lengthM
    connected
  }
}
    `, {"fragmentName":"PropertyParts"}) as unknown as TypedDocumentString<PropertyPartsFragment, unknown>;
export const ConnectionPartsFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment ConnectionParts on NetworkAttachment {
  equipment {
    id
    kind
    name
  }
  port
  box {
    id
    name
  }
  building {
    id
    name
  }
}
    `, {"fragmentName":"ConnectionParts"}) as unknown as TypedDocumentString<ConnectionPartsFragment, unknown>;
export const ClientPartsFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment ClientParts on Client {
  contractCode
  ozmapId
  name
  observation
  implanted
  status
  property {
    ...PropertyParts
  }
  connection {
    ...ConnectionParts
  }
}
    fragment ConnectionParts on NetworkAttachment {
  equipment {
    id
    kind
    name
  }
  port
  box {
    id
    name
  }
  building {
    id
    name
  }
}
fragment PropertyParts on OzmapProperty {
  id
  address
  lat
  lng
  observation
  drop {
    id
    lengthM
    connected
  }
}`, {"fragmentName":"ClientParts"}) as unknown as TypedDocumentString<ClientPartsFragment, unknown>;
export const ReservationPartsFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment ReservationParts on Reservation {
  contractCode
  reservedAt
  client {
    ozmapId
    name
    observation
    status
  }
  property {
    ...PropertyParts
  }
  connection {
    ...ConnectionParts
  }
}
    fragment ConnectionParts on NetworkAttachment {
  equipment {
    id
    kind
    name
  }
  port
  box {
    id
    name
  }
  building {
    id
    name
  }
}
fragment PropertyParts on OzmapProperty {
  id
  address
  lat
  lng
  observation
  drop {
    id
    lengthM
    connected
  }
}`, {"fragmentName":"ReservationParts"}) as unknown as TypedDocumentString<ReservationPartsFragment, unknown>;
export const OzlocHomeFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment OzlocHome on OzmapProperty {
  id
  address
  lat
  lng
}
    `, {"fragmentName":"OzlocHome"}) as unknown as TypedDocumentString<OzlocHomeFragment, unknown>;
export const OzlocDropFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment OzlocDrop on OzmapDrop {
  lengthM
  path {
    lat
    lng
  }
  poles {
    name
    lat
    lng
  }
}
    `, {"fragmentName":"OzlocDrop"}) as unknown as TypedDocumentString<OzlocDropFragment, unknown>;
export const OzlocBoxFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment OzlocBox on Box {
  id
  name
  lat
  lng
}
    `, {"fragmentName":"OzlocBox"}) as unknown as TypedDocumentString<OzlocBoxFragment, unknown>;
export const OzlocConnectionFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment OzlocConnection on NetworkAttachment {
  port
  splitter {
    name
  }
}
    `, {"fragmentName":"OzlocConnection"}) as unknown as TypedDocumentString<OzlocConnectionFragment, unknown>;
export const OzlocClientPartsFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment OzlocClientParts on Client {
  contractCode
  name
  observation
  status
  reservation {
    expiresAt
  }
  property {
    ...OzlocHome
    drop {
      ...OzlocDrop
    }
    box {
      ...OzlocBox
    }
    building {
      name
      lat
      lng
    }
  }
  connection {
    ...OzlocConnection
  }
}
    fragment OzlocBox on Box {
  id
  name
  lat
  lng
}
fragment OzlocHome on OzmapProperty {
  id
  address
  lat
  lng
}
fragment OzlocDrop on OzmapDrop {
  lengthM
  path {
    lat
    lng
  }
  poles {
    name
    lat
    lng
  }
}
fragment OzlocConnection on NetworkAttachment {
  port
  splitter {
    name
  }
}`, {"fragmentName":"OzlocClientParts"}) as unknown as TypedDocumentString<OzlocClientPartsFragment, unknown>;
export const OzlocReservationPartsFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment OzlocReservationParts on Reservation {
  contractCode
  expiresAt
  client {
    name
    observation
  }
  property {
    ...OzlocHome
  }
  box {
    ...OzlocBox
  }
  building {
    name
  }
  connection {
    ...OzlocConnection
  }
  drop {
    ...OzlocDrop
  }
}
    fragment OzlocBox on Box {
  id
  name
  lat
  lng
}
fragment OzlocHome on OzmapProperty {
  id
  address
  lat
  lng
}
fragment OzlocDrop on OzmapDrop {
  lengthM
  path {
    lat
    lng
  }
  poles {
    name
    lat
    lng
  }
}
fragment OzlocConnection on NetworkAttachment {
  port
  splitter {
    name
  }
}`, {"fragmentName":"OzlocReservationParts"}) as unknown as TypedDocumentString<OzlocReservationPartsFragment, unknown>;
export const OzlocReservationDocument = /*#__PURE__*/ new TypedDocumentString(`
    query OzlocReservation($contractCode: ID!) {
  reservation(contractCode: $contractCode) {
    ...OzlocReservationParts
  }
}
    fragment OzlocBox on Box {
  id
  name
  lat
  lng
}
fragment OzlocHome on OzmapProperty {
  id
  address
  lat
  lng
}
fragment OzlocDrop on OzmapDrop {
  lengthM
  path {
    lat
    lng
  }
  poles {
    name
    lat
    lng
  }
}
fragment OzlocConnection on NetworkAttachment {
  port
  splitter {
    name
  }
}
fragment OzlocReservationParts on Reservation {
  contractCode
  expiresAt
  client {
    name
    observation
  }
  property {
    ...OzlocHome
  }
  box {
    ...OzlocBox
  }
  building {
    name
  }
  connection {
    ...OzlocConnection
  }
  drop {
    ...OzlocDrop
  }
}`) as unknown as TypedDocumentString<OzlocReservationQuery, OzlocReservationQueryVariables>;
export const OzlocPortsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query OzlocPorts($boxId: ID!) {
  box(id: $boxId) {
    splitters {
      id
      name
      ratio
      ports {
        number
        state
      }
    }
  }
}
    `) as unknown as TypedDocumentString<OzlocPortsQuery, OzlocPortsQueryVariables>;
export const OzlocKeptHomesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query OzlocKeptHomes($input: ViabilityInput!) {
  viability(input: $input) {
    reusableProperties {
      id
      observation
    }
  }
}
    `) as unknown as TypedDocumentString<OzlocKeptHomesQuery, OzlocKeptHomesQueryVariables>;
export const OzlocOperationDocument = /*#__PURE__*/ new TypedDocumentString(`
    query OzlocOperation($id: ID!) {
  integrationOperation(id: $id) {
    state
    problem {
      ...ProblemParts
    }
  }
}
    fragment ProblemParts on IntegrationProblem {
  code
  reason
  message
  operationId
  details {
    field
    value
    limit
    actual
  }
}`) as unknown as TypedDocumentString<OzlocOperationQuery, OzlocOperationQueryVariables>;
export const OzlocReservePortDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation OzlocReservePort($input: ReservePortInput!) {
  reservePort(input: $input) {
    reservation {
      ...OzlocReservationParts
    }
    problem {
      ...ProblemParts
    }
    warnings {
      code
      message
    }
    operation {
      id
    }
  }
}
    fragment ProblemParts on IntegrationProblem {
  code
  reason
  message
  operationId
  details {
    field
    value
    limit
    actual
  }
}
fragment OzlocBox on Box {
  id
  name
  lat
  lng
}
fragment OzlocHome on OzmapProperty {
  id
  address
  lat
  lng
}
fragment OzlocDrop on OzmapDrop {
  lengthM
  path {
    lat
    lng
  }
  poles {
    name
    lat
    lng
  }
}
fragment OzlocConnection on NetworkAttachment {
  port
  splitter {
    name
  }
}
fragment OzlocReservationParts on Reservation {
  contractCode
  expiresAt
  client {
    name
    observation
  }
  property {
    ...OzlocHome
  }
  box {
    ...OzlocBox
  }
  building {
    name
  }
  connection {
    ...OzlocConnection
  }
  drop {
    ...OzlocDrop
  }
}`) as unknown as TypedDocumentString<OzlocReservePortMutation, OzlocReservePortMutationVariables>;
export const OzlocRelocateClientDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation OzlocRelocateClient($input: RelocateClientInput!) {
  relocateClient(input: $input) {
    client {
      ...OzlocClientParts
    }
    problem {
      ...ProblemParts
    }
    warnings {
      code
      message
    }
    operation {
      id
    }
  }
}
    fragment ProblemParts on IntegrationProblem {
  code
  reason
  message
  operationId
  details {
    field
    value
    limit
    actual
  }
}
fragment OzlocBox on Box {
  id
  name
  lat
  lng
}
fragment OzlocHome on OzmapProperty {
  id
  address
  lat
  lng
}
fragment OzlocDrop on OzmapDrop {
  lengthM
  path {
    lat
    lng
  }
  poles {
    name
    lat
    lng
  }
}
fragment OzlocConnection on NetworkAttachment {
  port
  splitter {
    name
  }
}
fragment OzlocClientParts on Client {
  contractCode
  name
  observation
  status
  reservation {
    expiresAt
  }
  property {
    ...OzlocHome
    drop {
      ...OzlocDrop
    }
    box {
      ...OzlocBox
    }
    building {
      name
      lat
      lng
    }
  }
  connection {
    ...OzlocConnection
  }
}`) as unknown as TypedDocumentString<OzlocRelocateClientMutation, OzlocRelocateClientMutationVariables>;
export const OzlocCreateProspectDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation OzlocCreateProspect($input: CreateProspectInput!) {
  createProspect(input: $input) {
    prospect {
      id
    }
    knownProspectId
    knownBy
    problem {
      ...ProblemParts
    }
    operation {
      id
    }
  }
}
    fragment ProblemParts on IntegrationProblem {
  code
  reason
  message
  operationId
  details {
    field
    value
    limit
    actual
  }
}`) as unknown as TypedDocumentString<OzlocCreateProspectMutation, OzlocCreateProspectMutationVariables>;
export const OzlocExtendReservationDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation OzlocExtendReservation($input: ExtendReservationInput!) {
  extendReservation(input: $input) {
    reservation {
      expiresAt
    }
    problem {
      ...ProblemParts
    }
  }
}
    fragment ProblemParts on IntegrationProblem {
  code
  reason
  message
  operationId
  details {
    field
    value
    limit
    actual
  }
}`) as unknown as TypedDocumentString<OzlocExtendReservationMutation, OzlocExtendReservationMutationVariables>;