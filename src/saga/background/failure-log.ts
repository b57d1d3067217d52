import { faultOf } from '../fault.js';
import type { JournalLogger } from '../options.js';

const PAUSE_MS = 60_000;

/** Logs why attempts fail, each cause once a minute: while OZmap or the database is away, every attempt meets it again. */
export class FailureLog {
  private readonly loggedAt = new Map<string, number>();

  constructor(
    private readonly logger: JournalLogger,
    private readonly now: () => number = Date.now,
  ) {}

  /** `work`: which background work; `id`: of the row. */
  failed(work: string, id: string, error: unknown): void {
    const fault = faultOf(error);
    const cause = `${work} ${fault.code ?? fault.error}`;
    const now = this.now();
    if (now - (this.loggedAt.get(cause) ?? Number.NEGATIVE_INFINITY) < PAUSE_MS) return;
    this.loggedAt.set(cause, now);
    this.logger.warn({ work, id, ...fault }, 'an attempt failed and will be made again');
  }
}
