import {
  type AppError,
  ForbiddenError,
  OutcomeUnknownError,
  UpstreamUnavailableError,
} from '../../errors/app-error.js';
import { newId } from '../../store/ids.js';
import type { Look } from '../command.js';
import { canSee } from '../commands.js';
import type { Core } from '../core.js';
import { faultOf } from '../fault.js';
import { claim } from '../runs/claiming.js';
import type { Runner } from '../runs/runner.js';
import { closingOnly, type RunningOperation, resumed } from '../runs/running.js';
import { type Again, backoff } from '../scheduled.js';
import { claimUnknown, type UnknownOperation, type UnknownRow } from '../sql/claims.js';
import { claimOperation, type OperationRow } from '../sql/open.js';
import { stepsSoFar } from '../sql/steps.js';
import type { Claimable } from './claimer.js';

/** Most looks take less; two at once do no harm, and one cut off by a crash must not hold up the next for long. */
const CLAIM_MS = 15_000;
const MAX_PAUSE_MS = 10_000;
const LIMIT = 20;
const FIRST_PAUSE_MS = 1_000;
/** An operation is not given up before it was looked at so often, however old it is. */
const MIN_LOOKS = 100;
const HOUR_S = 3_600;

/** Reconciles operations in doubt: reads what became of writes whose answer was lost, and ends their operations. */
export class Reconciler implements Claimable<UnknownOperation> {
  readonly name = 'reconciler';
  readonly table = 'operation';

  constructor(
    private readonly core: Core,
    private readonly runner: Runner,
  ) {}

  claim(underWay: readonly unknown[]): Promise<UnknownRow[]> {
    const { database, commands } = this.core;
    const limit = LIMIT - underWay.length;
    return claimUnknown(database.db, { known: commands.known, claimMs: CLAIM_MS, limit });
  }

  async attempt(row: UnknownRow): Promise<Again | null> {
    // Who does not see the client would take it for gone.
    if (!canSee(row, await this.core.commands.backgroundProjectIds())) {
      this.core.logger.warn({ operationId: row.id }, 'the background token sees too little to find out an outcome');
      const error = new ForbiddenError('the background token sees fewer projects than the caller did');
      return this.later(row, MAX_PAUSE_MS, error);
    }
    const pauseMs = await this.judge(row, await this.core.commands.look(row));
    return pauseMs === null ? null : this.later(row, pauseMs);
  }

  /** OZmap away, or an answer we do not understand: no verdict, whatever the time that passed. */
  afterFailure(row: UnknownRow): Promise<Again | null> {
    return this.later(row, MAX_PAUSE_MS);
  }

  /** `error`: what it ends with once it is too old to be looked at again. */
  private async later(
    row: UnknownRow,
    atMostMs: number,
    error: AppError = new OutcomeUnknownError('could not be found out in time'),
  ): Promise<Again | null> {
    const old = Date.now() - row.requested_at.getTime() > this.core.settings.queueMaxAgeHours * HOUR_S * 1_000;
    if (!old || row.attempts <= MIN_LOOKS)
      return { inMs: backoff(row.attempts, { firstMs: FIRST_PAUSE_MS, maxMs: atMostMs }) };
    await this.close(row, (operation) => this.runner.end(operation, { state: 'FAILED', error }), true);
    return null;
  }

  /** Null once the operation has ended; otherwise the longest pause before the next look, in milliseconds. */
  private async judge(row: UnknownRow, look: Look<unknown>): Promise<number | null> {
    if (look.seen === 'applied') {
      await this.close(row, (operation) => this.runner.end(operation, { state: 'APPLIED', outcome: look.outcome }));
      return null;
    }
    const { inDoubt } = await stepsSoFar(this.core.database.db, row.id);
    // OZmap may still apply an unanswered write: neither "not applied" nor another write before it had its time.
    const leftS = inDoubt === 0 ? 0 : this.core.settings.outcomeSettleS - row.quiet_s;
    if (leftS > 0) return Math.min(MAX_PAUSE_MS, leftS * 1_000);
    if (look.seen === 'partly') return (await this.goOn(row)) ? null : MAX_PAUSE_MS;
    await this.close(row, (operation) => this.notApplied(row, operation));
    return null;
  }

  /** What was accepted to be carried out later is carried out later still; for any other it is the caller's turn. */
  private async notApplied(row: OperationRow, operation: RunningOperation): Promise<void> {
    const waits = row.queued_at !== null || this.core.commands.isDurable(row.action);
    if (waits && (await this.runner.wait(operation))) return;
    const error = new UpstreamUnavailableError('not applied: OZmap answered nothing, and nothing was seen of it since');
    // It may have been a paused process that had not sent it yet.
    await this.runner.end(operation, { state: 'FAILED', error, lookAgainInS: this.core.settings.lookAgainS });
  }

  /** Runs the command again, under its leases: it reads what is there and does the rest. */
  private async goOn(row: UnknownRow): Promise<boolean> {
    const claimed = await claim(this.core, { row, from: 'UNKNOWN' });
    if (typeof claimed === 'string') return claimed === 'gone';
    try {
      await this.runner.execute(resumed(claimed), (context) => this.core.commands.run(claimed.row, context));
    } catch (error) {
      this.core.logger.warn({ ...faultOf(error), operationId: row.id }, 'a resumed operation did not end well');
    } finally {
      claimed.leave();
    }
    return true;
  }

  /** Closing takes no lease: nothing is written to OZmap, and the contract is closed to others while the operation is unknown. */
  private async close(
    row: UnknownRow,
    end: (operation: RunningOperation) => Promise<void>,
    hasUnresolvedWrite = false,
  ): Promise<void> {
    const runId = newId();
    const { database, processId } = this.core;
    const { id, claim } = row;
    const claimed = await claimOperation(database.db, { id, from: 'UNKNOWN', claim, runId, processId });
    if (!claimed) return;
    const steps = await stepsSoFar(database.db, id);
    await end(closingOnly(claimed, { runId, steps, hasUnresolvedWrite }));
  }
}
