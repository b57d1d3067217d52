import type { z } from 'zod';
import type { JsonObject } from '../domain/json.js';
import type { Write } from '../domain/write.js';
import type { AppError, UpstreamRefusedError } from '../errors/app-error.js';
import type { Command, Keeping, Step } from './command.js';

/**
 * One mutation, declared: a saga. The engine derives from it the first attempt, the resumption after a crash, the look that reconciles a lost
 * answer, the way back, and whether a repeated command is still in effect.
 *
 *     plan ──▶ judge ──▶ every step that is due ──▶ read ──▶ judge ──▶ … done
 *                │                                             │
 *                └── wrong, refused, or not done though all ───┴──▶ compensate
 *                    steps that are due were sent
 *
 * `Session` is what it works on (OZmap as one token sees it, policy, clock): the engine does not look inside. Parameters always come in this
 * order: input or view, state, session, and what sends.
 */
export interface Saga<Session, Input extends JsonObject, State extends object, View, Outcome>
  extends Pick<Command<Session, Input, Outcome>, 'action' | 'queueable' | 'madeId'> {
  /** What an attempt leaves to the next, as JSON: ids and choices, enough to go on, look and compensate without the input. */
  readonly state: z.ZodType<State>;
  /** Of `state`, from 1 on: one more with every change that a release with the old shape could not go on with. */
  readonly version: number;
  /**
   * Older states in today's shape, by their version; null: plan anew. 0 is what was noted before there were sagas. An operation of a version
   * that is neither here nor today's stays open for a release that knows it.
   */
  readonly migrate?: Readonly<Record<number, (stored: JsonObject) => unknown>>;

  /** Reads, checks, chooses; writes nothing. Called again where an earlier attempt left OZmap untouched. Errors: the refusals of the mutation. */
  plan(input: Input, session: Session): Promise<Plan<State, View, Outcome>>;
  /** One look at OZmap, by the ids of the state. */
  read(state: State, session: Session): Promise<View>;
  /**
   * What a look says. Pure. `justWritten`: this attempt wrote before it looked, so that a difference is OZmap's doing; without it, others may have
   * made it since.
   */
  judge(view: View, state: State, justWritten: boolean): Verdict<Outcome, State>;
  /** In order. All that are due by one view are sent one after the other; then OZmap is read again. Each is sent at most once in an attempt. */
  readonly steps: readonly SagaStep<Session, State, View>[];

  /**
   * Takes back what was written, as far as it is there and still ours, in as many steps as it takes. Called again from the start after a crash.
   * Absent: there is no way back, and the next attempt goes forward.
   *
   * Shape: null when all is as it was before, and the caller is told why it was taken back; else what the caller is told instead, because
   * things ended up otherwise, e.g. on another port.
   */
  compensate?(state: State, session: Session, step: Step): Promise<AppError | null>;
  /** Beside being done: whether it still counts for a caller who asks for the same again without a key. */
  stands?(state: State, session: Session): Promise<boolean>;
  /** What others may know of it: sagas once it is done, and the log of what an operation changed (`before`). They never read its state. */
  record?(state: State): JsonObject | null;
}

/**
 * What a plan says: it is done already, or this is to be done. `projectId`: the project that it touches; whose caller may not, may not write. `keeps`:
 * homes and boxes that nobody else may take before the operation has come to its end; where they had to be waited for, it is planned anew.
 */
export type Plan<State, View, Outcome> = { projectId: string | null; keeps?: Keeping } & (
  | { outcome: Outcome }
  | { state: State; view: View }
);

/** One write of a saga, named noun.verb. */
export interface SagaStep<Session, State, View> {
  readonly name: string;
  due(view: View, state: State): boolean;
  /** One write, or several of the same kind. Its answer, read by `withAnswer`, may add to what is known. */
  write(view: View, state: State, session: Session): StepWrite<State, View> | readonly StepWrite<State, View>[];
  /** A refusal in the caller's words: reads why OZmap said no. Absent: it stays UPSTREAM_REFUSED. */
  explain?(refusal: UpstreamRefusedError, state: State, session: Session): Promise<AppError>;
  /** Behind the pivot: where it is refused or brings nothing about, nothing is taken back. The operation is FAILED; `retryOperation` sends it again. */
  readonly retriable?: boolean;
}

type StepWrite<State, View> = Write<Learned<State, View> | undefined>;

/** What the answer to a write tells: ids to remember, or all that a look would show, which is then spared. */
export interface Learned<State, View> {
  state?: Partial<State>;
  view?: View;
}

/**
 * What one look says of a saga. `problem`: what the caller is told where OZmap acknowledged every write, and it is so still.
 * `done`: all of it is there. `untouched`: nothing of it is there (yet). `underway`: part of it is there, the steps do the rest. To an attempt both
 * are steps to send; after a crash the first is planned anew, the other gone on with.
 * `wrong`: something else is there than was asked for, or somebody else's; `learned` is what compensation must know of it, also after a crash.
 */
export type Verdict<Outcome, State = never> =
  | { is: 'done'; outcome: Outcome }
  | { is: 'untouched' | 'underway'; problem: AppError }
  | { is: 'wrong'; problem: AppError; learned?: Partial<State> };

export function done<Outcome>(outcome: Outcome): Verdict<Outcome> {
  return { is: 'done', outcome };
}

export function untouched(problem: AppError): Verdict<never> {
  return { is: 'untouched', problem };
}

export function underway(problem: AppError): Verdict<never> {
  return { is: 'underway', problem };
}

export function wrong<State = never>(problem: AppError, learned?: Partial<State>): Verdict<never, State> {
  return { is: 'wrong', problem, ...(learned && { learned }) };
}
