import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, FaultRequest } from './fault.js';

/** The faults that are set, and the waiting they cause. */
export class FaultBox {
  private faults: Fault[] = [];
  private lastId = 0;
  private readonly stopping = new AbortController();

  set(request: FaultRequest): Fault {
    this.lastId += 1;
    const fault = { ...request, id: this.lastId, matched: 0, struck: 0 };
    this.faults.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.faults;
  }

  clear(): void {
    this.faults = [];
  }

  /** The fault that strikes this request, if any: the one set first. Every fault that matches counts the request. */
  strike(method: string, url: string): Fault | undefined {
    let striking: Fault | undefined;
    for (const fault of this.faults) {
      const { match } = fault;
      if (match.method !== undefined && match.method.toUpperCase() !== method) continue;
      if (match.path !== undefined && !new RegExp(match.path).test(url)) continue;
      fault.matched += 1;
      if (striking || fault.struck >= timesOf(fault)) continue;
      if (match.nth === undefined || fault.matched >= match.nth) striking = fault;
    }
    if (striking) striking.struck += 1;
    return striking;
  }

  /** Waits; false when the emulator stopped meanwhile. */
  async wait(ms: number): Promise<boolean> {
    if (this.stopping.signal.aborted) return false;
    try {
      await sleep(ms, undefined, { signal: this.stopping.signal });
      return true;
    } catch {
      return false;
    }
  }

  /** Ends all waiting. */
  stop(): void {
    this.stopping.abort();
  }
}

function timesOf({ times, match }: Fault): number {
  return times ?? (match.nth === undefined ? Number.POSITIVE_INFINITY : 1);
}
