/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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

/** Which deliveries to list; all given conditions must hold. */
export type IntegrationEventDeliveryFilter = {
  /** CNT's contract code. */
  contractCode?: string | number | null | undefined;
  /** Only deliveries in one of these states. */
  states?: Array<IntegrationEventDeliveryState> | null | undefined;
};

/** State of a delivery. */
export type IntegrationEventDeliveryState =
  /** Set aside, because the receiver did not take it. Kept for 30 days. */
  | 'DEAD_LETTER'
  /** The receiver took it. Kept for 7 days. */
  | 'DELIVERED'
  /** On its way: to be sent, or to be sent again. */
  | 'WAITING';

/** Which operations to list; all given conditions must hold. */
export type IntegrationOperationFilter = {
  /** Only these kinds of command, e.g. `client.activate`. */
  actions?: Array<string> | null | undefined;
  /** Part of a client's name, code or ONU serial as OZmap has them now, or of the name or telephone number that a client or a lead was asked for with, as long as it is kept. Words of a name in any order. Of many, 100 by each. */
  client?: string | null | undefined;
  /** Words of the name of the person in CNT, as `X-CNT-User` said, or parts of them; accents and capitals do not matter. Each page searches a part of the journal: it may hold less than `first`, or nothing, while `hasNextPage` is true. */
  cntUser?: string | null | undefined;
  /** CNT's contract code. */
  contractCode?: string | number | null | undefined;
  /** Part of CNT's contract code, in letters of either case. Each page searches a part of the journal: it may hold less than `first`, or nothing, while `hasNextPage` is true. */
  contractCodePart?: string | null | undefined;
  /** Received at or after this instant. */
  from?: string | null | undefined;
  /** Only operations in one of these states. */
  states?: Array<IntegrationOperationState> | null | undefined;
  /** Received before this instant. */
  to?: string | null | undefined;
};

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

/** What became of a write. New values may be added: take one that you do not know, too. */
export type IntegrationOperationStepOutcome =
  /** OZmap carried it out. */
  | 'DONE'
  /** It never left. */
  | 'NOT_SENT'
  /** OZmap rejected it; nothing changed. */
  | 'REFUSED'
  /** Recorded and perhaps sent; no answer yet. */
  | 'SENT'
  /** OZmap's answer was lost. */
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

/** The delivery to send again. */
export type RedeliverEventInput = {
  /** Id of a delivery that is a dead letter or was delivered. */
  deliveryId: string | number;
};

/** The operation to retry. */
export type RetryOperationInput = {
  /** Id of a FAILED operation. */
  operationId: string | number;
};

/** Hands a client over to another contract: the change of account holder. */
export type TransferClientInput = {
  /** CNT's contract code. */
  contractCode: string | number;
  /** The caller's own key for this command: a repetition with the same input is answered, not carried out again. */
  idempotencyKey?: string | null | undefined;
  /** The new holder's name; without it the client has none. */
  name?: string | null | undefined;
  /** The new holder's contract code; no client may carry it. */
  newContractCode: string | number;
  /** The client's new observation; without it there is none, since the old one was on the old holder. */
  observation?: string | null | undefined;
};

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

export type LogsOperationsQueryVariables = Exact<{
  filter?: IntegrationOperationFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type LogsOperationsQuery = { integrationOperations: { edges: Array<{ node: { id: string, action: string, contractCode: string | null, projectId: string | null, state: IntegrationOperationState, actor: string, cntUser: string | null, requestedAt: string, finishedAt: string | null, retriedBy: { actor: string, cntUser: string | null } | null, changes: Array<{ field: string, before: string | null, after: string | null }> | null, steps: Array<{ method: string, path: string, status: number | null, durationMs: number | null, outcome: IntegrationOperationStepOutcome, at: string }>, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type LogsNewsQueryVariables = Exact<{
  filter?: IntegrationOperationFilter | null | undefined;
  first: number;
}>;


export type LogsNewsQuery = { integrationOperations: { edges: Array<{ node: { id: string, state: IntegrationOperationState, finishedAt: string | null } }> } | null };

export type LogsCountsQueryVariables = Exact<{
  filter?: IntegrationOperationFilter | null | undefined;
}>;


export type LogsCountsQuery = { integrationOperationCounts: Array<{ state: IntegrationOperationState, count: number }> | null };

export type LogsNamesQueryVariables = Exact<{
  contractCodes: Array<string | number> | string | number;
  boxIds: Array<string | number> | string | number;
}>;


export type LogsNamesQuery = { clients: Array<{ contractCode: string, name: string | null, reservation: { expiresAt: string | null } | null, property: { address: string | null, box: { id: string, name: string | null, project: { id: string, name: string } | null } | null } | null } | null> | null, boxesById: Array<{ id: string, name: string | null, project: { id: string, name: string } | null } | null> | null };

export type LogsOperationQueryVariables = Exact<{
  id: string | number;
}>;


export type LogsOperationQuery = { integrationOperation: { id: string, action: string, contractCode: string | null, projectId: string | null, state: IntegrationOperationState, actor: string, cntUser: string | null, requestedAt: string, finishedAt: string | null, retriedBy: { actor: string, cntUser: string | null } | null, changes: Array<{ field: string, before: string | null, after: string | null }> | null, steps: Array<{ method: string, path: string, status: number | null, durationMs: number | null, outcome: IntegrationOperationStepOutcome, at: string }>, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type LogsRetryOperationMutationVariables = Exact<{
  input: RetryOperationInput;
}>;


export type LogsRetryOperationMutation = { retryOperation: { operation: { id: string, action: string, contractCode: string | null, projectId: string | null, state: IntegrationOperationState, actor: string, cntUser: string | null, requestedAt: string, finishedAt: string | null, retriedBy: { actor: string, cntUser: string | null } | null, changes: Array<{ field: string, before: string | null, after: string | null }> | null, steps: Array<{ method: string, path: string, status: number | null, durationMs: number | null, outcome: IntegrationOperationStepOutcome, at: string }>, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type LogsExtendReservationMutationVariables = Exact<{
  input: ExtendReservationInput;
}>;


export type LogsExtendReservationMutation = { extendReservation: { problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type LogsTransferClientMutationVariables = Exact<{
  input: TransferClientInput;
}>;


export type LogsTransferClientMutation = { transferClient: { problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type NamedBoxFragment = { id: string, name: string | null, project: { id: string, name: string } | null };

export type LoggedOperationFragment = { id: string, action: string, contractCode: string | null, projectId: string | null, state: IntegrationOperationState, actor: string, cntUser: string | null, requestedAt: string, finishedAt: string | null, retriedBy: { actor: string, cntUser: string | null } | null, changes: Array<{ field: string, before: string | null, after: string | null }> | null, steps: Array<{ method: string, path: string, status: number | null, durationMs: number | null, outcome: IntegrationOperationStepOutcome, at: string }>, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null };

export type LogsDeliveriesQueryVariables = Exact<{
  filter?: IntegrationEventDeliveryFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type LogsDeliveriesQuery = { integrationEventDeliveries: { edges: Array<{ node: { id: string, webhookId: string, type: string, receiver: string | null, contractCode: string | null, operationId: string, state: IntegrationEventDeliveryState, attempts: number, lastStatus: number | null, lastAt: string | null, lastMs: number | null, lastError: string | null, nextAt: string | null, createdAt: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type LogsRedeliverEventMutationVariables = Exact<{
  input: RedeliverEventInput;
}>;


export type LogsRedeliverEventMutation = { redeliverEvent: { delivery: { id: string, webhookId: string, type: string, receiver: string | null, contractCode: string | null, operationId: string, state: IntegrationEventDeliveryState, attempts: number, lastStatus: number | null, lastAt: string | null, lastMs: number | null, lastError: string | null, nextAt: string | null, createdAt: string } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type LoggedDeliveryFragment = { id: string, webhookId: string, type: string, receiver: string | null, contractCode: string | null, operationId: string, state: IntegrationEventDeliveryState, attempts: number, lastStatus: number | null, lastAt: string | null, lastMs: number | null, lastError: string | null, nextAt: string | null, createdAt: string };

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
export const NamedBoxFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment NamedBox on Box {
  id
  name
  project {
    id
    name
  }
}
    `, {"fragmentName":"NamedBox"}) as unknown as TypedDocumentString<NamedBoxFragment, unknown>;
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
export const LoggedOperationFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment LoggedOperation on IntegrationOperation {
  id
  action
  contractCode
  projectId
  state
  actor
  cntUser
  retriedBy {
    actor
    cntUser
  }
  requestedAt
  finishedAt
  changes {
    field
    before
    after
  }
  steps {
    method
    path
    status
    durationMs
    outcome
    at
  }
  problem {
    ...ProblemParts
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
}`, {"fragmentName":"LoggedOperation"}) as unknown as TypedDocumentString<LoggedOperationFragment, unknown>;
export const LoggedDeliveryFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment LoggedDelivery on IntegrationEventDelivery {
  id
  webhookId
  type
  receiver
  contractCode
  operationId
  state
  attempts
  lastStatus
  lastAt
  lastMs
  lastError
  nextAt
  createdAt
}
    `, {"fragmentName":"LoggedDelivery"}) as unknown as TypedDocumentString<LoggedDeliveryFragment, unknown>;
export const LogsOperationsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query LogsOperations($filter: IntegrationOperationFilter, $first: Int!, $after: String) {
  integrationOperations(filter: $filter, first: $first, after: $after) {
    edges {
      node {
        ...LoggedOperation
      }
    }
    pageInfo {
      hasNextPage
      endCursor
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
fragment LoggedOperation on IntegrationOperation {
  id
  action
  contractCode
  projectId
  state
  actor
  cntUser
  retriedBy {
    actor
    cntUser
  }
  requestedAt
  finishedAt
  changes {
    field
    before
    after
  }
  steps {
    method
    path
    status
    durationMs
    outcome
    at
  }
  problem {
    ...ProblemParts
  }
}`) as unknown as TypedDocumentString<LogsOperationsQuery, LogsOperationsQueryVariables>;
export const LogsNewsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query LogsNews($filter: IntegrationOperationFilter, $first: Int!) {
  integrationOperations(filter: $filter, first: $first) {
    edges {
      node {
        id
        state
        finishedAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<LogsNewsQuery, LogsNewsQueryVariables>;
export const LogsCountsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query LogsCounts($filter: IntegrationOperationFilter) {
  integrationOperationCounts(filter: $filter) {
    state
    count
  }
}
    `) as unknown as TypedDocumentString<LogsCountsQuery, LogsCountsQueryVariables>;
export const LogsNamesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query LogsNames($contractCodes: [ID!]!, $boxIds: [ID!]!) {
  clients(contractCodes: $contractCodes) {
    contractCode
    name
    reservation {
      expiresAt
    }
    property {
      address
      box {
        ...NamedBox
      }
    }
  }
  boxesById(ids: $boxIds) {
    ...NamedBox
  }
}
    fragment NamedBox on Box {
  id
  name
  project {
    id
    name
  }
}`) as unknown as TypedDocumentString<LogsNamesQuery, LogsNamesQueryVariables>;
export const LogsOperationDocument = /*#__PURE__*/ new TypedDocumentString(`
    query LogsOperation($id: ID!) {
  integrationOperation(id: $id) {
    ...LoggedOperation
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
fragment LoggedOperation on IntegrationOperation {
  id
  action
  contractCode
  projectId
  state
  actor
  cntUser
  retriedBy {
    actor
    cntUser
  }
  requestedAt
  finishedAt
  changes {
    field
    before
    after
  }
  steps {
    method
    path
    status
    durationMs
    outcome
    at
  }
  problem {
    ...ProblemParts
  }
}`) as unknown as TypedDocumentString<LogsOperationQuery, LogsOperationQueryVariables>;
export const LogsRetryOperationDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation LogsRetryOperation($input: RetryOperationInput!) {
  retryOperation(input: $input) {
    operation {
      ...LoggedOperation
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
}
fragment LoggedOperation on IntegrationOperation {
  id
  action
  contractCode
  projectId
  state
  actor
  cntUser
  retriedBy {
    actor
    cntUser
  }
  requestedAt
  finishedAt
  changes {
    field
    before
    after
  }
  steps {
    method
    path
    status
    durationMs
    outcome
    at
  }
  problem {
    ...ProblemParts
  }
}`) as unknown as TypedDocumentString<LogsRetryOperationMutation, LogsRetryOperationMutationVariables>;
export const LogsExtendReservationDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation LogsExtendReservation($input: ExtendReservationInput!) {
  extendReservation(input: $input) {
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
}`) as unknown as TypedDocumentString<LogsExtendReservationMutation, LogsExtendReservationMutationVariables>;
export const LogsTransferClientDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation LogsTransferClient($input: TransferClientInput!) {
  transferClient(input: $input) {
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
}`) as unknown as TypedDocumentString<LogsTransferClientMutation, LogsTransferClientMutationVariables>;
export const LogsDeliveriesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query LogsDeliveries($filter: IntegrationEventDeliveryFilter, $first: Int!, $after: String) {
  integrationEventDeliveries(filter: $filter, first: $first, after: $after) {
    edges {
      node {
        ...LoggedDelivery
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment LoggedDelivery on IntegrationEventDelivery {
  id
  webhookId
  type
  receiver
  contractCode
  operationId
  state
  attempts
  lastStatus
  lastAt
  lastMs
  lastError
  nextAt
  createdAt
}`) as unknown as TypedDocumentString<LogsDeliveriesQuery, LogsDeliveriesQueryVariables>;
export const LogsRedeliverEventDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation LogsRedeliverEvent($input: RedeliverEventInput!) {
  redeliverEvent(input: $input) {
    delivery {
      ...LoggedDelivery
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
}
fragment LoggedDelivery on IntegrationEventDelivery {
  id
  webhookId
  type
  receiver
  contractCode
  operationId
  state
  attempts
  lastStatus
  lastAt
  lastMs
  lastError
  nextAt
  createdAt
}`) as unknown as TypedDocumentString<LogsRedeliverEventMutation, LogsRedeliverEventMutationVariables>;