import type { Keeping } from '../command.js';
import { type Core, orInstead, Rollback } from '../core.js';
import { RunStoppedError } from '../runs/judge.js';
import { giveUpBoxes, keepForRun, takeLeases } from '../sql/leases.js';
import { busy } from './keyed-mutex.js';
import { HELD } from './leases.js';

/** How many leases a run has, and whether it got them without waiting. */
export interface Kept {
  leases: number;
  atOnce: boolean;
}

/**
 * Leases more for a run before its first write, and keeps it from others until the operation is finished; answers what the run has
 * now. No two runs wait for each other: whoever does not get a box at once gives up those it has, and takes all of them together.
 *
 * Errors: CONFLICT BUSY (somebody else has it) · the database's.
 */
export async function keepMore(
  core: Core,
  run: { operationId: string; runId: string },
  { propertyIds, boxIds = [], takesPort = false }: Keeping,
): Promise<Kept> {
  const named = (kind: string, ids: readonly (string | null)[]) =>
    [...new Set(ids)].flatMap((id) => (id === null ? [] : [`${kind}:${id}`])).sort();
  const boxes = named('box', boxIds);
  const kept = [...boxes, ...named('property', propertyIds)];
  const exclusive = takesPort ? kept : named('property', propertyIds);
  const { settings, database, leases } = core;
  const take = (given: readonly string[]) =>
    orInstead(
      database.transact(async (trx): Promise<number | typeof HELD> => {
        const resources = [...new Set([...given, ...kept])].sort();
        if (!(await takeLeases(trx, { resources, holder: run.runId, ttlMs: settings.leaseTtlMs })))
          throw new Rollback(HELD);
        const { keeper, mine, count } = await keepForRun(trx, run, { kept, exclusive: [...exclusive, ...given] });
        if (keeper === 'PENDING') throw new Rollback(HELD);
        if (keeper) throw busy();
        if (!mine) throw new RunStoppedError('the operation went to another run');
        return count;
      }),
    );
  const atOnce = await take([]);
  if (atOnce !== HELD) return { leases: atOnce, atOnce: true };
  const given = boxes.length === 0 ? [] : await giveUpBoxes(database, run.runId);
  return { leases: await leases.await([...given, ...kept], settings.leaseWaitMs, () => take(given)), atOnce: false };
}
