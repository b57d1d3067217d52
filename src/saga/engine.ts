import { z } from 'zod';
import type { JsonObject } from '../domain/json.js';
import { type AppError, ForbiddenError, UpstreamRefusedError } from '../errors/app-error.js';
import type { Command, Look, OperationContext } from './command.js';
import { problemOf, STORED_PROBLEM, type StoredProblem, StoredProblemError } from './problem.js';
import type { Learned, Saga, SagaStep, Verdict } from './saga.js';

/** A saga as what the journal runs, resumes and looks at. */
export function defineSaga<Session, Input extends JsonObject, State extends object, View, Outcome>(
  saga: Saga<Session, Input, State, View, Outcome>,
): Command<Session, Input, Outcome> {
  const versions = [saga.version, ...Object.keys(saga.migrate ?? {}).map(Number)];
  const judged = async (state: State, session: Session) => saga.judge(await saga.read(state, session), state, false);
  return {
    action: saga.action,
    queueable: saga.queueable,
    ...(saga.madeId && { madeId: saga.madeId }),
    versions,

    run: (input, session, operation, facts) => new Attempt(saga, session, operation).run(input, recall(saga, facts)),

    async look(_input, session, facts) {
      const memory = recall(saga, facts);
      if (!memory) return { seen: 'absent' };
      return memory.problem ? { seen: 'partly' } : lookOf(await judged(memory.state, session));
    },

    async stands(_input, session, facts) {
      // What another release did is asked of OZmap anew.
      const memory = versions.includes(versionOf(facts) ?? saga.version) ? recall(saga, facts) : null;
      if (!memory || memory.problem) return { seen: 'absent' };
      const [verdict, stands] = await Promise.all([
        judged(memory.state, session),
        saga.stands?.(memory.state, session) ?? true,
      ]);
      return stands ? lookOf(verdict) : { seen: 'absent' };
    },
  };
}

function lookOf<Outcome>(verdict: Verdict<Outcome, object>): Look<Outcome> {
  if (verdict.is === 'done') return { seen: 'applied', outcome: verdict.outcome };
  return { seen: verdict.is === 'untouched' ? 'absent' : 'partly' };
}

/** What an attempt left. `problem`: it was being taken back, for this. */
interface Memory<State> {
  state: State;
  problem: StoredProblem | null;
}

const STORED = z.object({
  version: z.int(),
  state: z.record(z.string(), z.json()),
  problem: STORED_PROBLEM.nullable(),
});

/** Of the state among the facts; null: there is none. */
function versionOf(facts: JsonObject): number | null {
  if ('saga' in facts) return facts.saga === null ? null : STORED.parse(facts.saga).version;
  return Object.keys(facts).length === 0 ? null : 0;
}

/** Null: nothing was begun. Errors: an Error for a state of a version or shape that this release does not know. */
function recall<State extends object>(
  saga: Pick<Saga<never, never, State, never, never>, 'action' | 'state' | 'version' | 'migrate'>,
  facts: JsonObject,
): Memory<State> | null {
  const { action, state, version, migrate } = saga;
  if (versionOf(facts) === null) return null;
  const stored = 'saga' in facts ? STORED.parse(facts.saga) : { version: 0, state: facts, problem: null };
  if (stored.version === version) return { state: state.parse(stored.state), problem: stored.problem };
  const migrated = migrate?.[stored.version];
  if (!migrated) throw new Error(`${action}: no state of version ${stored.version} is known`);
  const today = migrated(stored.state);
  return today === null ? null : { state: state.parse(today), problem: stored.problem };
}

/**
 * One attempt at a saga, from its plan or from where the last one stopped. `operation` is the journal: `step` writes down that a write is to be
 * sent, and all that was noted since, before it sends it; so what an attempt remembers outlives the process from its first write on. Of a write
 * that was not answered, `step` throws UPSTREAM_OUTCOME_UNKNOWN, and the attempt is over; the next one, the background's or a
 * retry's, starts with a look.
 */
class Attempt<Session, Input extends JsonObject, State extends object, View, Outcome> {
  /** Something of it may be in OZmap: a refusal must take that back. */
  private hasWritten = false;

  constructor(
    private readonly saga: Saga<Session, Input, State, View, Outcome>,
    private readonly session: Session,
    private readonly operation: OperationContext,
  ) {}

  async run(input: Input, memory: Memory<State> | null): Promise<Outcome> {
    const { saga, session, operation } = this;
    if (memory?.problem) {
      throw await this.takeBack(memory.state, new StoredProblemError(memory.problem, operation.operationId));
    }
    if (memory) {
      const view = await saga.read(memory.state, session);
      if (saga.judge(view, memory.state, false).is !== 'untouched') {
        this.hasWritten = true;
        return this.goOn(view, memory.state);
      }
    }
    for (;;) {
      const plan = await saga.plan(input, session);
      operation.inProject(plan.projectId);
      if ('outcome' in plan) return plan.outcome;
      if (!plan.keeps || (await operation.keep(plan.keeps))) return this.goOn(plan.view, this.remember(plan.state));
    }
  }

  /** Step by step until the saga is done, or cannot be. */
  private async goOn(firstView: View, firstState: State): Promise<Outcome> {
    const { saga, session } = this;
    const sent = new Set<SagaStep<Session, State, View>>();
    let view = firstView;
    let state = firstState;
    for (;;) {
      const verdict = saga.judge(view, state, sent.size > 0);
      if (verdict.is === 'done') return verdict.outcome;
      if (verdict.is === 'wrong') throw await this.takeBack({ ...state, ...verdict.learned }, verdict.problem);
      const due = saga.steps.filter((step) => !sent.has(step) && step.due(view, state));
      if (due.length === 0) {
        const isPastPivot = [...sent].some(({ retriable }) => retriable);
        throw isPastPivot ? verdict.problem : await this.takeBack(state, verdict.problem);
      }
      let shown: View | undefined;
      for (const step of due) {
        const learned = await this.send(step, view, state);
        sent.add(step);
        state = learned.state;
        shown = learned.view;
      }
      view = shown ?? (await saga.read(state, session));
    }
  }

  /** Errors: those of the write; a refusal as the step explains it, after all before it is taken back. */
  private async send(
    step: SagaStep<Session, State, View>,
    view: View,
    state: State,
  ): Promise<{ state: State; view: View | undefined }> {
    const known = { state, view: undefined as View | undefined };
    try {
      for (const write of [step.write(view, state, this.session)].flat()) {
        const learned = await this.operation.step<Learned<State, View> | undefined>(step.name, write);
        this.hasWritten = true;
        known.view = learned?.view;
        if (!learned?.state) continue;
        known.state = this.remember({ ...known.state, ...learned.state });
      }
      return known;
    } catch (error) {
      if (!(error instanceof UpstreamRefusedError || error instanceof ForbiddenError)) throw error;
      const explain = error instanceof UpstreamRefusedError ? step.explain?.(error, state, this.session) : null;
      const problem = (await explain) ?? error;
      throw this.hasWritten && !step.retriable ? await this.takeBack(known.state, problem) : problem;
    }
  }

  /** Compensates, as far as the saga knows a way back. Returns what the caller is told. */
  private async takeBack(state: State, problem: AppError): Promise<AppError> {
    const { saga, session, operation } = this;
    if (!saga.compensate) return problem;
    this.remember(state, problem);
    const instead = await saga.compensate(state, session, operation.step);
    // Another try starts from how things are then.
    operation.note({ saga: null, record: null }, null);
    return instead ?? problem;
  }

  /** Returns the state as the next attempt will have it. */
  private remember(known: State, problem: AppError | null = null): State {
    const { saga, operation } = this;
    const state = saga.state.parse(known);
    const stored = { version: saga.version, state, problem: problem && problemOf(problem) };
    operation.note(JSON.parse(JSON.stringify({ saga: stored, record: saga.record?.(state) ?? null })), saga.version);
    return state;
  }
}
