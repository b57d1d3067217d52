import { AppError, ForbiddenError, UpstreamUnavailableError } from '../../errors/app-error.js';
import { forgetToken, isTokenKnown } from '../../store/tokens/known-tokens.js';
import { type Commands, within } from '../commands.js';
import type { Core } from '../core.js';
import type { Leases } from '../leases/leases.js';
import { claim } from '../runs/claiming.js';
import type { Runner } from '../runs/runner.js';
import { queued } from '../runs/running.js';
import { type Again, backoff } from '../scheduled.js';
import { type Claimed, claimQueued } from '../sql/claims.js';
import type { OperationRow } from '../sql/open.js';
import type { Claimable } from './claimer.js';

const HOUR_MS = 3_600_000;
/** Until the operation runs: asking OZmap and waiting for the leases take less. The run has a lease of its own. */
const CLAIM_MS = 30_000;
const LIMIT = 10;
const FIRST_PAUSE_MS = 1_000;

/** Carries out what was accepted while OZmap was away: in order per contract, again and again with growing pauses. */
export class Queue implements Claimable<OperationRow> {
  readonly name = 'queue';
  readonly table = 'operation';

  constructor(
    private readonly core: Core,
    private readonly leases: Leases,
    private readonly runner: Runner,
    private readonly commands: Commands,
  ) {}

  claim(underWay: readonly unknown[]): Promise<Claimed<OperationRow>[]> {
    const { database, processId, settings } = this.core;
    const limit = LIMIT - underWay.length;
    const { known } = this.commands;
    return claimQueued(database.db, { known, processId, deadAfterMs: settings.deadAfterMs, claimMs: CLAIM_MS, limit });
  }

  /** Errors: UPSTREAM_UNAVAILABLE, before anything of the operation has changed · the database's. */
  async attempt(row: Claimed<OperationRow>): Promise<Again | null> {
    const refusal = await this.findRefusal(row);
    const claimed = await claim(this.core, this.leases, { row, from: 'QUEUED' });
    // Another operation of the contract came first.
    if (typeof claimed === 'string') return this.afterFailure(row);
    try {
      const operation = queued(claimed);
      if (refusal) await this.runner.end(operation, { state: 'FAILED', error: refusal });
      else await this.runner.execute(operation, (context) => this.commands.run(claimed.row, context));
    } catch (error) {
      // It is closed with this error, or the recovery closes it.
      if (!(error instanceof AppError)) throw error;
    } finally {
      claimed.leave();
    }
    return null;
  }

  afterFailure({ attempts }: Claimed<OperationRow>): Again {
    return {
      inMs: backoff(attempts, { firstMs: FIRST_PAUSE_MS, maxMs: this.core.settings.queueRetryMaxS * 1_000 }),
    };
  }

  /**
   * Why the operation must not be carried out: it waited too long, or the background's token or the caller's own sees less than the caller did.
   * Errors: UPSTREAM_UNAVAILABLE.
   */
  private async findRefusal({ scope, token_hash, queued_at }: OperationRow): Promise<AppError | null> {
    if (queued_at && Date.now() - queued_at.getTime() > this.core.settings.queueMaxAgeHours * HOUR_MS)
      return new UpstreamUnavailableError('OZmap did not come back in time');
    if (!within(scope, await this.commands.backgroundProjectIds()))
      return new ForbiddenError('the background token sees fewer projects than the caller did');
    const { db } = this.core.database;
    const caller = await this.commands.checkToken(token_hash);
    if (caller.kind === 'refused') await forgetToken(db, token_hash);
    if (caller.kind === 'refused' || !(await isTokenKnown(db, token_hash)))
      return new ForbiddenError('OZmap does not accept the caller\u2019s token any more');
    if (caller.kind === 'accepted' && !within(scope, caller.projectIds))
      return new ForbiddenError('the caller sees fewer projects than when the command was accepted');
    return null;
  }
}
