import { setTimeout as pause } from 'node:timers/promises';
import { UpstreamUnavailableError } from '../../errors/app-error.js';
import type { Core } from '../core.js';
import { faultOf } from '../fault.js';
import type { JournalLogger } from '../options.js';
import type { Again } from '../scheduled.js';
import { type Claimed, type ClaimTable, postpone, type WorkName } from '../sql/claims.js';

const PAUSE_MS = 60_000;

/** Logs why attempts fail, each cause once a minute: while OZmap or the database is away, every attempt meets it again. */
export class FailureLog {
  private readonly loggedAt = new Map<string, number>();

  constructor(
    private readonly logger: JournalLogger,
    private readonly now: () => number = Date.now,
  ) {}

  /** `work`: which background work, on which row: an operation's id leads to it in `/logs`. */
  failed({ name: work, table }: { name: string; table: ClaimTable }, key: string, error: unknown): void {
    const fault = faultOf(error);
    const cause = `${work} ${fault.code ?? fault.error}`;
    const now = this.now();
    if (now - (this.loggedAt.get(cause) ?? Number.NEGATIVE_INFINITY) < PAUSE_MS) return;
    this.loggedAt.set(cause, now);
    const row = table === 'operation' ? { operationId: key } : { deliveryId: key };
    this.logger.warn({ work, ...row, ...fault }, 'an attempt failed and will be made again');
  }
}

/** One kind of rows that the background works on. */
export interface Claimable<Row> {
  readonly name: WorkName;
  readonly table: ClaimTable;
  /** Claims rows that are due, given those that this process is at work on. */
  claim(underWay: readonly Claimed<Row>[]): Promise<Claimed<Row>[]>;
  /** One attempt. Null: the row needs no more of this work, or is no longer ours. */
  attempt(row: Claimed<Row>): Promise<Again | null>;
  /** What follows from an attempt that threw. */
  afterFailure(row: Claimed<Row>, error: unknown): Again | null | Promise<Again | null>;
}

/** Claims rows of one kind and works on them, several at once, until none is due. */
export class Claimer<Row> {
  private readonly underWay = new Map<Promise<void>, Claimed<Row>>();
  private readonly failures: FailureLog;
  /** OZmap is away: nothing more is claimed before this. `performance.now()`. */
  private awayUntil = 0;

  constructor(
    private readonly core: Core,
    private readonly work: Claimable<Row>,
  ) {
    this.failures = new FailureLog(core.logger);
  }

  /** Works on everything that is due, and on what becomes due by it. An attempt that takes long holds up nothing but its own row. */
  async drain(): Promise<void> {
    const { signal, settings } = this.core;
    while (!signal.aborted) {
      if (performance.now() >= this.awayUntil)
        for (const row of await this.work.claim([...this.underWay.values()])) this.start(row);
      if (this.underWay.size === 0) return;
      const waited = new AbortController();
      const tick = pause(settings.tickMs, undefined, { signal: waited.signal, ref: false }).catch(() => {});
      await Promise.race([...this.underWay.keys(), tick]);
      waited.abort();
    }
    await Promise.all(this.underWay.keys());
  }

  private start(row: Claimed<Row>): void {
    const attempt = this.attempt(row).finally(() => this.underWay.delete(attempt));
    this.underWay.set(attempt, row);
  }

  private async attempt(row: Claimed<Row>): Promise<void> {
    const { work, core } = this;
    try {
      const again = await work.attempt(row).catch((error: unknown) => {
        this.failures.failed(work, row.key, error);
        if (error instanceof UpstreamUnavailableError) this.awayUntil = performance.now() + core.settings.tickMs;
        return work.afterFailure(row, error);
      });
      if (again) await postpone(core.database.db, work.table, row, again);
    } catch (error) {
      // The claim ends by itself.
      this.failures.failed(work, row.key, error);
    }
  }
}
