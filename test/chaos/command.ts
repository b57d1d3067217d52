/** Which mutation of the API. */
export type Mutation = keyof typeof SHOWN;

/** What a caller asks to see of the end of each mutation: what it then believes, and what is compared with OZmap in the end. */
const PLACED = 'client { ozmapId name property { id } connection { equipment { id } port } }';
const SHOWN = {
  reservePort: `reservation {
    property { id } connection { equipment { id } port } client { ozmapId name implanted }
  }`,
  activateClient: 'client { ozmapId implanted }',
  updateClient: 'client { ozmapId name }',
  withdrawReservation: 'contractCode',
  cancelClient: 'property { id }',
  changePort: PLACED,
  relocateClient: `${PLACED} oldProperty { id }`,
  transferClient: PLACED,
  extendReservation: 'reservation { client { ozmapId name implanted } }',
  undoCancellation: PLACED,
  createProspect: 'prospect { id }',
  declareContract: 'client { ozmapId name implanted } carriedOut warnings { code }',
} as const;

/** The operation's number in the journal and how it stands. */
export interface ShownOperation {
  id: string;
  state: 'PENDING' | 'QUEUED' | 'APPLIED' | 'REFUSED' | 'UNKNOWN' | 'FAILED';
}
export interface ShownProblem {
  code: string;
  reason: string | null;
  message: string;
  operationId: string | null;
}
interface ShownClient {
  ozmapId: string;
  name: string | null;
  implanted?: boolean;
  property?: { id: string } | null;
  connection?: { equipment: { id: string }; port: number | null } | null;
}

/** A payload of any mutation, as far as it was asked for. */
export interface Payload {
  problem: ShownProblem | null;
  operation: ShownOperation | null;
  reservation?: {
    property?: { id: string } | null;
    connection?: { equipment: { id: string }; port: number | null } | null;
    client: ShownClient;
  } | null;
  client?: ShownClient | null;
  property?: { id: string } | null;
  oldProperty?: { id: string } | null;
  prospect?: { id: string } | null;
  carriedOut?: string[] | null;
  warnings?: { code: string }[] | null;
}

/** One command of one contract, before it has a key. */
export interface Command {
  contractCode: string;
  mutation: Mutation;
  input: Record<string, unknown>;
  /** Refusals that may come of others being quicker; any other is a fault of the service. */
  mayMeet: readonly string[];
  /** Its caller does not wait for the answer, nor asks again: the word may be lost. */
  unheard?: boolean;
  /** What the caller believes from now on. */
  applied(payload: Payload, operationId: string): void;
}

/** The request for a mutation; its answer stands under `it`. */
export function documentOf(mutation: Mutation): string {
  const input = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  return `mutation ($input: ${input}!) {
  it: ${mutation}(input: $input) {
    problem { code reason message operationId } operation { id state } ${SHOWN[mutation]}
  }
}`;
}
