import { UpstreamUnavailableError } from '../../errors/app-error.js';
import { newId } from '../../store/ids.js';
import type { Core } from '../core.js';
import { leaseChannel } from '../leases/notifier.js';
import type { Runner } from '../runs/runner.js';
import { closingOnly } from '../runs/running.js';
import { findOperation, type OperationRow } from '../sql/open.js';
import { findAbandoned, findUnheld, takeOver } from '../sql/recover.js';
import { stepsSoFar } from '../sql/steps.js';

const LIMIT = 100;

/** Takes over what a dead process, or this one, left open, so that every operation comes to an end. */
export class Recovery {
  /** Runs of this process that nobody was at work on, and since when: `performance.now()`. */
  private unheld = new Map<string, number>();

  constructor(
    private readonly core: Core,
    private readonly runner: Runner,
  ) {}

  /** `deadAfterMs`: 0 at the start on a database that is ours alone, where nobody else can be alive. */
  async recover(deadAfterMs: number): Promise<number> {
    const { database, processId } = this.core;
    const abandoned = await findAbandoned(database.db, { processId, deadAfterMs, limit: LIMIT });
    for (const row of abandoned) await this.claim(row, row.run_id);
    return abandoned.length;
  }

  /** Closes runs of this very process whose end could not be written while the database was away. */
  async closeOwn(): Promise<void> {
    const { db } = this.core.database;
    for (const [runId, operationId] of this.runner.unclosed) {
      const row = await findOperation(db, operationId);
      if (row) await this.claim(row, runId);
      this.runner.unclosed.delete(runId);
    }
  }

  /**
   * Takes up what this very process opened and lost again, as where the answer to a COMMIT was cut off. Not at once: between its opening
   * and its run, and while it is being closed, nobody is at work on it either.
   */
  async recoverOwn(): Promise<void> {
    const { database, processId, leaseRenewer, settings } = this.core;
    const rows = await findUnheld(database.db, { processId, held: leaseRenewer.held, limit: LIMIT });
    const now = performance.now();
    const before = this.unheld;
    this.unheld = new Map(rows.map(({ run_id }) => [run_id ?? '', before.get(run_id ?? '') ?? now]));
    for (const row of rows)
      if (now - (this.unheld.get(row.run_id ?? '') ?? now) > settings.leaseTtlMs) await this.claim(row, row.run_id);
  }

  /**
   * Nothing was sent when there is no step, because the intent comes first: such an operation waits on, or failed without a trace. Any other
   * is found out by reading.
   */
  private async claim(row: OperationRow, runId: string | null): Promise<void> {
    if (!runId) return;
    const { database, processId } = this.core;
    const newRunId = newId();
    // What stands there now: the run that we take it from may have written since the row was read.
    const change = { operationId: row.id, runId, newRunId, processId };
    const taken = await takeOver(database.db, change, leaseChannel(database.schema));
    if (!taken) return;
    const steps = await stepsSoFar(database.db, row.id);
    const operation = closingOnly(taken, { runId: newRunId, steps });
    this.core.logger.warn({ operationId: row.id, steps: steps.count }, 'an operation was left open and is taken over');
    if (steps.count > 0) {
      const { sent } = steps;
      const last = sent === null ? null : { seq: sent, outcome: 'UNKNOWN' as const, status: null, durationMs: null };
      await this.runner.end(operation, { state: 'UNKNOWN', last });
      return;
    }
    const waits = taken.queued_at !== null || this.core.commands.isDurable(taken.action);
    if (!waits || !(await this.runner.wait(operation))) {
      const error = new UpstreamUnavailableError('not applied: the service left it before anything was sent');
      await this.runner.end(operation, { state: 'FAILED', error });
    }
  }
}
