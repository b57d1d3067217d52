import { context, trace } from '@opentelemetry/api';
import type { Kysely } from 'kysely';
import type { JsonObject } from '../../domain/json.js';
import type { OperationAction } from '../../domain/operation.js';
import { SEND, type Sent, type Write, WriteTooLateError } from '../../domain/write.js';
import {
  AppError,
  ForbiddenError,
  JournalUnavailableError,
  OutcomeUnknownError,
  UpstreamRefusedError,
  UpstreamShapeError,
  UpstreamUnavailableError,
} from '../../errors/app-error.js';
import type { Tables } from '../../store/tables.js';
import type { Keeping, OperationContext, Step } from '../command.js';
import type { Kept } from '../leases/keep.js';
import type { JournalSettings } from '../options.js';
import { type RunIdentity, type StepEnd, type StepOutcome, writeIntent } from '../sql/steps.js';
import { RunStoppedError } from './judge.js';

/** A span for each step, where tracing is on. It knows names of ours only. */
const tracer = trace.getTracer('ozmap-cnt-subgraph');

/** How often one write is declared before it counts as one that OZmap cannot take. */
const MAX_ATTEMPTS = 10;

/** What a run starts from: nothing for a new command, what the earlier run left for a resumed one. */
export interface RunStart extends RunIdentity {
  facts: JsonObject;
  /** Of the saga's state among the facts; null: there is none. */
  version: number | null;
  projectId: string | null;
  /** Steps recorded by earlier runs. */
  steps: number;
  /** Of these, acknowledged ones. */
  done: number;
  /** An earlier run sent a write that was never answered, and it is not known that it had no effect. */
  hasUnresolvedWrite: boolean;
  /**
   * Background runs act for a caller with another token: the projects that caller saw. Null when the caller's own token is at work, which
   * OZmap checks itself.
   */
  scope: readonly string[] | null;
}

/** An operation in the hands of this process. */
export interface RunningOperation {
  start: RunStart;
  action: OperationAction;
  contractCode: string | null;
  /** Of a transfer. */
  newContractCode: string | null;
  /** Nobody asked for it: its time had come. */
  isScheduled: boolean;
  requestedAt: Date;
  queueable: boolean;
  /**
   * OZmap is away and nothing was written. `wait`: wait for it. `fail`: refuse. `forget`: as if it had never been tried.
   */
  whenAway: 'wait' | 'fail' | 'forget';
}

/** One run of a command: sends its writes, each after its intent is durable, and remembers what came of them. */
export class Run implements OperationContext {
  readonly operationId: string;
  facts: JsonObject;
  version: number | null;
  projectId: string | null;
  done: number;
  inDoubt = false;
  readonly wroteBefore: boolean;
  /** The end of the latest step, not yet written: it goes with the next intent or with the closing. */
  last: StepEnd | null = null;
  private seq: number;
  private leases: number;
  private inScope: boolean;
  private stopped: AppError | null = null;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly db: Kysely<Tables>,
    private readonly start: RunStart & { action: OperationAction },
    private readonly settings: JournalSettings,
    private readonly keepMore: (keeping: Keeping) => Promise<Kept>,
  ) {
    this.leases = start.leases;
    this.operationId = start.operationId;
    this.facts = { ...start.facts };
    this.version = start.version;
    this.projectId = start.projectId;
    this.done = start.done;
    this.wroteBefore = start.done > 0 || start.hasUnresolvedWrite;
    this.seq = start.steps;
    // An earlier run that got as far as a project, or to a write, was allowed to.
    this.inScope = start.scope === null || start.projectId !== null || start.steps > 0;
  }

  /** One after the other, also where a command starts several at once: each intent closes the step before. */
  readonly step: Step = (name, write) => {
    const mine = this.turn.then(() => this.send(name, write));
    this.turn = mine.catch(() => {});
    return mine;
  };

  readonly inProject = (projectId: string | null): void => {
    const { scope } = this.start;
    // What the caller could not have done is not done for the caller, whoever's token does the work.
    if (scope && projectId !== null && projectId !== this.start.projectId && !scope.includes(projectId))
      throw new ForbiddenError('the contract lies in a project that its caller does not see');
    this.projectId = projectId;
    this.inScope = true;
  };

  readonly note = (facts: JsonObject, version: number | null): void => {
    Object.assign(this.facts, facts);
    this.version = version;
  };

  readonly keep = async (keeping: Keeping): Promise<boolean> => {
    const { propertyIds, boxIds = [] } = keeping;
    if ([...propertyIds, ...boxIds].every((id) => id === null)) return true;
    try {
      const { leases, atOnce } = await this.keepMore(keeping);
      this.leases = leases;
      return atOnce;
    } catch (cause) {
      this.stopped =
        cause instanceof AppError
          ? cause
          : new JournalUnavailableError('what the command keeps could not be recorded', [], { cause });
      throw this.stopped;
    }
  };

  private async send<T>(name: string, write: Write<T>): Promise<T> {
    if (this.stopped) throw this.stopped;
    if (!this.inScope) throw new ForbiddenError('the command did not say which project it touches before it wrote');
    for (let attempt = 1; ; attempt += 1) {
      const sent = await this.attempt(name, write);
      if (sent) return sent.value;
      if (attempt === MAX_ATTEMPTS) throw new UpstreamUnavailableError('the write could not be sent in time');
    }
  }

  /**
   * Declares a write and sends it. Null when too much time passed in between: then it was not sent, because by now others may have taken the
   * operation for abandoned. Declared anew, it is sent only if the operation and its leases are still this run's.
   */
  private async attempt<T>(name: string, write: Write<T>): Promise<Sent<T> | null> {
    const intent = { seq: this.seq + 1, name, method: write.method, path: write.path };
    // The wall clock: the monotonic one stands still while the machine sleeps.
    const declaredAt = Date.now();
    await this.declare(intent);
    this.seq = intent.seq;
    this.last = null;
    const startedAt = performance.now();
    const span = tracer.startSpan(`${this.start.action} ${name}`, {
      attributes: { 'saga.action': this.start.action, 'saga.step': name },
    });
    const end = (outcome: StepOutcome, status: number | null) => {
      span.setAttribute('saga.outcome', outcome);
      this.last = { seq: intent.seq, outcome, status, durationMs: Math.round(performance.now() - startedAt) };
    };
    try {
      const canStillSend = () => isInTime(Date.now() - declaredAt, this.settings);
      const sent = await context.with(trace.setSpan(context.active(), span), () => write[SEND](canStillSend));
      end('DONE', sent.status);
      this.done += 1;
      return sent;
    } catch (error) {
      if (error instanceof WriteTooLateError) {
        end('NOT_SENT', null);
        return null;
      }
      const outcome = outcomeOf(error);
      end(outcome, error instanceof UpstreamRefusedError ? error.status : null);
      if (outcome === 'UNKNOWN') this.inDoubt = true;
      throw error;
    } finally {
      span.end();
    }
  }

  private async declare(intent: { seq: number; name: string; method: string; path: string }): Promise<void> {
    let mine: boolean;
    try {
      mine = await writeIntent(
        this.db,
        { ...this.start, leases: this.leases },
        {
          intent,
          before: this.last,
          facts: JSON.stringify(this.facts),
          version: this.version,
          projectId: this.projectId,
          ttlMs: this.settings.leaseTtlMs,
        },
      );
    } catch (cause) {
      this.stopped = new JournalUnavailableError('the intent of a write could not be recorded', [], { cause });
      throw this.stopped;
    }
    if (mine) return;
    this.stopped = new RunStoppedError('the operation or one of its leases went to another run');
    throw this.stopped;
  }
}

/**
 * Whether a write that was declared so long ago may still be sent: its leases have half of their life left, and nobody who took this process
 * for dead can have closed the operation as not applied. A clock that was set back says nothing about the time that passed.
 */
function isInTime(elapsedMs: number, { leaseTtlMs, deadAfterMs, outcomeSettleS }: JournalSettings): boolean {
  return elapsedMs >= 0 && elapsedMs <= Math.min(leaseTtlMs, deadAfterMs + outcomeSettleS * 1_000) / 2;
}

/** Whether the write may have happened. What we do not know to be harmless may have. */
function outcomeOf(error: unknown): StepOutcome {
  if (error instanceof UpstreamUnavailableError) return 'NOT_SENT';
  if (error instanceof OutcomeUnknownError || error instanceof UpstreamShapeError) return 'UNKNOWN';
  return error instanceof AppError ? 'REFUSED' : 'UNKNOWN';
}
