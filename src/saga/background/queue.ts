import { AppError, ForbiddenError, UpstreamUnavailableError } from '../../errors/app-error.js';
import { forgetToken, isTokenKnown } from '../../store/tokens/known-tokens.js';
import { within } from '../commands.js';
import type { Core } from '../core.js';
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
    private readonly runner: Runner,
  ) {}

  claim(underWay: readonly unknown[]): Promise<Claimed<OperationRow>[]> {
    const { database, processId, settings, commands } = this.core;
    const { deadAfterMs } = settings;
    const limit = LIMIT - underWay.length;
    return claimQueued(database.db, { known: commands.known, processId, deadAfterMs, claimMs: CLAIM_MS, limit });
  }

  /** Errors: UPSTREAM_UNAVAILABLE, before anything of the operation has changed · the database's. */
  async attempt(row: Claimed<OperationRow>): Promise<Again | null> {
    const refusal = await this.findRefusal(row);
    const claimed = await claim(this.core, { row, from: 'QUEUED' });
    // Another operation of the contract came first.
    if (typeof claimed === 'string') return this.afterFailure(row);
    try {
      const operation = queued(claimed);
      if (refusal) await this.runner.end(operation, { state: 'FAILED', error: refusal });
      else await this.runner.execute(operation, (context) => this.core.commands.run(claimed.row, context));
    } catch (error) {
      // It is closed with this error, or the recovery closes it.
      if (!(error instanceof AppError)) throw error;
    } finally {
      claimed.leave();
    }
    return null;
  }

  afterFailure({ attempts }: Claimed<OperationRow>): Again {
    const maxMs = this.core.settings.queueRetryMaxS * 1_000;
    return { inMs: backoff(attempts, { firstMs: FIRST_PAUSE_MS, maxMs }) };
  }

  /**
   * Why the operation must not be carried out: it waited too long, or the background's token or the caller's own sees less than the caller did.
   * Errors: UPSTREAM_UNAVAILABLE.
   */
  private async findRefusal({ scope, token_hash, queued_at }: OperationRow): Promise<AppError | null> {
    const { settings, database, commands } = this.core;
    if (queued_at && Date.now() - queued_at.getTime() > settings.queueMaxAgeHours * HOUR_MS)
      return new UpstreamUnavailableError('OZmap did not come back in time');
    if (!within(scope, await commands.backgroundProjectIds()))
      return new ForbiddenError('the background token sees fewer projects than the caller did');
    const { db } = database;
    const caller = await commands.checkToken(token_hash);
    if (caller.kind === 'refused') await forgetToken(db, token_hash);
    if (caller.kind === 'refused' || !(await isTokenKnown(db, token_hash)))
      return new ForbiddenError('OZmap does not accept the caller\u2019s token any more');
    if (caller.kind === 'accepted' && !within(scope, caller.projectIds))
      return new ForbiddenError('the caller sees fewer projects than when the command was accepted');
    return null;
  }
}
