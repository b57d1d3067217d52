import type { Database } from '../../store/database.js';
import { faultOf } from '../fault.js';
import type { JournalLogger, JournalSettings } from '../options.js';
import { renewLeases } from '../sql/leases.js';

/** Renews the leases of all runs of this process with one statement, three times within a lease's life. */
export class LeaseRenewer {
  private readonly runs = new Set<string>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: Database,
    private readonly settings: JournalSettings,
    private readonly logger: JournalLogger,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.renew(), this.settings.leaseTtlMs / 3);
    this.timer.unref();
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
  }

  /** Runs going on in this process. */
  get size(): number {
    return this.runs.size;
  }

  /** Their ids. */
  get held(): readonly string[] {
    return [...this.runs];
  }

  add(runId: string): void {
    this.runs.add(runId);
  }

  remove(runId: string): void {
    this.runs.delete(runId);
  }

  private async renew(): Promise<void> {
    if (this.runs.size === 0) return;
    try {
      await renewLeases(this.database.db, { holders: [...this.runs], ttlMs: this.settings.leaseTtlMs });
    } catch (error) {
      // Not fatal: a run that lost its leases is stopped before its next write.
      this.logger.warn(faultOf(error), 'leases could not be renewed');
    }
  }
}
