import type { Actor } from '../domain/actor.js';
import type { Write } from '../domain/write.js';
import type { Look } from './command.js';

/** Noun.verb; never changed once written. */
export const OPERATION_ACTIONS = [
  'port.reserve',
  'client.activate',
  'client.update',
  'client.cancel',
  'reservation.withdraw',
  'port.change',
  'client.relocate',
  'cancellation.undo',
  'prospect.create',
] as const;
export type OperationAction = (typeof OPERATION_ACTIONS)[number];

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A command before anything was asked of OZmap. */
export interface OperationRequest {
  action: OperationAction;
  contractCode: string | null;
  /** The command as it came, without the idempotency key: compared when a key is repeated, and run again from here after an outage. */
  input: JsonObject;
  idempotencyKey: string | null;
  actor: Actor;
  /** The caller's token, for as long as the request runs; never stored. */
  token: string;
  /** Boxes whose ports the command may take; leased after the contract. */
  boxIds: readonly string[];
}

/** Sends one write, once its intent is durable, and records what came of it. `name` is noun.verb. */
export type Step = <T>(name: string, write: Write<T>) => Promise<T>;

/** What the running command may tell the journal about itself. */
export interface OperationContext {
  step: Step;
  operationId: string;
  /** The project the command turned out to touch: later reads of the journal are filtered by it. */
  inProject(projectId: string | null): void;
  /** Facts worth keeping for whoever resumes or undoes: ids found or made so far. Stored with the next step. */
  note(facts: JsonObject): void;
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
 * Errors: whatever `run` throws (with `operationId` set) · JOURNAL_UNAVAILABLE (nothing was sent) · IDEMPOTENCY_MISMATCH ·
 * CONFLICT IN_PROGRESS, BUSY · UPSTREAM_OUTCOME_UNKNOWN.
 */
export interface Journal {
  record<T>(
    request: OperationRequest,
    run: (operation: OperationContext) => Promise<T>,
    look?: (facts: JsonObject) => Promise<Look<T>>,
  ): Promise<Recorded<T>>;
}
