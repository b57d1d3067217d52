import { isFinished } from '../../domain/operation.js';
import { type AppError, JournalUnavailableError, OutcomeUnknownError } from '../../errors/app-error.js';
import type { OperationContext } from '../command.js';
import type { Core } from '../core.js';
import { faultOf } from '../fault.js';
import type { Recorded } from '../journal.js';
import { keepMore } from '../leases/keep.js';
import { leaseChannel } from '../leases/notifier.js';
import { problemOf } from '../problem.js';
import { type Closing, closeRun } from '../sql/close.js';
import { forgetRun } from '../sql/recover.js';
import type { StepEnd } from '../sql/steps.js';
import { nameOperation } from './answer.js';
import { closingOf } from './closing.js';
import { isTransient, judge, RunStoppedError, type Verdict } from './judge.js';
import { Run } from './run.js';
import type { RunningOperation } from './running.js';

/** Runs commands whose row is written and whose leases are taken, and closes them, whatever happens. */
export class Runner {
  /** Runs whose end could not be written; the background closes them once the database is back. */
  readonly unclosed = new Map<string, string>();

  constructor(private readonly core: Core) {}

  /** Errors: what the command throws, with `operationId` · UPSTREAM_OUTCOME_UNKNOWN · JOURNAL_UNAVAILABLE. */
  async execute<T>(
    operation: RunningOperation,
    command: (context: OperationContext) => Promise<T>,
  ): Promise<Recorded<T>> {
    const { core } = this;
    const { operationId, runId } = operation.start;
    const run = this.runOf(operation);
    core.leaseRenewer.add(runId);
    try {
      return await nameOperation(operationId, async () => {
        let outcome: T;
        try {
          outcome = await command(run);
        } catch (error) {
          const durable = core.commands.isDurable(operation.action);
          return this.leave(operation, run, judge(error, run, { ...operation, durable }), error);
        }
        await this.close(operation, run, { state: 'APPLIED', outcome: JSON.stringify(outcome) ?? 'null' });
        return { state: 'APPLIED', outcome, operationId };
      });
    } finally {
      core.leaseRenewer.remove(runId);
    }
  }

  /**
   * Ends an operation without running its command: seen as applied, found not applied, or not to be carried out. What is told to be tried
   * again may come with its key.
   * Errors: CONFLICT BUSY when it went to another run · JOURNAL_UNAVAILABLE.
   */
  async end(
    operation: RunningOperation,
    end:
      | { state: 'APPLIED'; outcome: unknown }
      | { state: 'FAILED'; error: AppError; lookAgainInS?: number }
      | { state: 'UNKNOWN'; last: StepEnd | null },
  ): Promise<void> {
    const run = this.runOf(operation);
    if (end.state === 'UNKNOWN') {
      run.last = end.last;
      return this.close(operation, run, { state: 'UNKNOWN', lookInMs: 0 });
    }
    if (end.state === 'APPLIED')
      return this.close(operation, run, { state: 'APPLIED', outcome: JSON.stringify(end.outcome) ?? 'null' });
    const { error, lookAgainInS = null } = end;
    const verdict = { state: 'FAILED' as const, problem: problemOf(error), releaseKey: isTransient(error) };
    return this.close(operation, run, { ...verdict, lookAgainInS });
  }

  private runOf({ start, action }: RunningOperation): Run {
    const { database, settings } = this.core;
    return new Run(database.db, { ...start, action }, settings, (keeping) => keepMore(this.core, start, keeping));
  }

  /** Makes an operation wait for OZmap (again). False when nothing tells what its caller may see. */
  async wait(operation: RunningOperation): Promise<boolean> {
    return this.queue(operation, this.runOf(operation));
  }

  private async leave<T>(
    operation: RunningOperation,
    run: Run,
    verdict: Verdict,
    error: unknown,
  ): Promise<Recorded<T>> {
    const { operationId, runId } = operation.start;
    if (verdict.state !== 'QUEUED') {
      await this.close(operation, run, verdict);
      throw verdict.thrown;
    }
    if (operation.whenAway === 'forget') {
      await forgetRun(this.core.database.db, { operationId, runId }, leaseChannel(this.core.database.schema));
      throw error;
    }
    if (operation.whenAway === 'fail' || !(await this.queue(operation, run))) {
      await this.close(operation, run, { state: 'FAILED', problem: problemOf(error), releaseKey: true });
      throw error;
    }
    return { state: 'QUEUED', outcome: null, operationId };
  }

  /** False when nothing tells what the caller may see: such a command cannot be carried out later in the caller's name. */
  private async queue(operation: RunningOperation, run: Run): Promise<boolean> {
    const { operationId: id, runId } = operation.start;
    try {
      return await this.core.database.transact(async (trx) => {
        const row = await trx.selectFrom('operation').select('scope').where('id', '=', id).executeTakeFirst();
        if (!row?.scope) return false;
        const closing = closingOf(this.core, { operation, run }, { state: 'QUEUED' });
        const mine = await closeRun(trx, { operationId: id, runId }, closing, leaseChannel(this.core.database.schema));
        if (!mine) throw new RunStoppedError('the operation went to another run');
        return true;
      });
    } catch (cause) {
      if (cause instanceof RunStoppedError) throw cause;
      this.unclosed.set(runId, id);
      throw new JournalUnavailableError('the command could not be kept for later', [], { cause });
    }
  }

  private async close(
    operation: RunningOperation,
    run: Run,
    end: Partial<Closing> & Pick<Closing, 'state'>,
  ): Promise<void> {
    const { core } = this;
    const { operationId, runId } = operation.start;
    const wrote = run.done > 0 || run.inDoubt;
    let mine: boolean;
    try {
      const { db, schema } = core.database;
      const closing = closingOf(core, { operation, run }, end);
      mine = await closeRun(db, { operationId, runId }, closing, leaseChannel(schema));
    } catch (cause) {
      this.unclosed.set(runId, operationId);
      core.logger.error({ ...faultOf(cause), operationId }, 'the end of an operation could not be recorded');
      if (wrote) throw new OutcomeUnknownError('the end of the operation could not be recorded', [], { cause });
      throw new JournalUnavailableError('the end of the operation could not be recorded', [], { cause });
    }
    if (mine && isFinished(end.state)) core.observer.finished({ action: operation.action, state: end.state });
    if (mine) return;
    if (wrote) throw new OutcomeUnknownError('another run goes on with this operation');
    throw new RunStoppedError('the operation went to another run');
  }
}
