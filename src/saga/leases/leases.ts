import type { JournalObserver } from '../options.js';
import { busy, Fifo, isBusy } from './fifo.js';
import type { Wake } from './wake.js';

/** Longest wait for the announcement of a release: a holder that died announces nothing. */
const POLL_MS = 1_000;

/** The attempt found that somebody else holds a lease: wait and ask again. */
export const HELD = Symbol('held');

/** What is leased for a command: the contract, then its boxes in order of their ids, so that no two commands wait for each other. */
export function leaseResources(contractCode: string | null, boxIds: readonly string[]): string[] {
  const boxes = [...new Set(boxIds)].sort().map((id) => `box:${id}`);
  return contractCode === null ? boxes : [`contract:${contractCode}`, ...boxes];
}

/** One winner: in order of arrival within this process, by the table's leases between processes. */
export class Leases {
  private readonly fifo = new Fifo();

  constructor(
    private readonly wake: Wake,
    private readonly observer: Pick<JournalObserver, 'waited'>,
  ) {}

  /** True when somebody in this process is working on one of these. */
  isTaken(resources: readonly string[]): boolean {
    return this.fifo.isTaken(resources);
  }

  /**
   * Waits for its turn and makes the attempt, which takes the leases in the table or answers HELD, until it took them.
   * `leave` gives the turn to the next in this process; the leases themselves are freed by whoever closes the run.
   *
   * Errors: CONFLICT BUSY after `waitMs`, and what the attempt throws.
   */
  async enter<T>(
    resources: readonly string[],
    waitMs: number,
    attempt: () => Promise<T | typeof HELD>,
  ): Promise<{ result: T; leave: () => void }> {
    const since = performance.now();
    const deadline = Date.now() + waitMs;
    const ways: (() => void)[] = [];
    const leave = () => {
      for (const way of ways.reverse()) way();
    };
    try {
      for (const resource of resources) ways.push(await this.fifo.enter(resource, deadline - Date.now()));
      const { result, asked } = await this.ask(resources, deadline, attempt);
      this.observer.waited(asked - since, 'taken');
      return { result, leave };
    } catch (error) {
      leave();
      if (isBusy(error)) this.observer.waited(performance.now() - since, 'busy');
      throw error;
    }
  }

  private async ask<T>(
    resources: readonly string[],
    deadline: number,
    attempt: () => Promise<T | typeof HELD>,
  ): Promise<{ result: T; asked: number }> {
    for (;;) {
      const asked = performance.now();
      const watch = this.wake.watch(resources);
      try {
        const result = await attempt();
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
