import type { Kysely } from 'kysely';
import { newId } from '../../store/ids.js';
import type { Tables } from '../../store/tables.js';
import { type Core, orInstead, Rollback } from '../core.js';
import { busy } from '../leases/keyed-mutex.js';
import { HELD, leaseResources } from '../leases/leases.js';
import { takeLeases } from '../sql/leases.js';
import { claimOperation, findNeighbours, type OperationRow, type Renewal } from '../sql/open.js';
import { type StepsSoFar, stepsSoFar } from '../sql/steps.js';

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

/** Which operation, from which state, and for whom, where a person asked. A row that the background claimed must still be under that claim. */
interface Wanted {
  row: OperationRow & { claim?: string };
  from: 'QUEUED' | 'UNKNOWN' | 'FAILED';
  renew?: Renewal;
}

/**
 * Claims an operation that waits, is in doubt or failed, for another run: its leases and its row in one transaction.
 *
 * Errors: CONFLICT BUSY · the database's.
 */
export async function claim(core: Core, wanted: Wanted): Promise<ClaimedRun | Unclaimed> {
  const { row, renew } = wanted;
  if (row.held_at && !renew) return 'blocked';
  const runId = newId();
  const resources = leaseResources({
    contractCode: row.contract_code,
    newContractCode: row.to_contract_code,
    boxIds: row.box_ids,
    keeps: row.kept,
  });
  const { result, leave } = await core.leases.enter(resources, core.settings.leaseWaitMs, () =>
    orInstead<Awaited<ReturnType<typeof claimIn>> | typeof HELD | Unclaimed>(
      core.database.transact((trx) => claimIn(trx, core, wanted, { runId, resources })),
    ),
  );
  if (typeof result === 'string') {
    leave();
    return result;
  }
  return { ...result, runId, leases: resources.length, leave };
}

/** Errors: Rollback with what to answer instead · CONFLICT BUSY. */
async function claimIn(
  trx: Kysely<Tables>,
  { settings, processId }: Core,
  { row, from, renew }: Wanted,
  { runId, resources }: { runId: string; resources: readonly string[] },
): Promise<{ row: OperationRow; steps: StepsSoFar }> {
  const { id, contract_code, to_contract_code, owner_id: ownerId, claim } = row;
  const contractCodes = [contract_code, to_contract_code];
  const free = await takeLeases(trx, { resources, holder: runId, ttlMs: settings.leaseTtlMs });
  if (!free) throw instead(HELD);
  const neighbours = await findNeighbours(trx, { contractCodes, ownerId, key: null, resources, id });
  const first = from === 'FAILED' ? (neighbours.open ?? neighbours.queued) : neighbours.open;
  if (first && first.id !== id) throw instead('blocked');
  if (from === 'FAILED') assertStillWanted(id, neighbours);
  const claimed = await claimOperation(trx, { id, from, claim, runId, processId, renew });
  if (!claimed) throw instead('gone');
  return { row: claimed, steps: await stepsSoFar(trx, id) };
}

function assertStillWanted(id: string, { keeper, lastApplied }: Awaited<ReturnType<typeof findNeighbours>>): void {
  // Since it failed, what it kept is for others too.
  if (keeper) throw busy();
  // Ids are in order of time. What it was to do fits a contract that is not there any more.
  if (lastApplied && lastApplied.id > id) throw instead('superseded');
}

/** Rolls the transaction back. */
function instead(why: typeof HELD | Unclaimed): Rollback<typeof HELD | Unclaimed> {
  return new Rollback(why);
}
