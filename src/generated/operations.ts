/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** The contract to activate. */
export type ActivateClientInput = {
  /** CNT's contract code. */
  contractCode: string | number;
  /** The caller's own key for this command: a repetition with the same input is answered, not carried out again. */
  idempotencyKey?: string | null | undefined;
};

/** The contract to cancel, and how. */
export type CancelClientInput = {
  /** CNT's contract code. */
  contractCode: string | number;
  /** The contract was active in CNT although OZmap holds the client as not implanted. */
  contractWasActive?: boolean | null | undefined;
  /** Whether to disconnect the drop from its port; by configuration if absent. */
  disconnectDrop?: boolean | null | undefined;
  /** The caller's own key for this command: a repetition with the same input is answered, not carried out again. */
  idempotencyKey?: string | null | undefined;
  /** Fingerprint of a plan: if it no longer holds, nothing is done. */
  planFingerprint?: string | null | undefined;
};

/** Moves a client to another box or port at the same property. */
export type ChangePortInput = {
  /** The box to move to; may be the present one. */
  boxId: string | number;
  /** CNT's contract code. */
  contractCode: string | number;
  /** From the client to the box; inner points lie on poles. A straight line if absent. */
  dropPath?: Array<MapPointInput> | null | undefined;
  /** The caller's own key for this command: a repetition with the same input is answered, not carried out again. */
  idempotencyKey?: string | null | undefined;
  /** Port of the splitter, counted from 1; needs `splitterId`. */
  port?: number | null | undefined;
  /** A splitter of the box; any free port if absent. */
  splitterId?: string | number | null | undefined;
};

/** The sale that a link opens, and what the page shows first. */
export type CreateOzlocLinkInput = {
  /** Address to search first, if there is no location. */
  address?: string | null | undefined;
  /** CNT's contract code: the only one that the link gives access to. */
  contractCode: string | number;
  /** Location of the client. */
  location?: MapPointInput | null | undefined;
  /** The client's name. */
  name?: string | null | undefined;
  /** Origin of the page that opens or embeds the map page, one of OZLOC_ORIGINS: it is told by `postMessage` what becomes of the sale. */
  openerOrigin?: string | null | undefined;
  /** The client exists and moves to another property. */
  relocate?: boolean | null | undefined;
  /** Address that the map page goes to in the end, if there is no page to tell; its origin is one of OZLOC_ORIGINS. */
  returnUrl?: string | null | undefined;
  /** The caller's own word for this sale, given back in every message and to `returnUrl`. */
  state?: string | null | undefined;
  /** Only boxes with one of these tags, as `ViabilityInput.tags` takes them. */
  tags?: Array<string> | null | undefined;
};

/** What a contract is now. */
export type DeclareContractInput = {
  /** When it was so; now if absent. An older declaration that arrives late changes nothing. */
  at?: string | null | undefined;
  /** CNT's contract code. */
  contractCode: string | number;
  /** The caller's own key for this command: a repetition with the same input is answered, not carried out again. */
  idempotencyKey?: string | null | undefined;
  /** The client's name; null clears it. */
  name?: string | null | undefined;
  /** The client's observation; null clears it. */
  observation?: string | null | undefined;
  /** `AWAITING_ACTIVATION`, `ACTIVE`, `BLOCKED`, `CANCELLED`, `WITHDRAWN`, `ENDED` (cancelled or withdrawn, whichever fits), or CNT's own number. */
  state: string | number;
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

/** State of a contract in OZmap, in the words of `declareContract`. */
export type FtthContractState =
  /** The client is implanted. */
  | 'ACTIVE'
  /** A port is reserved; the client is not implanted yet. */
  | 'AWAITING_ACTIVATION';

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

/** A rectangle on the map in WGS84 degrees. */
export type MapBoundsInput = {
  /** Eastern edge, east of `west`. */
  east: number;
  /** Northern edge, north of `south`. */
  north: number;
  /** Southern edge. */
  south: number;
  /** Western edge. */
  west: number;
};

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

/** Why a box cannot serve a location. */
export type RefusalReason =
  /** In project: never sold. */
  | 'DRAFT'
  /** The drop would be longer than the project allows. */
  | 'DROP_TOO_LONG'
  /** All ports are in use. */
  | 'NO_FREE_PORT'
  /** It holds no equipment that can serve a client. */
  | 'NO_SERVICE_EQUIPMENT'
  /** Another reason: see OZmap's message. */
  | 'OTHER'
  /** Box and location are not in the same gated community. */
  | 'OUTSIDE_CONDOMINIUM'
  /** It is outside the search radius. */
  | 'OUT_OF_RANGE'
  /** It lacks the requested tags. */
  | 'TAG_MISMATCH';

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

/** The changes: null clears a field, absence leaves it. */
export type UpdateClientInput = {
  /** CNT's contract code. */
  contractCode: string | number;
  /** The observation that the caller expects; if OZmap's differs, nothing is written. */
  expectedObservation?: string | null | undefined;
  /** The caller's own key for this command: a repetition with the same input is answered, not carried out again. */
  idempotencyKey?: string | null | undefined;
  /** The new name; null clears it. */
  name?: string | null | undefined;
  /** The new observation; null clears it. */
  observation?: string | null | undefined;
};

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

/** What an address that is being typed may become. New values may be added: take one that you do not know, too. */
export type ViabilityAddressSuggestionKind =
  /** A house number of a street: the search may begin. */
  | 'DOOR'
  /** A neighbourhood. */
  | 'NEIGHBOURHOOD'
  /** A street, as far as it lies in one neighbourhood: a house number may follow. */
  | 'STREET';

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

/** Why a verdict is not a plain yes. */
export type ViabilityReason =
  /** Several places match the address: see `candidates`. */
  | 'ADDRESS_AMBIGUOUS'
  /** The address was not found. */
  | 'ADDRESS_NOT_FOUND'
  /** There are boxes, and each was refused: see `refusedBoxes`. */
  | 'ALL_BOXES_REFUSED'
  /** OZmap's list was as long as it can be: there may be more boxes. */
  | 'LIST_TRUNCATED'
  /** The location is not exact enough for a verdict. */
  | 'LOCATION_IMPRECISE'
  /** No box within the search radius. */
  | 'NO_BOX_IN_RANGE'
  /** OZmap says no, for a reason that this service does not know. */
  | 'OTHER'
  /** The place lies outside the service area: see `candidates`. */
  | 'OUTSIDE_SERVICE_AREA';

/** The verdict. */
export type ViabilityVerdict =
  /** The verdict changes within the location's error circle: place the client on the map. */
  | 'NEEDS_PIN'
  /** Can be served from no point of the location's error circle. */
  | 'NOT_VIABLE'
  /** There is no usable location. */
  | 'UNKNOWN'
  /** Can be served from every point of the location's error circle. */
  | 'VIABLE';

/** The reservation to withdraw. */
export type WithdrawReservationInput = {
  /** CNT's contract code. */
  contractCode: string | number;
  /** The caller's own key for this command: a repetition with the same input is answered, not carried out again. */
  idempotencyKey?: string | null | undefined;
};

export type ClientQueryVariables = Exact<{
  contractCode: string | number;
}>;


export type ClientQuery = { client: { contractCode: string, ozmapId: string | null, name: string | null, observation: string | null, implanted: boolean | null, status: FtthClientStatus | null, properties: Array<{ id: string }> | null, reservation: { reservedAt: string | null } | null, property: { id: string, address: string | null, lat: number | null, lng: number | null, observation: string | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { id: string, kind: OzmapEquipmentKind | null, name: string | null }, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null } | null } | null };

export type ClientsQueryVariables = Exact<{
  contractCodes: Array<string | number> | string | number;
}>;


export type ClientsQuery = { clients: Array<{ contractCode: string, name: string | null, status: FtthClientStatus | null, property: { id: string, address: string | null, box: { id: string, name: string | null } | null } | null, connection: { port: number | null, equipment: { id: string, kind: OzmapEquipmentKind | null }, splitter: { id: string, name: string | null } | null } | null } | null> | null };

export type ClientDropsQueryVariables = Exact<{
  contractCodes: Array<string | number> | string | number;
}>;


export type ClientDropsQuery = { clients: Array<{ contractCode: string, property: { drop: { id: string, lengthM: number | null, path: Array<{ lat: number, lng: number }> | null } | null } | null } | null> | null };

export type ReservationQueryVariables = Exact<{
  contractCode: string | number;
}>;


export type ReservationQuery = { reservation: { contractCode: string, reservedAt: string | null, box: { id: string, name: string | null, lat: number | null, lng: number | null, status: ImplantationStatus | null, type: { id: string, code: string } | null } | null, drop: { id: string, lengthM: number | null, connected: boolean | null, path: Array<{ lat: number, lng: number }> | null } | null, client: { ozmapId: string | null, name: string | null, observation: string | null, status: FtthClientStatus | null } | null, property: { id: string, address: string | null, lat: number | null, lng: number | null, observation: string | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { id: string, kind: OzmapEquipmentKind | null, name: string | null }, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null } | null } | null };

export type ActivateClientMutationVariables = Exact<{
  input: ActivateClientInput;
}>;


export type ActivateClientMutation = { activateClient: { client: { contractCode: string, ozmapId: string | null, name: string | null, observation: string | null, implanted: boolean | null, status: FtthClientStatus | null, property: { id: string, address: string | null, lat: number | null, lng: number | null, observation: string | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { id: string, kind: OzmapEquipmentKind | null, name: string | null }, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null } | null } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null, warnings: Array<{ code: IntegrationWarningCode, message: string }> } | null };

export type UpdateClientMutationVariables = Exact<{
  input: UpdateClientInput;
}>;


export type UpdateClientMutation = { updateClient: { client: { contractCode: string, ozmapId: string | null, name: string | null, observation: string | null, implanted: boolean | null, status: FtthClientStatus | null, property: { id: string, address: string | null, lat: number | null, lng: number | null, observation: string | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { id: string, kind: OzmapEquipmentKind | null, name: string | null }, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null } | null } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null, warnings: Array<{ code: IntegrationWarningCode, message: string }> } | null };

export type CancelClientMutationVariables = Exact<{
  input: CancelClientInput;
}>;


export type CancelClientMutation = { cancelClient: { property: { id: string, address: string | null, lat: number | null, lng: number | null, observation: string | null, client: { contractCode: string } | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null, warnings: Array<{ code: IntegrationWarningCode, message: string }> } | null };

export type DoorViabilityQueryVariables = Exact<{
  input: ViabilityInput;
}>;


export type DoorViabilityQuery = { viability: { viable: boolean, verdict: ViabilityVerdict, reasons: Array<ViabilityReason>, mode: ViabilityMode | null, checkedAt: string, validUntil: string, location: { lat: number, lng: number, accuracyM: number, precision: GeocodePrecision, formattedAddress: string | null, neighbourhood: string | null } | null, candidates: Array<{ lat: number, lng: number, accuracyM: number, precision: GeocodePrecision, formattedAddress: string | null, neighbourhood: string | null, provider: string }>, boxes: Array<{ distanceM: number, freePorts: number, dropLengthM: number | null, certain: boolean, box: { id: string, name: string | null, lat: number | null, lng: number | null, status: ImplantationStatus | null, type: { type: string } | null } }>, refusedBoxes: Array<{ distanceM: number, box: { id: string, name: string | null, lat: number | null, lng: number | null, status: ImplantationStatus | null, type: { type: string } | null }, reasons: Array<{ code: RefusalReason, message: string | null, limitM: number | null, actualM: number | null }> }>, buildings: Array<{ distanceM: number, freePorts: number, building: { id: string, name: string | null } }>, reusableProperties: Array<{ address: string | null, lat: number | null, lng: number | null, propertyId: string, box: { boxId: string, boxName: string | null } | null }> } | null };

export type DoorContractQueryVariables = Exact<{
  contractCode: string | number;
}>;


export type DoorContractQuery = { client: { contractCode: string, ozmapId: string | null, name: string | null, observation: string | null, state: FtthContractState | null, reservation: { reservedAt: string | null, expiresAt: string | null, sketch: { png: string, pdf: string } | null } | null, property: { address: string | null, lat: number | null, lng: number | null, propertyId: string, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { kind: OzmapEquipmentKind | null }, splitter: { id: string, name: string | null } | null } | null } | null };

export type DoorSketchQueryVariables = Exact<{
  contractCode: string | number;
}>;


export type DoorSketchQuery = { client: { contractCode: string, name: string | null, observation: string | null, property: { address: string | null, lat: number | null, lng: number | null, box: { name: string | null, lat: number | null, lng: number | null } | null, building: { name: string | null, lat: number | null, lng: number | null } | null, drop: { lengthM: number | null, path: Array<{ lat: number, lng: number }> | null, poles: Array<{ name: string | null, lat: number | null, lng: number | null }> | null } | null } | null, connection: { port: number | null, splitter: { name: string | null } | null } | null } | null };

export type DoorOperationsQueryVariables = Exact<{
  contractCode: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type DoorOperationsQuery = { integrationOperations: { operations: Array<{ node: { id: string, action: string, contractCode: string | null, state: IntegrationOperationState, requestedAt: string, finishedAt: string | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type DoorOperationQueryVariables = Exact<{
  id: string | number;
}>;


export type DoorOperationQuery = { integrationOperation: { id: string, action: string, contractCode: string | null, state: IntegrationOperationState, requestedAt: string, finishedAt: string | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string } | null } | null };

export type DoorReserveMutationVariables = Exact<{
  input: ReservePortInput;
}>;


export type DoorReserveMutation = { reservePort: { reservation: { contractCode: string, reservedAt: string | null, expiresAt: string | null, client: { ozmapId: string | null, name: string | null, observation: string | null, state: FtthContractState | null } | null, property: { address: string | null, lat: number | null, lng: number | null, propertyId: string, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { kind: OzmapEquipmentKind | null }, splitter: { id: string, name: string | null } | null } | null, sketch: { png: string, pdf: string } | null } | null, warnings: Array<{ code: IntegrationWarningCode, message: string }>, operation: { id: string, state: IntegrationOperationState } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type DoorActivateMutationVariables = Exact<{
  input: ActivateClientInput;
}>;


export type DoorActivateMutation = { activateClient: { client: { contractCode: string, ozmapId: string | null, name: string | null, observation: string | null, state: FtthContractState | null, property: { address: string | null, lat: number | null, lng: number | null, propertyId: string, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { kind: OzmapEquipmentKind | null }, splitter: { id: string, name: string | null } | null } | null } | null, warnings: Array<{ code: IntegrationWarningCode, message: string }>, operation: { id: string, state: IntegrationOperationState } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type DoorUpdateMutationVariables = Exact<{
  input: UpdateClientInput;
}>;


export type DoorUpdateMutation = { updateClient: { client: { contractCode: string, ozmapId: string | null, name: string | null, observation: string | null, state: FtthContractState | null, property: { address: string | null, lat: number | null, lng: number | null, propertyId: string, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { kind: OzmapEquipmentKind | null }, splitter: { id: string, name: string | null } | null } | null } | null, warnings: Array<{ code: IntegrationWarningCode, message: string }>, operation: { id: string, state: IntegrationOperationState } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type DoorDeclareMutationVariables = Exact<{
  input: DeclareContractInput;
}>;


export type DoorDeclareMutation = { declareContract: { carriedOut: Array<string> | null, client: { contractCode: string, ozmapId: string | null, name: string | null, observation: string | null, state: FtthContractState | null, property: { address: string | null, lat: number | null, lng: number | null, propertyId: string, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { kind: OzmapEquipmentKind | null }, splitter: { id: string, name: string | null } | null } | null } | null, warnings: Array<{ code: IntegrationWarningCode, message: string }>, operation: { id: string, state: IntegrationOperationState } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type DoorCancelMutationVariables = Exact<{
  input: CancelClientInput;
}>;


export type DoorCancelMutation = { cancelClient: { property: { observation: string | null, address: string | null, lat: number | null, lng: number | null, propertyId: string, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, warnings: Array<{ code: IntegrationWarningCode, message: string }>, operation: { id: string, state: IntegrationOperationState } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type DoorWithdrawMutationVariables = Exact<{
  input: WithdrawReservationInput;
}>;


export type DoorWithdrawMutation = { withdrawReservation: { contractCode: string | null, warnings: Array<{ code: IntegrationWarningCode, message: string }>, operation: { id: string, state: IntegrationOperationState } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type DoorChangePortMutationVariables = Exact<{
  input: ChangePortInput;
}>;


export type DoorChangePortMutation = { changePort: { client: { contractCode: string, ozmapId: string | null, name: string | null, observation: string | null, state: FtthContractState | null, property: { address: string | null, lat: number | null, lng: number | null, propertyId: string, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { kind: OzmapEquipmentKind | null }, splitter: { id: string, name: string | null } | null } | null } | null, warnings: Array<{ code: IntegrationWarningCode, message: string }>, operation: { id: string, state: IntegrationOperationState } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type DoorRelocateMutationVariables = Exact<{
  input: RelocateClientInput;
}>;


export type DoorRelocateMutation = { relocateClient: { client: { contractCode: string, ozmapId: string | null, name: string | null, observation: string | null, state: FtthContractState | null, property: { address: string | null, lat: number | null, lng: number | null, propertyId: string, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { kind: OzmapEquipmentKind | null }, splitter: { id: string, name: string | null } | null } | null } | null, oldProperty: { id: string, address: string | null } | null, warnings: Array<{ code: IntegrationWarningCode, message: string }>, operation: { id: string, state: IntegrationOperationState } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type DoorTransferMutationVariables = Exact<{
  input: TransferClientInput;
}>;


export type DoorTransferMutation = { transferClient: { client: { contractCode: string, ozmapId: string | null, name: string | null, observation: string | null, state: FtthContractState | null, property: { address: string | null, lat: number | null, lng: number | null, propertyId: string, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { kind: OzmapEquipmentKind | null }, splitter: { id: string, name: string | null } | null } | null } | null, warnings: Array<{ code: IntegrationWarningCode, message: string }>, operation: { id: string, state: IntegrationOperationState } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type DoorExtendReservationMutationVariables = Exact<{
  input: ExtendReservationInput;
}>;


export type DoorExtendReservationMutation = { extendReservation: { reservation: { contractCode: string, reservedAt: string | null, expiresAt: string | null, client: { ozmapId: string | null, name: string | null, observation: string | null, state: FtthContractState | null } | null, property: { address: string | null, lat: number | null, lng: number | null, propertyId: string, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { kind: OzmapEquipmentKind | null }, splitter: { id: string, name: string | null } | null } | null, sketch: { png: string, pdf: string } | null } | null, warnings: Array<{ code: IntegrationWarningCode, message: string }>, operation: { id: string, state: IntegrationOperationState } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type DoorOzlocLinkMutationVariables = Exact<{
  input: CreateOzlocLinkInput;
}>;


export type DoorOzlocLinkMutation = { createOzlocLink: { url: string | null, expiresAt: string | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null } | null };

export type DoorBoxFragment = { id: string, name: string | null, lat: number | null, lng: number | null, status: ImplantationStatus | null, type: { type: string } | null };

export type DoorOfferFragment = { distanceM: number, freePorts: number, dropLengthM: number | null, certain: boolean, box: { id: string, name: string | null, lat: number | null, lng: number | null, status: ImplantationStatus | null, type: { type: string } | null } };

export type DoorClientFragment = { contractCode: string, ozmapId: string | null, name: string | null, observation: string | null, state: FtthContractState | null, property: { address: string | null, lat: number | null, lng: number | null, propertyId: string, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { kind: OzmapEquipmentKind | null }, splitter: { id: string, name: string | null } | null } | null };

export type DoorPropertyFragment = { address: string | null, lat: number | null, lng: number | null, propertyId: string, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null };

export type DoorConnectionFragment = { port: number | null, equipment: { kind: OzmapEquipmentKind | null }, splitter: { id: string, name: string | null } | null };

export type DoorOperationFragment = { id: string, action: string, contractCode: string | null, state: IntegrationOperationState, requestedAt: string, finishedAt: string | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string } | null };

export type DoorReservationFragment = { contractCode: string, reservedAt: string | null, expiresAt: string | null, client: { ozmapId: string | null, name: string | null, observation: string | null, state: FtthContractState | null } | null, property: { address: string | null, lat: number | null, lng: number | null, propertyId: string, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { kind: OzmapEquipmentKind | null }, splitter: { id: string, name: string | null } | null } | null, sketch: { png: string, pdf: string } | null };

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

export type BoxQueryVariables = Exact<{
  id: string | number;
}>;


export type BoxQuery = { box: { freePorts: number | null, totalPorts: number | null, id: string, name: string | null, lat: number | null, lng: number | null, status: ImplantationStatus | null, project: { id: string, name: string, dropMaxLengthM: number | null } | null, type: { id: string, code: string } | null } | null };

export type BoxesQueryVariables = Exact<{
  near: MapPointInput;
  radiusM: number;
  limit?: number | null | undefined;
}>;


export type BoxesQuery = { boxes: Array<{ distanceM: number, box: { id: string, name: string | null, lat: number | null, lng: number | null, status: ImplantationStatus | null, type: { id: string, code: string } | null } }> | null };

export type BoxPortsQueryVariables = Exact<{
  near: MapPointInput;
  radiusM: number;
  limit?: number | null | undefined;
}>;


export type BoxPortsQuery = { boxes: Array<{ distanceM: number, box: { id: string, name: string | null, freePorts: number | null, totalPorts: number | null, splitters: Array<{ id: string, name: string | null, ratio: string | null, ports: Array<{ number: number, state: SplitterPortState, client: { contractCode: string, name: string | null } | null, property: { id: string, address: string | null } | null }> | null }> | null } }> | null };

export type PolesQueryVariables = Exact<{
  within: MapBoundsInput;
  limit?: number | null | undefined;
}>;


export type PolesQuery = { poles: Array<{ id: string, lat: number | null, lng: number | null }> | null };

export type OzlocViabilityQueryVariables = Exact<{
  input: ViabilityInput;
}>;


export type OzlocViabilityQuery = { viability: { verdict: ViabilityVerdict, reasons: Array<ViabilityReason>, searchRadiusM: number | null, location: { lat: number, lng: number, accuracyM: number, precision: GeocodePrecision, formattedAddress: string | null, neighbourhood: string | null, provider: string } | null, candidates: Array<{ crossStreet: string | null, lat: number, lng: number, accuracyM: number, precision: GeocodePrecision, formattedAddress: string | null, neighbourhood: string | null, provider: string }>, boxes: Array<{ distanceM: number, freePorts: number, dropLengthM: number | null, certain: boolean, dropPath: Array<{ lat: number, lng: number }> | null, box: { id: string, name: string | null, lat: number | null, lng: number | null, status: ImplantationStatus | null, project: { dropMaxLengthM: number | null } | null, type: { id: string, code: string } | null } }>, refusedBoxes: Array<{ distanceM: number, reasons: Array<{ code: RefusalReason, message: string | null, limitM: number | null, actualM: number | null }>, box: { id: string, name: string | null, lat: number | null, lng: number | null, status: ImplantationStatus | null, type: { id: string, code: string } | null } }>, buildings: Array<{ distanceM: number, freePorts: number, soldApartments: Array<string> | null, building: { id: string, name: string | null }, vacantFlats: Array<{ id: string, address: string | null }> | null }>, condominiums: Array<{ name: string, observation: string | null, distanceM: number }> | null, reusableProperties: Array<{ id: string, address: string | null, lat: number | null, lng: number | null, box: { id: string, name: string | null, lat: number | null, lng: number | null } | null, drop: { lengthM: number | null } | null }> } | null };

export type OzlocSuggestionsQueryVariables = Exact<{
  text: string;
  near?: MapPointInput | null | undefined;
}>;


export type OzlocSuggestionsQuery = { addressSuggestions: Array<{ kind: ViabilityAddressSuggestionKind, text: string, location: { crossStreet: string | null, lat: number, lng: number, accuracyM: number, precision: GeocodePrecision, formattedAddress: string | null, neighbourhood: string | null, provider: string } }> | null };

export type OzlocBoxesQueryVariables = Exact<{
  near: MapPointInput;
  radiusM: number;
  limit: number;
}>;


export type OzlocBoxesQuery = { boxes: Array<{ box: { status: ImplantationStatus | null, id: string, name: string | null, lat: number | null, lng: number | null } }> | null };

export type OzlocClientQueryVariables = Exact<{
  contractCode: string | number;
}>;


export type OzlocClientQuery = { client: { contractCode: string, name: string | null, observation: string | null, status: FtthClientStatus | null, reservation: { expiresAt: string | null } | null, property: { id: string, address: string | null, lat: number | null, lng: number | null, drop: { lengthM: number | null, path: Array<{ lat: number, lng: number }> | null, poles: Array<{ name: string | null, lat: number | null, lng: number | null }> | null } | null, box: { id: string, name: string | null, lat: number | null, lng: number | null } | null, building: { name: string | null, lat: number | null, lng: number | null } | null } | null, connection: { port: number | null, splitter: { name: string | null } | null } | null } | null };

export type ReservePortMutationVariables = Exact<{
  input: ReservePortInput;
}>;


export type ReservePortMutation = { reservePort: { reservation: { contractCode: string, reservedAt: string | null, client: { ozmapId: string | null, name: string | null, observation: string | null, status: FtthClientStatus | null } | null, property: { id: string, address: string | null, lat: number | null, lng: number | null, observation: string | null, drop: { id: string, lengthM: number | null, connected: boolean | null } | null } | null, connection: { port: number | null, equipment: { id: string, kind: OzmapEquipmentKind | null, name: string | null }, box: { id: string, name: string | null } | null, building: { id: string, name: string | null } | null } | null } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null, warnings: Array<{ code: IntegrationWarningCode, message: string }> } | null };

export type WithdrawReservationMutationVariables = Exact<{
  input: WithdrawReservationInput;
}>;


export type WithdrawReservationMutation = { withdrawReservation: { contractCode: string | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null, warnings: Array<{ code: IntegrationWarningCode, message: string }> } | null };

export type ViabilityQueryVariables = Exact<{
  input: ViabilityInput;
}>;


export type ViabilityQuery = { viability: { viable: boolean, verdict: ViabilityVerdict, reasons: Array<ViabilityReason>, mode: ViabilityMode | null, checkedAt: string, validUntil: string, location: { lat: number, lng: number, accuracyM: number, precision: GeocodePrecision, formattedAddress: string | null, neighbourhood: string | null, provider: string } | null, candidates: Array<{ lat: number, lng: number, accuracyM: number, precision: GeocodePrecision, formattedAddress: string | null, neighbourhood: string | null, provider: string }>, boxes: Array<{ distanceM: number, freePorts: number, dropLengthM: number | null, certain: boolean, box: { id: string, name: string | null, lat: number | null, lng: number | null, status: ImplantationStatus | null, type: { id: string, code: string } | null } }>, refusedBoxes: Array<{ distanceM: number, box: { id: string, name: string | null, lat: number | null, lng: number | null, status: ImplantationStatus | null, type: { id: string, code: string } | null }, reasons: Array<{ code: RefusalReason, message: string | null, limitM: number | null, actualM: number | null }> }>, reusableProperties: Array<{ id: string, address: string | null, box: { id: string, name: string | null } | null }> } | null };

export type ViabilityListQueryVariables = Exact<{
  input: ViabilityInput;
}>;


export type ViabilityListQuery = { viability: { verdict: ViabilityVerdict, boxes: Array<{ distanceM: number, freePorts: number, box: { name: string | null, status: ImplantationStatus | null, type: { code: string } | null } }> } | null };

export type ViabilitiesQueryVariables = Exact<{
  inputs: Array<ViabilityInput> | ViabilityInput;
}>;


export type ViabilitiesQuery = { viabilities: Array<{ viability: { viable: boolean, verdict: ViabilityVerdict, reasons: Array<ViabilityReason> } | null, problem: { code: IntegrationProblemCode, reason: IntegrationProblemReason | null, message: string, operationId: string | null, details: Array<{ field: string | null, value: string | null, limit: number | null, actual: number | null }> } | null }> | null };

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
export const DoorBoxFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment DoorBox on Box {
  id
  name
  lat
  lng
  status
  type {
    type: code
  }
}
    `, {"fragmentName":"DoorBox"}) as unknown as TypedDocumentString<DoorBoxFragment, unknown>;
export const DoorOfferFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment DoorOffer on BoxOffer {
  distanceM
  freePorts
  dropLengthM
  certain
  box {
    ...DoorBox
  }
}
    fragment DoorBox on Box {
  id
  name
  lat
  lng
  status
  type {
    type: code
  }
}`, {"fragmentName":"DoorOffer"}) as unknown as TypedDocumentString<DoorOfferFragment, unknown>;
export const DoorPropertyFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment DoorProperty on OzmapProperty {
  propertyId: id
  address
  lat
  lng
  box {
    id
    name
  }
  building {
    id
    name
  }
  drop {
    id
    lengthM
    connected
  }
}
    `, {"fragmentName":"DoorProperty"}) as unknown as TypedDocumentString<DoorPropertyFragment, unknown>;
export const DoorConnectionFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment DoorConnection on NetworkAttachment {
  port
  equipment {
    kind
  }
  splitter {
    id
    name
  }
}
    `, {"fragmentName":"DoorConnection"}) as unknown as TypedDocumentString<DoorConnectionFragment, unknown>;
export const DoorClientFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment DoorClient on Client {
  contractCode
  ozmapId
  state: contractState
  name
  observation
  property {
    ...DoorProperty
  }
  connection {
    ...DoorConnection
  }
}
    fragment DoorProperty on OzmapProperty {
  propertyId: id
  address
  lat
  lng
  box {
    id
    name
  }
  building {
    id
    name
  }
  drop {
    id
    lengthM
    connected
  }
}
fragment DoorConnection on NetworkAttachment {
  port
  equipment {
    kind
  }
  splitter {
    id
    name
  }
}`, {"fragmentName":"DoorClient"}) as unknown as TypedDocumentString<DoorClientFragment, unknown>;
export const DoorOperationFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment DoorOperation on IntegrationOperation {
  id
  action
  contractCode
  state
  requestedAt
  finishedAt
  problem {
    code
    reason
    message
  }
}
    `, {"fragmentName":"DoorOperation"}) as unknown as TypedDocumentString<DoorOperationFragment, unknown>;
export const DoorReservationFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment DoorReservation on Reservation {
  contractCode
  client {
    ozmapId
    state: contractState
    name
    observation
  }
  property {
    ...DoorProperty
  }
  connection {
    ...DoorConnection
  }
  reservedAt
  expiresAt
  sketch {
    png
    pdf
  }
}
    fragment DoorProperty on OzmapProperty {
  propertyId: id
  address
  lat
  lng
  box {
    id
    name
  }
  building {
    id
    name
  }
  drop {
    id
    lengthM
    connected
  }
}
fragment DoorConnection on NetworkAttachment {
  port
  equipment {
    kind
  }
  splitter {
    id
    name
  }
}`, {"fragmentName":"DoorReservation"}) as unknown as TypedDocumentString<DoorReservationFragment, unknown>;
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
export const ClientDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Client($contractCode: ID!) {
  client(contractCode: $contractCode) {
    ...ClientParts
    properties {
      id
    }
    reservation {
      reservedAt
    }
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
}
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
}`) as unknown as TypedDocumentString<ClientQuery, ClientQueryVariables>;
export const ClientsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Clients($contractCodes: [ID!]!) {
  clients(contractCodes: $contractCodes) {
    contractCode
    name
    status
    property {
      id
      address
      box {
        id
        name
      }
    }
    connection {
      port
      equipment {
        id
        kind
      }
      splitter {
        id
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ClientsQuery, ClientsQueryVariables>;
export const ClientDropsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ClientDrops($contractCodes: [ID!]!) {
  clients(contractCodes: $contractCodes) {
    contractCode
    property {
      drop {
        id
        lengthM
        path {
          lat
          lng
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ClientDropsQuery, ClientDropsQueryVariables>;
export const ReservationDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Reservation($contractCode: ID!) {
  reservation(contractCode: $contractCode) {
    ...ReservationParts
    box {
      ...BoxRow
    }
    drop {
      id
      lengthM
      connected
      path {
        lat
        lng
      }
    }
  }
}
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
}
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
}`) as unknown as TypedDocumentString<ReservationQuery, ReservationQueryVariables>;
export const ActivateClientDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation ActivateClient($input: ActivateClientInput!) {
  activateClient(input: $input) {
    client {
      ...ClientParts
    }
    problem {
      ...ProblemParts
    }
    warnings {
      code
      message
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
}
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
}`) as unknown as TypedDocumentString<ActivateClientMutation, ActivateClientMutationVariables>;
export const UpdateClientDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation UpdateClient($input: UpdateClientInput!) {
  updateClient(input: $input) {
    client {
      ...ClientParts
    }
    problem {
      ...ProblemParts
    }
    warnings {
      code
      message
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
}
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
}`) as unknown as TypedDocumentString<UpdateClientMutation, UpdateClientMutationVariables>;
export const CancelClientDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation CancelClient($input: CancelClientInput!) {
  cancelClient(input: $input) {
    property {
      ...PropertyParts
      client {
        contractCode
      }
    }
    problem {
      ...ProblemParts
    }
    warnings {
      code
      message
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
}`) as unknown as TypedDocumentString<CancelClientMutation, CancelClientMutationVariables>;
export const DoorViabilityDocument = /*#__PURE__*/ new TypedDocumentString(`
    query DoorViability($input: ViabilityInput!) {
  viability(input: $input) {
    viable
    verdict
    reasons
    mode
    location {
      lat
      lng
      accuracyM
      precision
      formattedAddress
      neighbourhood
    }
    candidates {
      ...LocationParts
    }
    boxes {
      ...DoorOffer
    }
    refusedBoxes {
      distanceM
      box {
        ...DoorBox
      }
      reasons {
        code
        message
        limitM
        actualM
      }
    }
    buildings {
      distanceM
      freePorts
      building {
        id
        name
      }
    }
    reusableProperties {
      propertyId: id
      address
      lat
      lng
      box {
        boxId: id
        boxName: name
      }
    }
    checkedAt
    validUntil
  }
}
    fragment DoorBox on Box {
  id
  name
  lat
  lng
  status
  type {
    type: code
  }
}
fragment DoorOffer on BoxOffer {
  distanceM
  freePorts
  dropLengthM
  certain
  box {
    ...DoorBox
  }
}
fragment LocationParts on GeocodedLocation {
  lat
  lng
  accuracyM
  precision
  formattedAddress
  neighbourhood
  provider
}`) as unknown as TypedDocumentString<DoorViabilityQuery, DoorViabilityQueryVariables>;
export const DoorContractDocument = /*#__PURE__*/ new TypedDocumentString(`
    query DoorContract($contractCode: ID!) {
  client(contractCode: $contractCode) {
    ...DoorClient
    reservation {
      reservedAt
      expiresAt
      sketch {
        png
        pdf
      }
    }
  }
}
    fragment DoorClient on Client {
  contractCode
  ozmapId
  state: contractState
  name
  observation
  property {
    ...DoorProperty
  }
  connection {
    ...DoorConnection
  }
}
fragment DoorProperty on OzmapProperty {
  propertyId: id
  address
  lat
  lng
  box {
    id
    name
  }
  building {
    id
    name
  }
  drop {
    id
    lengthM
    connected
  }
}
fragment DoorConnection on NetworkAttachment {
  port
  equipment {
    kind
  }
  splitter {
    id
    name
  }
}`) as unknown as TypedDocumentString<DoorContractQuery, DoorContractQueryVariables>;
export const DoorSketchDocument = /*#__PURE__*/ new TypedDocumentString(`
    query DoorSketch($contractCode: ID!) {
  client(contractCode: $contractCode) {
    contractCode
    name
    observation
    property {
      address
      lat
      lng
      box {
        name
        lat
        lng
      }
      building {
        name
        lat
        lng
      }
      drop {
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
    }
    connection {
      port
      splitter {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DoorSketchQuery, DoorSketchQueryVariables>;
export const DoorOperationsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query DoorOperations($contractCode: ID!, $first: Int = 20, $after: String) {
  integrationOperations(
    filter: {contractCode: $contractCode}
    first: $first
    after: $after
  ) {
    operations: edges {
      node {
        ...DoorOperation
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment DoorOperation on IntegrationOperation {
  id
  action
  contractCode
  state
  requestedAt
  finishedAt
  problem {
    code
    reason
    message
  }
}`) as unknown as TypedDocumentString<DoorOperationsQuery, DoorOperationsQueryVariables>;
export const DoorOperationDocument = /*#__PURE__*/ new TypedDocumentString(`
    query DoorOperation($id: ID!) {
  integrationOperation(id: $id) {
    ...DoorOperation
  }
}
    fragment DoorOperation on IntegrationOperation {
  id
  action
  contractCode
  state
  requestedAt
  finishedAt
  problem {
    code
    reason
    message
  }
}`) as unknown as TypedDocumentString<DoorOperationQuery, DoorOperationQueryVariables>;
export const DoorReserveDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DoorReserve($input: ReservePortInput!) {
  reservePort(input: $input) {
    reservation {
      ...DoorReservation
    }
    warnings {
      code
      message
    }
    operation {
      id
      state
    }
    problem {
      ...ProblemParts
    }
  }
}
    fragment DoorProperty on OzmapProperty {
  propertyId: id
  address
  lat
  lng
  box {
    id
    name
  }
  building {
    id
    name
  }
  drop {
    id
    lengthM
    connected
  }
}
fragment DoorConnection on NetworkAttachment {
  port
  equipment {
    kind
  }
  splitter {
    id
    name
  }
}
fragment DoorReservation on Reservation {
  contractCode
  client {
    ozmapId
    state: contractState
    name
    observation
  }
  property {
    ...DoorProperty
  }
  connection {
    ...DoorConnection
  }
  reservedAt
  expiresAt
  sketch {
    png
    pdf
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
}`) as unknown as TypedDocumentString<DoorReserveMutation, DoorReserveMutationVariables>;
export const DoorActivateDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DoorActivate($input: ActivateClientInput!) {
  activateClient(input: $input) {
    client {
      ...DoorClient
    }
    warnings {
      code
      message
    }
    operation {
      id
      state
    }
    problem {
      ...ProblemParts
    }
  }
}
    fragment DoorClient on Client {
  contractCode
  ozmapId
  state: contractState
  name
  observation
  property {
    ...DoorProperty
  }
  connection {
    ...DoorConnection
  }
}
fragment DoorProperty on OzmapProperty {
  propertyId: id
  address
  lat
  lng
  box {
    id
    name
  }
  building {
    id
    name
  }
  drop {
    id
    lengthM
    connected
  }
}
fragment DoorConnection on NetworkAttachment {
  port
  equipment {
    kind
  }
  splitter {
    id
    name
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
}`) as unknown as TypedDocumentString<DoorActivateMutation, DoorActivateMutationVariables>;
export const DoorUpdateDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DoorUpdate($input: UpdateClientInput!) {
  updateClient(input: $input) {
    client {
      ...DoorClient
    }
    warnings {
      code
      message
    }
    operation {
      id
      state
    }
    problem {
      ...ProblemParts
    }
  }
}
    fragment DoorClient on Client {
  contractCode
  ozmapId
  state: contractState
  name
  observation
  property {
    ...DoorProperty
  }
  connection {
    ...DoorConnection
  }
}
fragment DoorProperty on OzmapProperty {
  propertyId: id
  address
  lat
  lng
  box {
    id
    name
  }
  building {
    id
    name
  }
  drop {
    id
    lengthM
    connected
  }
}
fragment DoorConnection on NetworkAttachment {
  port
  equipment {
    kind
  }
  splitter {
    id
    name
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
}`) as unknown as TypedDocumentString<DoorUpdateMutation, DoorUpdateMutationVariables>;
export const DoorDeclareDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DoorDeclare($input: DeclareContractInput!) {
  declareContract(input: $input) {
    client {
      ...DoorClient
    }
    carriedOut
    warnings {
      code
      message
    }
    operation {
      id
      state
    }
    problem {
      ...ProblemParts
    }
  }
}
    fragment DoorClient on Client {
  contractCode
  ozmapId
  state: contractState
  name
  observation
  property {
    ...DoorProperty
  }
  connection {
    ...DoorConnection
  }
}
fragment DoorProperty on OzmapProperty {
  propertyId: id
  address
  lat
  lng
  box {
    id
    name
  }
  building {
    id
    name
  }
  drop {
    id
    lengthM
    connected
  }
}
fragment DoorConnection on NetworkAttachment {
  port
  equipment {
    kind
  }
  splitter {
    id
    name
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
}`) as unknown as TypedDocumentString<DoorDeclareMutation, DoorDeclareMutationVariables>;
export const DoorCancelDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DoorCancel($input: CancelClientInput!) {
  cancelClient(input: $input) {
    property {
      ...DoorProperty
      observation
    }
    warnings {
      code
      message
    }
    operation {
      id
      state
    }
    problem {
      ...ProblemParts
    }
  }
}
    fragment DoorProperty on OzmapProperty {
  propertyId: id
  address
  lat
  lng
  box {
    id
    name
  }
  building {
    id
    name
  }
  drop {
    id
    lengthM
    connected
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
}`) as unknown as TypedDocumentString<DoorCancelMutation, DoorCancelMutationVariables>;
export const DoorWithdrawDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DoorWithdraw($input: WithdrawReservationInput!) {
  withdrawReservation(input: $input) {
    contractCode
    warnings {
      code
      message
    }
    operation {
      id
      state
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
}`) as unknown as TypedDocumentString<DoorWithdrawMutation, DoorWithdrawMutationVariables>;
export const DoorChangePortDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DoorChangePort($input: ChangePortInput!) {
  changePort(input: $input) {
    client {
      ...DoorClient
    }
    warnings {
      code
      message
    }
    operation {
      id
      state
    }
    problem {
      ...ProblemParts
    }
  }
}
    fragment DoorClient on Client {
  contractCode
  ozmapId
  state: contractState
  name
  observation
  property {
    ...DoorProperty
  }
  connection {
    ...DoorConnection
  }
}
fragment DoorProperty on OzmapProperty {
  propertyId: id
  address
  lat
  lng
  box {
    id
    name
  }
  building {
    id
    name
  }
  drop {
    id
    lengthM
    connected
  }
}
fragment DoorConnection on NetworkAttachment {
  port
  equipment {
    kind
  }
  splitter {
    id
    name
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
}`) as unknown as TypedDocumentString<DoorChangePortMutation, DoorChangePortMutationVariables>;
export const DoorRelocateDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DoorRelocate($input: RelocateClientInput!) {
  relocateClient(input: $input) {
    client {
      ...DoorClient
    }
    oldProperty {
      id
      address
    }
    warnings {
      code
      message
    }
    operation {
      id
      state
    }
    problem {
      ...ProblemParts
    }
  }
}
    fragment DoorClient on Client {
  contractCode
  ozmapId
  state: contractState
  name
  observation
  property {
    ...DoorProperty
  }
  connection {
    ...DoorConnection
  }
}
fragment DoorProperty on OzmapProperty {
  propertyId: id
  address
  lat
  lng
  box {
    id
    name
  }
  building {
    id
    name
  }
  drop {
    id
    lengthM
    connected
  }
}
fragment DoorConnection on NetworkAttachment {
  port
  equipment {
    kind
  }
  splitter {
    id
    name
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
}`) as unknown as TypedDocumentString<DoorRelocateMutation, DoorRelocateMutationVariables>;
export const DoorTransferDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DoorTransfer($input: TransferClientInput!) {
  transferClient(input: $input) {
    client {
      ...DoorClient
    }
    warnings {
      code
      message
    }
    operation {
      id
      state
    }
    problem {
      ...ProblemParts
    }
  }
}
    fragment DoorClient on Client {
  contractCode
  ozmapId
  state: contractState
  name
  observation
  property {
    ...DoorProperty
  }
  connection {
    ...DoorConnection
  }
}
fragment DoorProperty on OzmapProperty {
  propertyId: id
  address
  lat
  lng
  box {
    id
    name
  }
  building {
    id
    name
  }
  drop {
    id
    lengthM
    connected
  }
}
fragment DoorConnection on NetworkAttachment {
  port
  equipment {
    kind
  }
  splitter {
    id
    name
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
}`) as unknown as TypedDocumentString<DoorTransferMutation, DoorTransferMutationVariables>;
export const DoorExtendReservationDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DoorExtendReservation($input: ExtendReservationInput!) {
  extendReservation(input: $input) {
    reservation {
      ...DoorReservation
    }
    warnings {
      code
      message
    }
    operation {
      id
      state
    }
    problem {
      ...ProblemParts
    }
  }
}
    fragment DoorProperty on OzmapProperty {
  propertyId: id
  address
  lat
  lng
  box {
    id
    name
  }
  building {
    id
    name
  }
  drop {
    id
    lengthM
    connected
  }
}
fragment DoorConnection on NetworkAttachment {
  port
  equipment {
    kind
  }
  splitter {
    id
    name
  }
}
fragment DoorReservation on Reservation {
  contractCode
  client {
    ozmapId
    state: contractState
    name
    observation
  }
  property {
    ...DoorProperty
  }
  connection {
    ...DoorConnection
  }
  reservedAt
  expiresAt
  sketch {
    png
    pdf
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
}`) as unknown as TypedDocumentString<DoorExtendReservationMutation, DoorExtendReservationMutationVariables>;
export const DoorOzlocLinkDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation DoorOzlocLink($input: CreateOzlocLinkInput!) {
  createOzlocLink(input: $input) {
    url
    expiresAt
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
}`) as unknown as TypedDocumentString<DoorOzlocLinkMutation, DoorOzlocLinkMutationVariables>;
export const BoxDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Box($id: ID!) {
  box(id: $id) {
    ...BoxRow
    freePorts
    totalPorts
    project {
      id
      name
      dropMaxLengthM
    }
  }
}
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
}`) as unknown as TypedDocumentString<BoxQuery, BoxQueryVariables>;
export const BoxesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Boxes($near: MapPointInput!, $radiusM: Float!, $limit: Int) {
  boxes(near: $near, radiusM: $radiusM, limit: $limit) {
    distanceM
    box {
      ...BoxRow
    }
  }
}
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
}`) as unknown as TypedDocumentString<BoxesQuery, BoxesQueryVariables>;
export const BoxPortsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query BoxPorts($near: MapPointInput!, $radiusM: Float!, $limit: Int) {
  boxes(near: $near, radiusM: $radiusM, limit: $limit) {
    distanceM
    box {
      id
      name
      freePorts
      totalPorts
      splitters {
        id
        name
        ratio
        ports {
          number
          state
          client {
            contractCode
            name
          }
          property {
            id
            address
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BoxPortsQuery, BoxPortsQueryVariables>;
export const PolesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Poles($within: MapBoundsInput!, $limit: Int) {
  poles(within: $within, limit: $limit) {
    id
    lat
    lng
  }
}
    `) as unknown as TypedDocumentString<PolesQuery, PolesQueryVariables>;
export const OzlocViabilityDocument = /*#__PURE__*/ new TypedDocumentString(`
    query OzlocViability($input: ViabilityInput!) {
  viability(input: $input) {
    verdict
    reasons
    searchRadiusM
    location {
      ...LocationParts
    }
    candidates {
      ...LocationParts
      crossStreet
    }
    boxes {
      distanceM
      freePorts
      dropLengthM
      dropPath {
        lat
        lng
      }
      certain
      box {
        ...BoxRow
        project {
          dropMaxLengthM
        }
      }
    }
    refusedBoxes {
      distanceM
      reasons {
        code
        message
        limitM
        actualM
      }
      box {
        ...BoxRow
      }
    }
    buildings {
      distanceM
      freePorts
      building {
        id
        name
      }
      soldApartments
      vacantFlats {
        id
        address
      }
    }
    condominiums {
      name
      observation
      distanceM
    }
    reusableProperties {
      ...OzlocHome
      box {
        ...OzlocBox
      }
      drop {
        lengthM
      }
    }
  }
}
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
fragment LocationParts on GeocodedLocation {
  lat
  lng
  accuracyM
  precision
  formattedAddress
  neighbourhood
  provider
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
}`) as unknown as TypedDocumentString<OzlocViabilityQuery, OzlocViabilityQueryVariables>;
export const OzlocSuggestionsDocument = /*#__PURE__*/ new TypedDocumentString(`
    query OzlocSuggestions($text: String!, $near: MapPointInput) {
  addressSuggestions(text: $text, near: $near, first: 6) {
    kind
    text
    location {
      ...LocationParts
      crossStreet
    }
  }
}
    fragment LocationParts on GeocodedLocation {
  lat
  lng
  accuracyM
  precision
  formattedAddress
  neighbourhood
  provider
}`) as unknown as TypedDocumentString<OzlocSuggestionsQuery, OzlocSuggestionsQueryVariables>;
export const OzlocBoxesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query OzlocBoxes($near: MapPointInput!, $radiusM: Float!, $limit: Int!) {
  boxes(near: $near, radiusM: $radiusM, limit: $limit) {
    box {
      ...OzlocBox
      status
    }
  }
}
    fragment OzlocBox on Box {
  id
  name
  lat
  lng
}`) as unknown as TypedDocumentString<OzlocBoxesQuery, OzlocBoxesQueryVariables>;
export const OzlocClientDocument = /*#__PURE__*/ new TypedDocumentString(`
    query OzlocClient($contractCode: ID!) {
  client(contractCode: $contractCode) {
    ...OzlocClientParts
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
}`) as unknown as TypedDocumentString<OzlocClientQuery, OzlocClientQueryVariables>;
export const ReservePortDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation ReservePort($input: ReservePortInput!) {
  reservePort(input: $input) {
    reservation {
      ...ReservationParts
    }
    problem {
      ...ProblemParts
    }
    warnings {
      code
      message
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
}
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
}`) as unknown as TypedDocumentString<ReservePortMutation, ReservePortMutationVariables>;
export const WithdrawReservationDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation WithdrawReservation($input: WithdrawReservationInput!) {
  withdrawReservation(input: $input) {
    contractCode
    problem {
      ...ProblemParts
    }
    warnings {
      code
      message
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
}`) as unknown as TypedDocumentString<WithdrawReservationMutation, WithdrawReservationMutationVariables>;
export const ViabilityDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Viability($input: ViabilityInput!) {
  viability(input: $input) {
    viable
    verdict
    reasons
    mode
    location {
      ...LocationParts
    }
    candidates {
      ...LocationParts
    }
    boxes {
      distanceM
      freePorts
      dropLengthM
      certain
      box {
        ...BoxRow
      }
    }
    refusedBoxes {
      distanceM
      box {
        ...BoxRow
      }
      reasons {
        code
        message
        limitM
        actualM
      }
    }
    reusableProperties {
      id
      address
      box {
        id
        name
      }
    }
    checkedAt
    validUntil
  }
}
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
fragment LocationParts on GeocodedLocation {
  lat
  lng
  accuracyM
  precision
  formattedAddress
  neighbourhood
  provider
}`) as unknown as TypedDocumentString<ViabilityQuery, ViabilityQueryVariables>;
export const ViabilityListDocument = /*#__PURE__*/ new TypedDocumentString(`
    query ViabilityList($input: ViabilityInput!) {
  viability(input: $input) {
    verdict
    boxes {
      distanceM
      freePorts
      box {
        name
        status
        type {
          code
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ViabilityListQuery, ViabilityListQueryVariables>;
export const ViabilitiesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Viabilities($inputs: [ViabilityInput!]!) {
  viabilities(inputs: $inputs) {
    viability {
      viable
      verdict
      reasons
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
}`) as unknown as TypedDocumentString<ViabilitiesQuery, ViabilitiesQueryVariables>;