import type { NewOperation } from '../sql/open.js';
import { inProgress, mismatch } from './answer.js';

/** Idempotency keys of commands that are on their way in this process, with the operations that they turn out to be. */
export class KeysInFlight {
  private readonly keys = new Map<string, { hash: string; operationId: Promise<string> }>();

  /**
   * Lets a key in once at a time. Whoever repeats it meanwhile does not enter the contract's line a second time, but is not answered before it
   * is known which operation it is: another process may have opened it with the same key.
   *
   * Shape:  `work` calls `named` once its operation is known.
   * Errors: CONFLICT IN_PROGRESS, with that operation · IDEMPOTENCY_MISMATCH · what the first one met before it had an operation.
   */
  async once<T>(operation: NewOperation, work: (named: (operationId: string) => void) => Promise<T>): Promise<T> {
    const { idempotencyKey, actor } = operation.request;
    if (idempotencyKey === null) return work(() => {});
    const key = JSON.stringify([actor.ownerId, idempotencyKey]);
    const other = this.keys.get(key);
    if (other) {
      if (other.hash !== operation.inputHash) throw mismatch();
      throw inProgress(await other.operationId);
    }
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    // Nobody else may be waiting for it.
    promise.catch(() => {});
    this.keys.set(key, { hash: operation.inputHash, operationId: promise });
    try {
      return await work(resolve);
    } catch (error) {
      reject(error);
      throw error;
    } finally {
      this.keys.delete(key);
    }
  }
}
