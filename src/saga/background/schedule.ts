import type { Actor } from '../../domain/actor.js';
import { AppError } from '../../errors/app-error.js';
import type { Commands } from '../commands.js';
import type { Core } from '../core.js';
import type { Recorder } from '../runs/recorder.js';
import type { Again, ScheduledWork } from '../scheduled.js';
import { appliedSince, type Claimed, claimApplied, settle } from '../sql/claims.js';
import type { OperationRow } from '../sql/open.js';
import type { Claimable } from './claimer.js';

/** In whose name scheduled work is done. */
const SYSTEM: Actor = { ownerId: 'system', ownerName: 'system', cntUser: null };
/** One command takes less. Should it take longer, the contract's lease keeps another process from it. */
const CLAIM_MS = 60_000;

/** Carries out scheduled work, each attempt as an operation of its own under the contract's lease, one at a time. */
export class Schedule implements Claimable<OperationRow> {
  readonly name = 'schedule';
  readonly table = 'operation';

  constructor(
    private readonly core: Core,
    private readonly recorder: Recorder,
    private readonly commands: Commands,
  ) {}

  async claim(underWay: readonly unknown[]): Promise<Claimed<OperationRow>[]> {
    if (underWay.length > 0) return [];
    const actions = this.core.scheduled.map(({ after }) => after);
    return claimApplied(this.core.database.db, { actions, claimMs: CLAIM_MS, limit: 1 });
  }

  async attempt(row: Claimed<OperationRow>): Promise<Again | null> {
    const { db } = this.core.database;
    const work = this.workAfter(row);
    const operation = { contractCode: row.contract_code, madeId: row.made_client_id };
    const next = work?.next(operation, await appliedSince(db, row.id));
    if (next) await this.carryOut(row, next);
    await settle(db, row);
    return null;
  }

  /** What its command refuses is judged by the work itself. */
  async afterFailure(row: Claimed<OperationRow>, error: unknown): Promise<Again | null> {
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
    return this.core.scheduled.find(({ after }) => after === action);
  }

  private async carryOut(row: OperationRow, { action, input }: NonNullable<ReturnType<ScheduledWork['next']>>) {
    const { contract_code: contractCode, project_id } = row;
    await this.recorder.record(
      { action, contractCode, input, idempotencyKey: null, actor: SYSTEM, token: '', boxIds: [] },
      async (operation) => {
        operation.inProject(project_id);
        return this.commands.start(action, input, operation);
      },
      undefined,
      { whenAway: 'forget' },
    );
  }
}
