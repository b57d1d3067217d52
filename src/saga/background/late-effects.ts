import { canSee } from '../commands.js';
import type { Core } from '../core.js';
import { faultOf } from '../fault.js';
import { deliveriesOf } from '../outbox/event.js';
import { described } from '../runs/running.js';
import { type ClosedRow, claimClosed, lookedAgain, recordLateEffect } from '../sql/look-again.js';

const CLAIM_MS = 60_000;
/** So many at a tick, one after the other: nobody waits for them. */
const LIMIT = 10;
/** What these make is known by its own mark or place, whatever was carried out on the contract since. */
const KNOWN_BY_ITS_OWN: ReadonlySet<string> = new Set(['port.reserve', 'client.relocate']);

/**
 * Looks once more at what was closed as not applied: after a start, and a day after its end. What is there by then is told as an event of its
 * own and shown with the operation; it is not undone, and the operation stays FAILED.
 */
export class LateEffects {
  constructor(private readonly core: Core) {}

  async look(): Promise<void> {
    const { database, settings, commands, logger } = this.core;
    const afterS = settings.lookAgainS;
    const due = await claimClosed(database.db, { claimMs: CLAIM_MS, limit: LIMIT, afterS });
    if (due.length === 0) return;
    const projectIds = await commands.backgroundProjectIds();
    for (const row of due) {
      try {
        if (await this.isThere(row, projectIds)) await this.tell(row);
        else await lookedAgain(database.db, row.id, { last: row.last || !row.input || row.superseded, afterS });
      } catch (error) {
        logger.warn({ ...faultOf(error), operationId: row.id }, 'a closed operation could not be looked at again');
      }
    }
  }

  private async isThere(row: ClosedRow, projectIds: readonly string[]): Promise<boolean> {
    if (!row.input || !canSee(row, projectIds)) return false;
    const { commands } = this.core;
    if (!row.superseded) return (await commands.look(row)).seen !== 'absent';
    return KNOWN_BY_ITS_OWN.has(row.action) && (await commands.look(row)).seen === 'applied';
  }

  private async tell(row: ClosedRow): Promise<void> {
    const { database, receivers, logger } = this.core;
    const operation = {
      ...described(row),
      operationId: row.id,
      projectId: row.project_id,
      state: 'FAILED' as const,
      problem: row.problem,
      outcome: null,
      hasWritten: true,
      expiresAt: null,
    };
    const late = { finishedAt: row.finished_at ?? new Date() };
    if (await recordLateEffect(database.db, row.id, deliveriesOf(operation, receivers(), late)))
      logger.warn({ operationId: row.id }, 'an operation that was closed as not applied took effect late');
  }
}
