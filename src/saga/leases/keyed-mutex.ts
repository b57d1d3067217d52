import { ConflictError } from '../../errors/app-error.js';

/**
 * One holder per key, in order of arrival. Sits in front of the lease table, so that each process has one contender there, however many
 * callers it has.
 */
export class KeyedMutex {
  private readonly waiting = new Map<string, (() => void)[]>();

  /** True when one of these keys is held. */
  isHeld(keys: readonly string[]): boolean {
    return keys.some((key) => this.waiting.has(key));
  }

  /**
   * Acquires the lock of a key; returns its release function.
   * Errors: CONFLICT BUSY when `waitMs` passes first.
   */
  async acquire(key: string, waitMs: number): Promise<() => void> {
    const line = this.waiting.get(key);
    if (!line) {
      this.waiting.set(key, []);
      return this.releaseOf(key);
    }
    await new Promise<void>((resolve, reject) => {
      const acquire = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        line.splice(line.indexOf(acquire), 1);
        reject(busy());
      }, waitMs);
      line.push(acquire);
    });
    return this.releaseOf(key);
  }

  private releaseOf(key: string): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = this.waiting.get(key)?.shift();
      if (next) next();
      else this.waiting.delete(key);
    };
  }
}

/** True for the error of a wait that took too long. */
export function isBusy(error: unknown): boolean {
  return error instanceof ConflictError && error.reason === 'BUSY';
}

/** The error of a wait that took too long. */
export function busy(): ConflictError {
  return new ConflictError('BUSY', 'another command holds this contract or box');
}
