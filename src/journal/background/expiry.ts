import type { Actor } from '../../domain/actor.js';
import { AppError, type ErrorCode } from '../../errors/app-error.js';
import type { Commands } from '../commands.js';
import type { Core } from '../core.js';
import type { Recorder } from '../runs/recorder.js';
import { findExpired, settleExpiry } from '../sql/expiry.js';
import type { OperationRow } from '../sql/open.js';

/** Who withdraws what nobody activated. */
export const SYSTEM: Actor = { ownerId: 'system', ownerName: 'system', cntUser: null };
const LIMIT = 50;
/** After these nothing is left to withdraw, or nothing that is ours. */
const SETTLED: ReadonlySet<ErrorCode> = new Set(['NOT_FOUND', 'CONFLICT', 'BAD_USER_INPUT']);

/** Somebody is at work on the contract. */
const BUSY: ReadonlySet<string> = new Set(['BUSY', 'IN_PROGRESS']);

/** Ends reservations made here when their time is over. Others' reservations are never touched. */
export class Expiry {
  constructor(
    private readonly core: Core,
    private readonly recorder: Recorder,
    private readonly commands: Commands,
  ) {}

  async expire(): Promise<void> {
    for (const row of await findExpired(this.core.database.db, LIMIT)) {
      if (await this.withdraw(row)) await settleExpiry(this.core.database.db, row.id);
    }
  }

  /**
   * As its own operation, under the contract's lease. Whoever activated it in OZmap, or made another one under the same code, is left alone.
   * False: to be tried again.
   */
  private async withdraw(row: OperationRow): Promise<boolean> {
    const { contract_code: contractCode, made_client_id: clientId } = row;
    if (contractCode === null || clientId === null) return true;
    const request = {
      action: 'reservation.withdraw' as const,
      contractCode,
      input: { contractCode },
      idempotencyKey: `expiry:${row.id}`,
      actor: SYSTEM,
      token: '',
      boxIds: [],
    };
    try {
      await this.recorder.record(
        request,
        async (operation) => {
          operation.inProject(row.project_id);
          return this.commands.withdraw({ contractCode, clientId }, operation);
        },
        undefined,
        { whenAway: 'forget' },
      );
      return true;
    } catch (error) {
      this.core.logger.info({ err: error, operationId: row.id }, 'an expired reservation was not withdrawn');
      return error instanceof AppError && SETTLED.has(error.code) && !BUSY.has(error.reason ?? '');
    }
  }
}
