/** Of the time without progress, how many times as long anything is waited for in all: what goes round and round is no progress. */
const MOST = 5;

/**
 * How long to wait in calm weather: as long as something goes on, however slow the machine is. `quietMs` without any sign of that is a standstill,
 * and so is no end in five times that.
 */
export class Patience {
  private readonly since = Date.now();
  private progressAt = this.since;
  private sign = '';

  constructor(private readonly quietMs: number) {}

  /** What was reached so far; another sign than the last one is progress. */
  see(sign: string): void {
    if (sign !== this.sign) this.progressAt = Date.now();
    this.sign = sign;
  }

  /** Whether it is over, for something that has been waited for since then. */
  isOver(sinceMs = this.since): boolean {
    const now = Date.now();
    return (
      now - Math.max(sinceMs, this.progressAt) > this.quietMs ||
      now - Math.max(sinceMs, this.since) > this.quietMs * MOST
    );
  }
}
