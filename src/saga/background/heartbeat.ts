/**
 * The signs of life of this process, and whether it may judge others by theirs. What keeps us from giving one (the database away, the machine
 * asleep) keeps the others too: they get their time to give one again before they count as dead.
 */
export class Heartbeat {
  private lastAt: number;
  private hinderedAt = Number.NEGATIVE_INFINITY;

  /** `everyMs`: how often `beat` is called; `deadAfterMs`: silent for so long is dead. */
  constructor(
    private readonly options: {
      beat: () => Promise<unknown>;
      everyMs: number;
      deadAfterMs: number;
      now?: () => number;
    },
  ) {
    this.lastAt = this.now();
  }

  async beat(): Promise<void> {
    await this.options.beat();
    if (this.isSilent()) this.hinderedAt = this.now();
    this.lastAt = this.now();
  }

  mayJudge(): boolean {
    return !this.isSilent() && this.now() - this.hinderedAt >= this.options.deadAfterMs;
  }

  /** Others may have given their last sign one beat before ours. */
  private isSilent(): boolean {
    return this.now() - this.lastAt > this.options.deadAfterMs - this.options.everyMs;
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }
}
