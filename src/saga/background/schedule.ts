import { SYSTEM } from '../../domain/operation.js';
import { AppError, NotFoundError } from '../../errors/app-error.js';
import type { Core } from '../core.js';
import { warningsOf } from '../outbox/event.js';
import type { Recorder } from '../runs/recorder.js';
import type { Again, ScheduledWork } from '../scheduled.js';
import { type AppliedRow, appliedSince, type Claimed, claimApplied, settle } from '../sql/claims.js';
import { settleUntilDue } from '../sql/deliveries.js';
import type { OperationRow } from '../sql/open.js';
import type { Claimable } from './claimer.js';

/** One command takes less. Should it take longer, the contract's lease keeps another process from it. */
const CLAIM_MS = 60_000;

/** Carries out scheduled work, each attempt as an operation of its own under the contract's lease, one at a time. */
export class Schedule implements Claimable<AppliedRow> {
  readonly name = 'schedule';
  readonly table = 'operation';

  constructor(
    private readonly core: Core,
    private readonly recorder: Recorder,
  ) {}

  async claim(underWay: readonly unknown[]): Promise<Claimed<AppliedRow>[]> {
    if (underWay.length > 0) return [];
    const actions = this.core.scheduled.flatMap(({ after }) => after);
    return claimApplied(this.core.database.db, { actions, claimMs: CLAIM_MS, limit: 1 });
  }

  async attempt(row: Claimed<AppliedRow>): Promise<Again | null> {
    const { database, receivers } = this.core;
    const { db } = database;
    const next = await this.nextAfter(row);
    // Claimed before its time to warn of it.
    if (next && row.is_early) await settleUntilDue(db, row, warningsOf(row, receivers()));
    else {
      if (next) await this.carryOut(row, next);
      await settle(db, row);
    }
    return null;
  }

  /** What its command refuses is judged by the work itself. */
  async afterFailure(row: Claimed<AppliedRow>, error: unknown): Promise<Again | null> {
    const { logger, database } = this.core;
    const { code, reason = null } = error instanceof AppError ? error : { code: null };
    logger.info({ operationId: row.id, code, reason }, 'scheduled work was not done');
    const again = this.workAfter(row)?.afterFailure(error, row.attempts) ?? 'settled';
    if (typeof again === 'object') return again;
    if (again === 'given up')
      logger.warn({ operationId: row.id, attempts: row.attempts }, 'scheduled work is given up');
    await settle(database.db, row);
    return null;
  }

  private workAfter({ action }: OperationRow): ScheduledWork | undefined {
    return this.core.scheduled.find(({ after }) => after.includes(action));
  }

  private async nextAfter(row: OperationRow): Promise<ReturnType<ScheduledWork['next']>> {
    const operation = { contractCode: contractOf(row), madeId: row.made_client_id };
    const since = await appliedSince(this.core.database.db, row.id);
    return this.workAfter(row)?.next(operation, since) ?? null;
  }

  private async carryOut(row: OperationRow, { action, input }: NonNullable<ReturnType<ScheduledWork['next']>>) {
    const { project_id } = row;
    const contractCode = contractOf(row);
    await this.recorder.record(
      { action, contractCode, input, idempotencyKey: null, actor: SYSTEM, token: '', boxIds: [] },
      async (operation) => {
        operation.inProject(project_id);
        // The contract is ours alone now: whoever had it until now may have made this needless.
        if (!(await this.nextAfter(row))) throw new NotFoundError('reservation', contractCode ?? '');
        return this.core.commands.start(action, input, operation);
      },
      undefined,
      'forget',
    );
  }
}

/** Whose reservation it is by now. */
function contractOf({ contract_code, to_contract_code }: OperationRow): string | null {
  return to_contract_code ?? contract_code;
}
