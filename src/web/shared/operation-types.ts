// Made by codegen from the operations in this folder and the whole schema; goes into src/generated once all of it is served.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AddressInput = {
  city?: string | null | undefined;
  complement?: string | null | undefined;
  neighbourhood?: string | null | undefined;
  number?: string | null | undefined;
  postalCode?: string | null | undefined;
  state?: string | null | undefined;
  street: string;
};

export type BoundsInput = {
  east: number;
  north: number;
  south: number;
  west: number;
};

export type CoordinatesInput = {
  lat: number;
  lng: number;
};

export type CreateProspectInput = {
  address?: string | null | undefined;
  contractCode?: string | null | undefined;
  location: CoordinatesInput;
  name?: string | null | undefined;
  observation?: string | null | undefined;
  phone?: string | null | undefined;
};

export type GeocodePrecision =
  | 'LOCALITY'
  | 'MUNICIPALITY'
  | 'NUMBER'
  | 'NUMBER_APPROXIMATE'
  | 'PIN'
  | 'POSTAL_CODE'
  | 'STREET';

export type ImplantationStatus = 'CERTIFIED' | 'DRAFT' | 'IMPLANTED' | 'NOT_IMPLANTED';

export type OperationFilter = {
  actions?: Array<string> | null | undefined;
  contractCode?: string | null | undefined;
  from?: string | null | undefined;
  states?: Array<OperationState> | null | undefined;
  to?: string | null | undefined;
};

export type OperationState = 'APPLIED' | 'FAILED' | 'PENDING' | 'QUEUED' | 'REFUSED' | 'UNKNOWN';

export type RefusalReason =
  | 'DRAFT'
  | 'DROP_TOO_LONG'
  | 'NO_FREE_PORT'
  | 'NO_SERVICE_EQUIPMENT'
  | 'OTHER'
  | 'OUTSIDE_CONDOMINIUM'
  | 'OUT_OF_RANGE'
  | 'TAG_MISMATCH';

export type RelocateClientInput = {
  address?: string | null | undefined;
  boxId?: string | null | undefined;
  contractCode: string;
  dropPath?: Array<CoordinatesInput> | null | undefined;
  idempotencyKey?: string | null | undefined;
  keepOldProperty?: boolean | null | undefined;
  location?: CoordinatesInput | null | undefined;
  port?: number | null | undefined;
  propertyId?: string | null | undefined;
  splitterId?: string | null | undefined;
};

export type ReservePortInput = {
  address?: string | null | undefined;
  boxId?: string | null | undefined;
  contractCode: string;
  /** From the client to the box; inner points on poles. Straight when absent. */
  dropPath?: Array<CoordinatesInput> | null | undefined;
  idempotencyKey?: string | null | undefined;
  location?: CoordinatesInput | null | undefined;
  name?: string | null | undefined;
  observation?: string | null | undefined;
  port?: number | null | undefined;
  /** Take over this client-less home, its drop and its port; box and location then come from it. */
  propertyId?: string | null | undefined;
  splitterId?: string | null | undefined;
};

export type RetryOperationInput = {
  operationId: string;
};

/** NEEDS_PIN: the answer changes within the location's error. UNKNOWN: there is no usable location. */
export type Verdict = 'NEEDS_PIN' | 'NOT_VIABLE' | 'UNKNOWN' | 'VIABLE';

/** Where: a location, or an address as text or in parts. With both, the location decides and the address is kept as text. */
export type ViabilityInput = {
  accuracyM?: number | null | undefined;
  address?: string | null | undefined;
  addressParts?: AddressInput | null | undefined;
  location?: CoordinatesInput | null | undefined;
  mode?: ViabilityMode | null | undefined;
  /** May narrow OZmap's search radius, never widen it. */
  radiusM?: number | null | undefined;
  tags?: Array<string> | null | undefined;
};

export type ViabilityMode = 'POLES' | 'RADIUS';

export type ViabilityReason =
  | 'ADDRESS_AMBIGUOUS'
  | 'ADDRESS_NOT_FOUND'
  | 'ALL_BOXES_REFUSED'
  | 'LIST_TRUNCATED'
  | 'LOCATION_IMPRECISE'
  | 'NO_BOX_IN_RANGE'
  | 'OTHER';

export type OzlocClientQueryVariables = Exact<{
  contractCode: string;
}>;

export type OzlocClientQuery = {
  client: {
    contractCode: string;
    ozmapId: string;
    name: string | null;
    observation: string | null;
    property: {
      id: string;
      address: string | null;
      lat: number | null;
      lng: number | null;
      drop: { id: string; lengthM: number | null; path: Array<{ lat: number; lng: number }> | null } | null;
      box: { id: string; name: string; lat: number | null; lng: number | null } | null;
    } | null;
    connection: { port: number | null; splitter: { id: string; name: string; ratio: string | null } | null } | null;
  } | null;
};

export type OzlocCreateProspectMutationVariables = Exact<{
  input: CreateProspectInput;
}>;

export type OzlocCreateProspectMutation = {
  createProspect: {
    prospect: { id: string; name: string | null; lat: number | null; lng: number | null } | null;
    problem: {
      code: string;
      reason: string | null;
      message: string;
      operationId: string | null;
      details: Array<{ field: string | null; value: string | null; limit: number | null; actual: number | null }>;
    } | null;
    operation: { id: string; state: OperationState } | null;
  } | null;
};

export type LogsOperationQueryVariables = Exact<{
  id: string;
}>;

export type LogsOperationQuery = {
  integrationOperation: {
    id: string;
    action: string;
    contractCode: string | null;
    projectId: string | null;
    state: OperationState;
    actor: string;
    requestedAt: string;
    finishedAt: string | null;
    steps: Array<{
      method: string;
      path: string;
      status: number | null;
      durationMs: number | null;
      outcome: string;
      at: string;
    }>;
    problem: {
      code: string;
      reason: string | null;
      message: string;
      operationId: string | null;
      details: Array<{ field: string | null; value: string | null; limit: number | null; actual: number | null }>;
    } | null;
  } | null;
};

export type OzlocOperationQueryVariables = Exact<{
  id: string;
}>;

export type OzlocOperationQuery = {
  integrationOperation: {
    id: string;
    state: OperationState;
    problem: {
      code: string;
      reason: string | null;
      message: string;
      operationId: string | null;
      details: Array<{ field: string | null; value: string | null; limit: number | null; actual: number | null }>;
    } | null;
  } | null;
};

export type LogsOperationsQueryVariables = Exact<{
  filter?: OperationFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;

export type LogsOperationsQuery = {
  integrationOperations: {
    edges: Array<{
      node: {
        id: string;
        action: string;
        contractCode: string | null;
        projectId: string | null;
        state: OperationState;
        actor: string;
        requestedAt: string;
        finishedAt: string | null;
        steps: Array<{
          method: string;
          path: string;
          status: number | null;
          durationMs: number | null;
          outcome: string;
          at: string;
        }>;
        problem: {
          code: string;
          reason: string | null;
          message: string;
          operationId: string | null;
          details: Array<{ field: string | null; value: string | null; limit: number | null; actual: number | null }>;
        } | null;
      };
    }>;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  } | null;
};

export type OzlocPolesQueryVariables = Exact<{
  within: BoundsInput;
  limit: number;
}>;

export type OzlocPolesQuery = { poles: Array<{ id: string; lat: number; lng: number }> | null };

export type OzlocRelocateClientMutationVariables = Exact<{
  input: RelocateClientInput;
}>;

export type OzlocRelocateClientMutation = {
  relocateClient: {
    client: {
      contractCode: string;
      ozmapId: string;
      name: string | null;
      observation: string | null;
      property: {
        id: string;
        address: string | null;
        lat: number | null;
        lng: number | null;
        drop: { id: string; lengthM: number | null; path: Array<{ lat: number; lng: number }> | null } | null;
        box: { id: string; name: string; lat: number | null; lng: number | null } | null;
      } | null;
      connection: { port: number | null; splitter: { id: string; name: string; ratio: string | null } | null } | null;
    } | null;
    oldProperty: { id: string; address: string | null } | null;
    problem: {
      code: string;
      reason: string | null;
      message: string;
      operationId: string | null;
      details: Array<{ field: string | null; value: string | null; limit: number | null; actual: number | null }>;
    } | null;
    warnings: Array<{ code: string; message: string }>;
    operation: { id: string; state: OperationState } | null;
  } | null;
};

export type OzlocReservationQueryVariables = Exact<{
  contractCode: string;
}>;

export type OzlocReservationQuery = {
  reservation: {
    contractCode: string;
    client: { contractCode: string; ozmapId: string; name: string | null; observation: string | null };
    property: { id: string; address: string | null; lat: number | null; lng: number | null } | null;
    box: { id: string; name: string; lat: number | null; lng: number | null } | null;
    connection: { port: number | null; splitter: { id: string; name: string; ratio: string | null } | null } | null;
    drop: { id: string; lengthM: number | null; path: Array<{ lat: number; lng: number }> | null } | null;
  } | null;
};

export type OzlocReservePortMutationVariables = Exact<{
  input: ReservePortInput;
}>;

export type OzlocReservePortMutation = {
  reservePort: {
    reservation: {
      contractCode: string;
      client: { contractCode: string; ozmapId: string; name: string | null; observation: string | null };
      property: { id: string; address: string | null; lat: number | null; lng: number | null } | null;
      box: { id: string; name: string; lat: number | null; lng: number | null } | null;
      connection: { port: number | null; splitter: { id: string; name: string; ratio: string | null } | null } | null;
      drop: { id: string; lengthM: number | null; path: Array<{ lat: number; lng: number }> | null } | null;
    } | null;
    problem: {
      code: string;
      reason: string | null;
      message: string;
      operationId: string | null;
      details: Array<{ field: string | null; value: string | null; limit: number | null; actual: number | null }>;
    } | null;
    warnings: Array<{ code: string; message: string }>;
    operation: { id: string; state: OperationState } | null;
  } | null;
};

export type LogsRetryOperationMutationVariables = Exact<{
  input: RetryOperationInput;
}>;

export type LogsRetryOperationMutation = {
  retryOperation: {
    operation: {
      id: string;
      action: string;
      contractCode: string | null;
      projectId: string | null;
      state: OperationState;
      actor: string;
      requestedAt: string;
      finishedAt: string | null;
      steps: Array<{
        method: string;
        path: string;
        status: number | null;
        durationMs: number | null;
        outcome: string;
        at: string;
      }>;
      problem: {
        code: string;
        reason: string | null;
        message: string;
        operationId: string | null;
        details: Array<{ field: string | null; value: string | null; limit: number | null; actual: number | null }>;
      } | null;
    } | null;
    problem: {
      code: string;
      reason: string | null;
      message: string;
      operationId: string | null;
      details: Array<{ field: string | null; value: string | null; limit: number | null; actual: number | null }>;
    } | null;
  } | null;
};

export type OzlocBoxesQueryVariables = Exact<{
  near: CoordinatesInput;
  radiusM: number;
  limit: number;
}>;

export type OzlocBoxesQuery = {
  boxes: Array<{
    box: { id: string; name: string; lat: number | null; lng: number | null; status: ImplantationStatus | null };
  }> | null;
};

export type OzlocViabilityQueryVariables = Exact<{
  input: ViabilityInput;
}>;

export type OzlocViabilityQuery = {
  viability: {
    verdict: Verdict;
    reasons: Array<ViabilityReason>;
    mode: ViabilityMode | null;
    checkedAt: string;
    validUntil: string;
    location: {
      lat: number;
      lng: number;
      accuracyM: number;
      precision: GeocodePrecision;
      formattedAddress: string | null;
      neighbourhood: string | null;
      provider: string;
    } | null;
    candidates: Array<{
      lat: number;
      lng: number;
      accuracyM: number;
      precision: GeocodePrecision;
      formattedAddress: string | null;
      neighbourhood: string | null;
      provider: string;
    }>;
    boxes: Array<{
      distanceM: number;
      freePorts: number;
      dropLengthM: number | null;
      certain: boolean;
      box: {
        id: string;
        name: string;
        lat: number | null;
        lng: number | null;
        status: ImplantationStatus | null;
        type: { id: string; code: string } | null;
        project: { id: string; name: string; dropMaxLengthM: number | null } | null;
      };
    }>;
    refusedBoxes: Array<{
      distanceM: number;
      reasons: Array<{ code: RefusalReason; message: string | null; limitM: number | null; actualM: number | null }>;
      box: {
        id: string;
        name: string;
        lat: number | null;
        lng: number | null;
        status: ImplantationStatus | null;
        type: { id: string; code: string } | null;
      };
    }>;
    reusableProperties: Array<{
      id: string;
      address: string | null;
      lat: number | null;
      lng: number | null;
      box: { id: string; name: string; lat: number | null; lng: number | null } | null;
      drop: { id: string; lengthM: number | null; connected: boolean | null } | null;
    }>;
  } | null;
};

export type OzlocPlaceFragment = {
  lat: number;
  lng: number;
  accuracyM: number;
  precision: GeocodePrecision;
  formattedAddress: string | null;
  neighbourhood: string | null;
  provider: string;
};
