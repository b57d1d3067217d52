import type { JsonObject } from '../domain/json.js';
import type { Actor, OperationAction } from '../domain/operation.js';
import type { Look, OperationContext } from './command.js';

/** A command before anything was asked of OZmap. */
export interface OperationRequest {
  action: OperationAction;
  contractCode: string | null;
  /** Of a transfer: the contract that gets the client; nothing else runs on it meanwhile. */
  newContractCode?: string | null | undefined;
  /** The command as it came, without the idempotency key: compared when a key is repeated, and run again from here after an outage. */
  input: JsonObject;
  idempotencyKey: string | null;
  actor: Actor;
  /** The caller's token, for as long as the request runs; never stored. */
  token: string;
  /** Boxes whose ports the command may take; leased after the contract. */
  boxIds: readonly string[];
  /** Homes and boxes (`property:<id>`, `box:<id>`) that nobody else may take before the command has come to its end; leased like boxes. */
  keeps?: readonly string[] | undefined;
  /** Of a declaration: when it was so; null: now. Absent: it is none. */
  declaredAt?: Date | null | undefined;
}

/**
 * What came of a command. QUEUED: accepted while OZmap is away, carried out when it is back; there is no outcome yet, and the journal
 * knows the operation. APPLIED without outcome: its key was repeated after its data were erased.
 */
export type Recorded<T> =
  | { readonly state: 'APPLIED'; readonly outcome: T | null; readonly operationId: string }
  | { readonly state: 'QUEUED'; readonly outcome: null; readonly operationId: string };

/**
 * The only road to a write. An outcome `T` is plain JSON data, because a repeated idempotency key is answered with the stored one.
 *
 * `look` is the command's own: a command that comes without a key and repeats the last one applied on its contract is answered with that
 * operation, once reading confirms that it still stands; else it runs.
 *
 * Errors: whatever `run` throws (with `operationId` set) · JOURNAL_UNAVAILABLE (nothing more is sent) · IDEMPOTENCY_MISMATCH ·
 * CONFLICT IN_PROGRESS, BUSY · UPSTREAM_OUTCOME_UNKNOWN.
 */
export interface Journal {
  record<T>(
    request: OperationRequest,
    run: (operation: OperationContext) => Promise<T>,
    look?: (facts: JsonObject) => Promise<Look<T>>,
  ): Promise<Recorded<T>>;
}
