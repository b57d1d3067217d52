import type { Actor } from '../../domain/actor.js';
import { AppError, type ErrorCode } from '../../errors/app-error.js';
import type { Commands } from '../commands.js';
import type { Core } from '../core.js';
import type { Recorder } from '../runs/recorder.js';
import { claimExpired, postponeExpiry, settleExpiry } from '../sql/expiry.js';
import type { OperationRow } from '../sql/open.js';

/** Who withdraws what nobody activated. */
const SYSTEM: Actor = { ownerId: 'system', ownerName: 'system', cntUser: null };
/** As many at a tick. */
const LIMIT = 50;
/** One withdrawal takes less than this. Should it take longer, the contract's lease keeps the other process from it. */
const CLAIM_MS = 60_000;
const MAX_PAUSE_MS = 6 * 3_600_000;
/** About a day and a half. What OZmap refuses for so long, it refuses for good. */
const MAX_TRIES = 16;

/** After these nothing is left to withdraw, or nothing that is ours. */
const SETTLED: ReadonlySet<ErrorCode> = new Set(['NOT_FOUND', 'CONFLICT', 'BAD_USER_INPUT']);
/** These say nothing about the reservation: OZmap or the journal is away. */
const AWAY: ReadonlySet<ErrorCode> = new Set(['UPSTREAM_UNAVAILABLE', 'JOURNAL_UNAVAILABLE']);
/** Somebody is at work on the contract. */
const BUSY: ReadonlySet<string> = new Set(['BUSY', 'IN_PROGRESS']);

/** How a try ended: nothing more to do; not its turn yet; tried in vain. */
type Tried = 'settled' | 'away' | 'busy' | 'failed';

/** Ends reservations made here when their time is over. Others' reservations are never touched. */
export class Expiry {
  constructor(
    private readonly core: Core,
    private readonly recorder: Recorder,
    private readonly commands: Commands,
  ) {}

  async expire(): Promise<void> {
    const { database, signal } = this.core;
    for (let count = 0; count < LIMIT && !signal.aborted; count += 1) {
      const row = await claimExpired(database.db, CLAIM_MS);
      if (!row) return;
      const tried = await this.withdraw(row);
      await this.goOn(row, tried);
      if (tried === 'away') return;
    }
  }

  /** Only what was tried in vain is tried less and less often: who waits for OZmap is not punished for it. */
  private async goOn(row: OperationRow, tried: Tried): Promise<void> {
    const { database, logger, settings } = this.core;
    const tries = tried === 'failed' ? row.expiry_tries + 1 : row.expiry_tries;
    if (tries >= MAX_TRIES) logger.warn({ operationId: row.id, tries }, 'an expired reservation is given up');
    if (tried === 'settled' || tries >= MAX_TRIES) return settleExpiry(database.db, row.id);
    const doublings = tried === 'failed' ? row.expiry_tries : 0;
    const inMs = Math.min(MAX_PAUSE_MS, settings.expiryRetryMs * 2 ** doublings);
    await postponeExpiry(database.db, row.id, { inMs, tries });
  }

  /**
   * As an operation of its own at each try, under the contract's lease. Whoever activated it in OZmap, or made another one under the same code,
   * is left alone.
   */
  private async withdraw(row: OperationRow): Promise<Tried> {
    const { contract_code: contractCode, made_client_id: clientId } = row;
    if (contractCode === null || clientId === null) return 'settled';
    const input = { contractCode, onlyClientId: clientId };
    const request = {
      action: 'reservation.withdraw' as const,
      contractCode,
      input,
      idempotencyKey: null,
      actor: SYSTEM,
      token: '',
      boxIds: [],
    };
    try {
      await this.recorder.record(
        request,
        async (operation) => {
          operation.inProject(row.project_id);
          return this.commands.withdraw(input, operation);
        },
        undefined,
        { whenAway: 'forget' },
      );
      return 'settled';
    } catch (error) {
      const { code, reason = null } = error instanceof AppError ? error : { code: null };
      this.core.logger.info({ operationId: row.id, code, reason }, 'an expired reservation was not withdrawn');
      if (code === null) return 'failed';
      if (BUSY.has(reason ?? '')) return 'busy';
      if (SETTLED.has(code)) return 'settled';
      return AWAY.has(code) ? 'away' : 'failed';
    }
  }
}
