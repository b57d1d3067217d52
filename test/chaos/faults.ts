import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../support/emulator-control.js';
import type { OzmapFromOutside } from '../support/ozmap-from-outside.js';
import { Counts } from './counts.js';
import type { Dice } from './dice.js';

/** Short, so that callers in a hurry meet as many faults for each request as the last one left. */
const TICK_MS = 100;
/** Of all ticks: one in half a minute or so. */
const OUTAGE = 0.004;
/** Faults that lie in wait at once. Others come only for those that have struck: else few callers would meet all that was meant for many. */
const READ_FAULTS = 4;
const WRITE_FAULTS = 3;
/** Those that have struck stay listed, and the list is read through at every request. */
const MAX_LISTED = 100;
/** Each strikes one of so many requests to come. */
const AMONG_READS = 30;
const AMONG_WRITES = 8;
/** Longest time after which a request takes effect although its answer was lost: later than the journal's first look, sooner than `OUTCOME_SETTLE_S`. */
export const MAX_LATE_MS = 2_500;
/** Beyond `OZMAP_TIMEOUT_MS`, so that some answers come when nobody waits any more. */
export const MAX_DELAY_MS = 2_600;

/** How many faults lie in wait for requests of each kind. */
interface Waiting {
  reads: number;
  writes: number;
}

/** Lets every kind of fault strike a fifth of all reads and writes or so, at random, and now and then takes OZmap away, until it is stopped. */
export class Storm {
  readonly struck = new Counts();
  private readonly seen = new Map<number, number>();
  private over = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly ozmap: OzmapFromOutside,
    private readonly dice: Dice,
  ) {}

  start(): void {
    this.running = this.blow();
  }

  /** Resolves once so many faults have struck, or on the signal. */
  async hasStruck(count: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.struck.total < count) await sleep(TICK_MS);
  }

  /** Takes all faults away. */
  async stop(): Promise<void> {
    this.over = true;
    await this.running;
    await this.count();
    await this.ozmap.clearFaults();
  }

  private async blow(): Promise<void> {
    while (!this.over) {
      if (this.dice.chance(OUTAGE)) await this.outage();
      for (const fault of this.nextFaults(await this.count())) await this.ozmap.fault(fault);
      await sleep(TICK_MS);
    }
  }

  /** OZmap answers nobody for a while. By time and not by count: a service that stops asking must not prolong it. */
  private async outage(): Promise<void> {
    await this.ozmap.clearFaults();
    await this.ozmap.fault({ fault: this.dice.pick(['status', 'reset-before']) });
    await sleep(this.dice.int(1_000, 4_000));
    await this.count();
    await this.ozmap.clearFaults();
  }

  private nextFaults(waiting: Waiting): Fault[] {
    const { dice } = this;
    const faults: Fault[] = [];
    for (let n = waiting.reads; n < READ_FAULTS; n += 1)
      faults.push({ ...this.kind(), match: { method: 'GET', nth: dice.int(1, AMONG_READS) } });
    for (let n = waiting.writes; n < WRITE_FAULTS; n += 1)
      faults.push({
        ...this.kind(),
        match: { method: dice.pick(['POST', 'PATCH', 'DELETE']), nth: dice.int(1, AMONG_WRITES) },
      });
    return faults;
  }

  private kind(): Fault {
    const { dice } = this;
    switch (dice.int(1, 5)) {
      case 1:
        return { fault: 'delay', delayMs: dice.int(50, MAX_DELAY_MS) };
      case 2:
        return {
          fault: 'status',
          status: dice.pick([429, 503]),
          ...(dice.chance(0.5) && { retryAfterS: dice.int(0, 1) }),
        };
      case 3:
        return { fault: 'reset-before' };
      case 4:
        return { fault: 'reset-after' };
      default:
        return { fault: 'late', lateMs: dice.int(50, MAX_LATE_MS) };
    }
  }

  /** How many faults lie in wait. */
  private async count(): Promise<Waiting> {
    const faults = await this.ozmap.faults();
    for (const { id, struck, fault, status } of faults) {
      const more = struck - (this.seen.get(id) ?? 0);
      this.seen.set(id, struck);
      if (more > 0) this.struck.add(fault === 'status' ? `status ${status}` : fault, more);
    }
    if (faults.length > MAX_LISTED) {
      await this.ozmap.clearFaults();
      return { reads: 0, writes: 0 };
    }
    const waiting = faults.filter(({ struck }) => struck === 0);
    const reads = waiting.filter(({ match }) => match.method === 'GET').length;
    return { reads, writes: waiting.length - reads };
  }
}
