import type { OperationRequest } from '../journal.js';
import type { JournalObserver } from '../options.js';
import { busy, isBusy, KeyedMutex } from './keyed-mutex.js';
import type { Notifier } from './notifier.js';

/** Longest wait for the announcement of a release: a holder that died announces nothing. */
const POLL_MS = 1_000;

/** A lease is held by another run: wait and ask again. */
export const HELD = Symbol('held');

/** What is leased for a command: its contracts, then boxes and homes, each in order of their names, so that no two commands wait for each other. */
export function leaseResources({
  contractCode,
  newContractCode = null,
  boxIds,
  keeps = [],
}: Pick<OperationRequest, 'contractCode' | 'newContractCode' | 'boxIds' | 'keeps'>): string[] {
  const contracts = [contractCode, newContractCode].flatMap((code) => (code === null ? [] : [`contract:${code}`]));
  const places = [...boxIds.map((id) => `box:${id}`), ...keeps];
  return [...new Set([...contracts.sort(), ...places.sort()])];
}

/** One winner: in order of arrival within this process, by the table's leases between processes. */
export class Leases {
  private readonly mutex = new KeyedMutex();

  constructor(
    private readonly notifier: Notifier,
    private readonly observer: Pick<JournalObserver, 'waited'>,
  ) {}

  /** True when a run of this process works on one of these. */
  isTaken(resources: readonly string[]): boolean {
    return this.mutex.isHeld(resources);
  }

  /**
   * Waits for its turn and calls `take`, which takes the leases in the table or answers HELD, until it took them.
   * `leave` gives the turn to the next in this process; the leases themselves are freed by whoever closes the run.
   *
   * Errors: CONFLICT BUSY after `waitMs`, and what `take` throws.
   */
  async enter<T>(
    resources: readonly string[],
    waitMs: number,
    take: () => Promise<T | typeof HELD>,
  ): Promise<{ result: T; leave: () => void }> {
    const since = performance.now();
    const deadline = Date.now() + waitMs;
    const locks: (() => void)[] = [];
    const leave = () => {
      for (const release of locks.reverse()) release();
    };
    try {
      for (const resource of resources) locks.push(await this.mutex.acquire(resource, deadline - Date.now()));
      const { result, asked } = await this.ask(resources, deadline, take);
      this.observer.waited(asked - since, 'taken');
      return { result, leave };
    } catch (error) {
      leave();
      if (isBusy(error)) this.observer.waited(performance.now() - since, 'busy');
      throw error;
    }
  }

  /** Calls `take` until it took the leases, out of turn. Errors: CONFLICT BUSY after `waitMs`, and what `take` throws. */
  async await<T>(resources: readonly string[], waitMs: number, take: () => Promise<T | typeof HELD>): Promise<T> {
    return (await this.ask(resources, Date.now() + waitMs, take)).result;
  }

  private async ask<T>(
    resources: readonly string[],
    deadline: number,
    take: () => Promise<T | typeof HELD>,
  ): Promise<{ result: T; asked: number }> {
    for (;;) {
      const asked = performance.now();
      const watch = this.notifier.watch(resources);
      try {
        const result = await take();
        if (result !== HELD) return { result, asked };
        const left = deadline - Date.now();
        if (left <= 0) throw busy();
        await watch.sleep(Math.min(left, POLL_MS));
      } finally {
        watch.end();
      }
    }
  }
}
