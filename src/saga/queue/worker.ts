import { AppError, ForbiddenError, JournalUnavailableError, UpstreamUnavailableError } from '../../errors/app-error.js';
import { forgetToken, isTokenKnown } from '../../store/tokens.js';
import type { Commands } from '../commands.js';
import type { Core } from '../core.js';
import type { Leases } from '../leases/leases.js';
import { type Claimed, claim } from '../runs/claiming.js';
import type { RunningOperation } from '../runs/run.js';
import type { Runner } from '../runs/runner.js';
import { within } from '../scope.js';
import { isAlive } from '../sql/alive.js';
import { findNextQueued, findOperation, type OperationRow } from '../sql/open.js';

const HOUR_MS = 3_600_000;

/** Carries out what was accepted while OZmap was away. */
export class QueueWorker {
  constructor(
    private readonly core: Core,
    private readonly leases: Leases,
    private readonly runner: Runner,
    private readonly commands: Commands,
  ) {}

  /**
   * One turn of a job: the oldest operation of its contract that waits, which need not be the one the job was made for. Each operation has a
   * job, so all get their turn, and the order is that of the journal whatever was resumed in between.
   */
  async handle(operationId: string): Promise<'done' | 'again'> {
    const { db } = this.core.database;
    const mine = await findOperation(db, operationId);
    const next = mine && (await findNextQueued(db, mine));
    // In a run, or found out: it may yet come back to the queue, and its job must be there then.
    if (!next) return mine && isOpen(mine) ? 'again' : 'done';
    const forbidden = this.isTooOld(next) ? null : await this.findForbidden(next);
    if (forbidden === 'not ours') return 'again';
    const claimed = await claim(this.core, this.leases, { row: next, from: 'QUEUED' });
    // Behind another, or taken by another: this job comes back for what is left of the contract.
    if (typeof claimed === 'string') return 'again';
    try {
      if (this.isTooOld(claimed.row))
        return await this.fail(claimed, new UpstreamUnavailableError('OZmap did not come back in time'));
      if (forbidden) return await this.fail(claimed, forbidden);
      return await this.run(claimed);
    } finally {
      claimed.leave();
    }
  }

  private isTooOld({ queued_at }: OperationRow): boolean {
    return !!queued_at && Date.now() - queued_at.getTime() > this.core.settings.queueMaxAgeHours * HOUR_MS;
  }

  /**
   * What forbids the background's token to act for the caller now: that it, or the caller's own token, sees less than the caller did.
   * `not ours`: the process that accepted the command lives, and can ask with the caller's token.
   * Errors: UPSTREAM_UNAVAILABLE, so that a dead OZmap is noticed before anything is claimed.
   */
  private async findForbidden({
    scope,
    token_hash,
    queued_by,
  }: OperationRow): Promise<ForbiddenError | 'not ours' | null> {
    if (!within(scope, await this.commands.backgroundProjectIds()))
      return new ForbiddenError('the background token sees fewer projects than the caller did');
    const { db } = this.core.database;
    const caller = await this.commands.checkToken(token_hash);
    if (caller.kind === 'unknown' && queued_by !== null && queued_by !== this.core.processId) {
      if (await isAlive(db, queued_by, this.core.settings.deadAfterMs)) return 'not ours';
    }
    if (caller.kind === 'refused') await forgetToken(db, token_hash);
    if (caller.kind === 'refused' || !(await isTokenKnown(db, token_hash)))
      return new ForbiddenError('OZmap does not accept the caller\u2019s token any more');
    if (caller.kind === 'accepted' && !within(scope, caller.projectIds))
      return new ForbiddenError('the caller sees fewer projects than when the command was accepted');
    return null;
  }

  private async run({ row, start }: Claimed): Promise<'done' | 'again'> {
    try {
      const recorded = await this.runner.execute(running(row, start), (context) => this.commands.run(row, context));
      return recorded.state === 'QUEUED' ? 'again' : 'done';
    } catch (error) {
      // The operation is closed with it, unless the journal itself failed.
      return error instanceof AppError && !(error instanceof JournalUnavailableError) ? 'done' : 'again';
    }
  }

  private async fail({ row, start }: Claimed, error: AppError): Promise<'done'> {
    await this.runner.end(running(row, start), { state: 'FAILED', error });
    return 'done';
  }
}

function isOpen({ state }: OperationRow): boolean {
  return state === 'PENDING' || state === 'UNKNOWN';
}

function running(row: OperationRow, start: RunningOperation['start']): RunningOperation {
  return {
    start,
    action: row.action,
    contractCode: row.contract_code,
    requestedAt: row.requested_at,
    queueable: true,
    whenAway: 'requeue',
  };
}
