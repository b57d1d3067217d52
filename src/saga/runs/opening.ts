import type { Kysely } from 'kysely';
import { UpstreamUnavailableError } from '../../errors/app-error.js';
import type { Tables } from '../../store/tables.js';
import { type Core, orInstead, Rollback } from '../core.js';
import { busy } from '../leases/keyed-mutex.js';
import { leaseChannel } from '../leases/notifier.js';
import { freeLeases, takeLeases } from '../sql/leases.js';
import {
  findByKey,
  findNeighbours,
  insertOperation,
  type Neighbours,
  type NewOperation,
  type OperationRow,
  openAtOnce,
  releaseKey,
} from '../sql/open.js';

const DAY_MS = 86_400_000;
/** PostgreSQL: two statements waited for each other, or a snapshot was too old. Asking again is all there is to do. */
const ASK_AGAIN = new Set(['40P01', '40001']);

/** How the opening of a command went. */
export type Opened =
  /** The row is there, PENDING, and the leases are held: go. */
  | { kind: 'opened' }
  /** The row is there, QUEUED behind others of its contract. */
  | { kind: 'enqueued' }
  /** The command is answered with this operation. */
  | { kind: 'sameKey' | 'open' | 'queued'; operation: OperationRow }
  /** It repeats the last applied one, if that still stands. */
  | { kind: 'repeat'; operation: OperationRow };

/** What opens. `staleOperationId`: the last applied operation, where reading showed that its effect no longer exists. */
export interface Opening {
  operation: NewOperation;
  resources: readonly string[];
  queueable: boolean;
  durable: boolean;
  staleOperationId: string | null;
}

/**
 * Leases, idempotency, order of the contract, row: in one round trip where nothing stands in its way, else in one transaction. Nothing stays of
 * it unless the command runs or waits.
 * `held`: another process holds a lease.
 *
 * Errors: UPSTREAM_UNAVAILABLE when the command would have to wait and nothing tells what its caller may see · the database's.
 */
export async function openOperation(core: Core, opening: Opening): Promise<Opened | { kind: 'held' }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { operation, resources, staleOperationId } = opening;
      const { leaseTtlMs: ttlMs } = core.settings;
      // Of two contracts the transaction asks.
      const isOfOne = !operation.request.newContractCode;
      if (isOfOne && (await openAtOnce(core.database.db, operation, { resources, ttlMs, staleOperationId })))
        return { kind: 'opened' };
      return await orInstead<Opened | { kind: 'held' }>(core.database.transact((trx) => openIn(trx, core, opening)));
    } catch (error) {
      const again = error instanceof Error && 'code' in error && ASK_AGAIN.has(String(error.code));
      if (!again || attempt === 3) throw error;
    }
  }
}

async function openIn(trx: Kysely<Tables>, core: Core, opening: Opening): Promise<Opened> {
  const { operation, resources } = opening;
  const { contractCode, newContractCode = null, actor, idempotencyKey: key } = operation.request;
  const contractCodes = [contractCode, newContractCode];
  const free = await takeLeases(trx, { resources, holder: operation.runId, ttlMs: core.settings.leaseTtlMs });
  const near = await findNeighbours(trx, { contractCodes, ownerId: actor.ownerId, key, resources, id: operation.id });
  await forgetOldKey(trx, near, core.settings.keyDays);
  if (near.sameKey) throw instead({ kind: 'sameKey', operation: near.sameKey });
  if (!free) throw instead({ kind: 'held' });
  const other = decide(near, opening);
  if (other === 'enqueue') {
    await enqueue(trx, operation);
    await freeLeases(trx, { holder: operation.runId, channel: leaseChannel(core.database.schema) });
    return { kind: 'enqueued' };
  }
  if (other) throw instead(other);
  if (near.keeper?.state === 'PENDING') throw instead({ kind: 'held' });
  if (near.keeper) throw busy();
  await insert(trx, operation, 'PENDING');
  return { kind: 'opened' };
}

/** Null: it may run. */
function decide(
  { open, queued, lastApplied }: Neighbours,
  { operation, queueable, durable, staleOperationId }: Opening,
): Opened | 'enqueue' | null {
  if (durable) return open || queued ? 'enqueue' : null;
  const same = (row: OperationRow | null) =>
    operation.request.idempotencyKey === null && row?.input_hash === operation.inputHash;
  if (open) return { kind: 'open', operation: open };
  if (queued) return same(queued) || !queueable ? { kind: 'queued', operation: queued } : 'enqueue';
  if (lastApplied && same(lastApplied) && lastApplied.id !== staleOperationId)
    return { kind: 'repeat', operation: lastApplied };
  return null;
}

/**
 * Has a durable command wait behind whoever holds its contract for too long.
 * Errors: UPSTREAM_UNAVAILABLE as above · the database's.
 */
export function enqueueBehind(core: Core, operation: NewOperation): Promise<Opened> {
  const enqueued = core.database.transact(async (trx): Promise<Opened> => {
    await enqueue(trx, operation);
    return { kind: 'enqueued' };
  });
  return orInstead(enqueued);
}

/** Errors: UPSTREAM_UNAVAILABLE where nothing tells what its caller may see. */
async function enqueue(trx: Kysely<Tables>, operation: NewOperation): Promise<void> {
  await insert(trx, operation, 'QUEUED');
  const row = await trx.selectFrom('operation').select('scope').where('id', '=', operation.id).executeTakeFirst();
  if (!row?.scope) throw new UpstreamUnavailableError('OZmap has not verified this token lately');
}

async function forgetOldKey(trx: Kysely<Tables>, near: Neighbours, keyDays: number): Promise<void> {
  if (!near.sameKey || near.sameKey.requested_at.getTime() > Date.now() - keyDays * DAY_MS) return;
  await releaseKey(trx, near.sameKey.id);
  near.sameKey = null;
}

async function insert(trx: Kysely<Tables>, operation: NewOperation, state: 'PENDING' | 'QUEUED'): Promise<void> {
  if (await insertOperation(trx, operation, state)) return;
  const { actor, idempotencyKey: key } = operation.request;
  const known = key === null ? null : await findByKey(trx, actor.ownerId, key);
  if (!known) throw new Error('the operation could not be written');
  throw instead({ kind: 'sameKey', operation: known });
}

/** Rolls the transaction back. */
function instead(opened: Opened | { kind: 'held' }): Rollback<Opened | { kind: 'held' }> {
  return new Rollback(opened);
}
