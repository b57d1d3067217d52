import { newId } from '../../store/ids.js';
import type { Core } from '../core.js';
import { busy } from '../leases/keyed-mutex.js';
import { HELD, type Leases, leaseResources } from '../leases/leases.js';
import { takeLeases } from '../sql/leases.js';
import { claimOperation, findNeighbours, type OperationRow, type Renewal } from '../sql/open.js';
import { type StepsSoFar, stepsSoFar } from '../sql/steps.js';
import { Rollback } from './rollback.js';

/** An operation claimed for another run, with its leases. `leave` gives the turn to the next in this process. */
export interface ClaimedRun {
  row: OperationRow;
  runId: string;
  leases: number;
  steps: StepsSoFar;
  leave: () => void;
}

/**
 * Why an operation was not claimed. `gone`: it is not in that state any more. `blocked`: another operation of the contract comes first, or a
 * person decides on it.
 * `superseded`: it failed, and a command that came after it was carried out on its contract.
 */
export type Unclaimed = 'gone' | 'blocked' | 'superseded';

/**
 * Claims an operation that waits, is in doubt or failed, for another run: its leases and its row in one transaction. A row that the background
 * claimed must still be under that claim.
 *
 * Errors: CONFLICT BUSY · the database's.
 */
export async function claim(
  core: Core,
  leases: Leases,
  {
    row,
    from,
    renew,
  }: { row: OperationRow & { claim?: string }; from: 'QUEUED' | 'UNKNOWN' | 'FAILED'; renew?: Renewal },
): Promise<ClaimedRun | Unclaimed> {
  if (row.held_at && !renew) return 'blocked';
  const runId = newId();
  const resources = leaseResources(row.contract_code, row.box_ids, row.kept);
  const { result, leave } = await leases.enter(resources, core.settings.leaseWaitMs, () =>
    core.database
      .transact(async (trx) => {
        const free = await takeLeases(trx, { resources, holder: runId, ttlMs: core.settings.leaseTtlMs });
        if (!free) throw instead(HELD);
        const { open, queued, lastApplied, keeper } = await findNeighbours(trx, {
          contractCode: row.contract_code,
          ownerId: row.owner_id,
          key: null,
          resources,
          id: row.id,
        });
        const first = from === 'FAILED' ? (open ?? queued) : open;
        if (first && first.id !== row.id) throw instead('blocked');
        // Since it failed, what it kept is for others too.
        if (from === 'FAILED' && keeper) throw busy();
        // Ids are in order of time. What it was to do fits a contract that is not there any more.
        if (from === 'FAILED' && lastApplied && lastApplied.id > row.id) throw instead('superseded');
        const claimed = await claimOperation(trx, {
          id: row.id,
          from,
          claim: row.claim,
          runId,
          processId: core.processId,
          renew,
        });
        if (!claimed) throw instead('gone');
        return { row: claimed, steps: await stepsSoFar(trx, row.id) };
      })
      .catch((error: unknown) => {
        if (error instanceof Rollback) return error.instead as typeof HELD | Unclaimed;
        throw error;
      }),
  );
  if (typeof result === 'string') {
    leave();
    return result;
  }
  return { ...result, runId, leases: resources.length, leave };
}

/** Rolls the transaction back. */
function instead(why: typeof HELD | Unclaimed): Rollback<typeof HELD | Unclaimed> {
  return new Rollback(why);
}
