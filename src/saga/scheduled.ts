import type { Json, JsonObject } from '../domain/json.js';
import type { OperationAction } from '../domain/operation.js';

/** Try again after `inMs`. `counts` false: the attempt said nothing about the work, and is not counted. */
export interface Again {
  inMs: number;
  counts?: boolean;
}

/** A pause that starts with `firstMs` and doubles with each attempt, up to `maxMs`. */
export function backoff(attempts: number, { firstMs, maxMs }: { firstMs: number; maxMs: number }): number {
  return Math.min(maxMs, firstMs * 2 ** Math.min(Math.max(0, attempts - 1), 30));
}

/** An applied operation that scheduled work follows. */
interface AppliedOperation {
  /** Of a transfer: the new one. */
  contractCode: string | null;
  /** OZmap's id of what it made, as its command says. */
  madeId: string | null;
}

/** When scheduled work is to be done: so long after the operation was applied, or at a time that its outcome names. */
type Due = { inMs: number } | { at: Date };

/** A command that follows an applied operation by itself when its time has come. */
export interface ScheduledWork {
  /** The actions of the operations that it follows. */
  readonly after: readonly OperationAction[];
  /** `warnsBeforeMs`: receivers of events are told so long before, though not in the first half of the time; 0: they are not. */
  readonly warnsBeforeMs: number;
  /** Null: it does not follow this one. */
  due(action: OperationAction, outcome: Json): Due | null;
  /** The command to carry out; null where none is needed. `since`: what was applied on the contract after the operation. */
  next(
    operation: AppliedOperation,
    since: readonly OperationAction[],
  ): { action: OperationAction; input: JsonObject } | null;
  /** What follows from an attempt that failed; `attempts`: how many counted so far, this one included. */
  afterFailure(error: unknown, attempts: number): Again | 'settled' | 'given up';
}
