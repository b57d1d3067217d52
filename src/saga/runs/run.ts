import { context, trace } from '@opentelemetry/api';
import type { Kysely } from 'kysely';
import type { JsonObject } from '../../domain/json.js';
import type { OperationAction } from '../../domain/operation.js';
import { SEND, type Sent, type Write, WriteTooLateError } from '../../domain/write.js';
import {
  AppError,
  ForbiddenError,
  OutcomeUnknownError,
  UpstreamRefusedError,
  UpstreamShapeError,
  UpstreamUnavailableError,
} from '../../errors/app-error.js';
import { answered } from '../../store/database.js';
import type { Tables } from '../../store/tables.js';
import type { Keeping, OperationContext, Step } from '../command.js';
import type { Kept } from '../leases/keep.js';
import type { JournalSettings } from '../options.js';
import { type Intent, type StepEnd, type StepOutcome, writeIntent } from '../sql/steps.js';
import { RunStoppedError } from './judge.js';
import type { RunStart } from './running.js';

/** A span for each step, where tracing is on. It knows names of ours only. */
const tracer = trace.getTracer('ozmap-cnt-subgraph');

/** How often one write is declared before it counts as one that OZmap cannot take. */
const MAX_DECLARATIONS = 10;

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

  readonly keep = async (asked: Keeping): Promise<boolean> => {
    const { propertyIds, boxIds = [] } = asked;
    if ([...propertyIds, ...boxIds].every((id) => id === null)) return true;
    try {
      const keeping = this.keepMore(asked);
      const { leases, atOnce } = await answered(keeping, 'what the command keeps could not be recorded');
      this.leases = leases;
      return atOnce;
    } catch (error) {
      this.stopped = error as AppError;
      throw error;
    }
  };

  private async send<T>(name: string, write: Write<T>): Promise<T> {
    if (this.stopped) throw this.stopped;
    if (!this.inScope) throw new ForbiddenError('the command did not say which project it touches before it wrote');
    for (let declared = 1; ; declared += 1) {
      const sent = await this.sendOnce(name, write);
      if (sent) return sent.value;
      if (declared === MAX_DECLARATIONS) throw new UpstreamUnavailableError('the write could not be sent in time');
    }
  }

  /**
   * Declares a write and sends it. Null when too much time passed in between: then it was not sent, because by now others may have taken the
   * operation for abandoned. Declared anew, it is sent only if the operation and its leases are still this run's.
   */
  private async sendOnce<T>(name: string, write: Write<T>): Promise<Sent<T> | null> {
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

  private async declare(intent: Intent): Promise<void> {
    const { version, projectId, last: before } = this;
    const facts = JSON.stringify(this.facts);
    const { leaseTtlMs: ttlMs } = this.settings;
    const identity = { ...this.start, leases: this.leases };
    try {
      const written = writeIntent(this.db, identity, { intent, before, facts, version, projectId, ttlMs });
      const isMine = await answered(written, 'the intent of a write could not be recorded');
      if (!isMine) throw new RunStoppedError('the operation or one of its leases went to another run');
    } catch (error) {
      this.stopped = error as AppError;
      throw error;
    }
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
