import type { JsonObject } from '../domain/json.js';
import type { OperationAction } from '../domain/operation.js';
import type { Write } from '../domain/write.js';

/** Sends one write, once its intent is durable, and records what came of it. `name` is noun.verb. */
export type Step = <T>(name: string, write: Write<T>) => Promise<T>;

/** Ids of homes and boxes; null is nothing. */
export interface Keeping {
  propertyIds: readonly (string | null)[];
  boxIds?: readonly (string | null)[];
  /** It also takes a port in these boxes: not while another open operation keeps one of them. */
  takesPort?: boolean;
}

/** What the running command may tell the journal about itself. */
export interface OperationContext {
  step: Step;
  operationId: string;
  /** The project the command turned out to touch: later reads of the journal are filtered by it. */
  inProject(projectId: string | null): void;
  /**
   * Leases homes and boxes that the command found out to be its own, and keeps them from others until the operation has come to its end, in
   * doubt or not. Before the first write. False when it had to wait: what was read before may have changed. Errors: CONFLICT BUSY ·
   * JOURNAL_UNAVAILABLE.
   */
  keep(keeping: Keeping): Promise<boolean>;
  /**
   * Facts worth keeping for the next attempt, or for what undoes this: ids found or made so far. Stored with the next step. `version`: of the
   * saga's state among them; null: no state any more.
   */
  note(facts: JsonObject, version: number | null): void;
}

/**
 * What one mutation does, from its input as JSON to its outcome as JSON, so that the journal can run it again after an outage or a
 * crash. `Session` is whatever it works on (OZmap as one token sees it, policy, clock): the journal does not look inside.
 *
 * `run` reads before it writes and goes on from wherever an earlier, interrupted run of the same operation stopped: it may be called
 * again with the facts that the earlier run noted.
 */
export interface Command<Session, Input extends JsonObject, Outcome> {
  readonly action: OperationAction;
  /** May wait for OZmap to come back (activation, update, cancellation, withdrawal, declaration), or is refused at once (all others). */
  readonly queueable: boolean;
  /**
   * Nobody sends it again: where another would be refused because its contract is busy, or end FAILED as not applied, it waits its turn. And the
   * same command is carried out anew each time, because only the last word counts.
   */
  readonly durable?: boolean;
  /** Of the saga's state among the facts, those that it can go on with. */
  readonly versions: readonly number[];
  run(input: Input, session: Session, operation: OperationContext, facts: JsonObject): Promise<Outcome>;
  /**
   * Looks, by reading only, whether an interrupted or unanswered run took effect. Never writes. What follows from it (`background/reconciler.ts`):
   * `applied`: all of it is there, and this is the outcome: the end. `partly`: some is there: `run` again, to finish it or take it back. `absent`:
   * nothing of it is there (yet): it is looked at again, and in the end FAILED, or waits where it had waited.
   */
  look(input: Input, session: Session, facts: JsonObject): Promise<Look<Outcome>>;
  /**
   * Whether what an applied run did still stands, for a caller who asks for the same again without a key.
   * Others may have sold the code again since, which is no matter of the interrupted run that `look` is asked about.
   */
  stands(input: Input, session: Session, facts: JsonObject): Promise<Look<Outcome>>;
  /** OZmap's id of what an applied run made: kept when the rest of the outcome is erased. */
  madeId?(outcome: Outcome): string;
}

export type Look<Outcome> = { seen: 'applied'; outcome: Outcome } | { seen: 'partly' } | { seen: 'absent' };

/** A command of any input, as the journal keeps it by its action. */
export type AnyCommand<Session> = Command<Session, JsonObject, unknown>;
