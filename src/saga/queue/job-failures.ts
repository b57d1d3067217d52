import { faultOf } from '../fault.js';
import type { JournalLogger } from '../options.js';

const PAUSE_MS = 60_000;

/** Says why jobs do not get on, each cause once a minute: while OZmap or the database is away, every job meets it again and again. */
export class JobFailures {
  private readonly toldAt = new Map<string, number>();

  constructor(
    private readonly logger: JournalLogger,
    private readonly now: () => number = Date.now,
  ) {}

  tell(operationId: string, error: unknown): void {
    const fault = faultOf(error);
    const cause = fault.code ?? fault.error;
    const now = this.now();
    if (now - (this.toldAt.get(cause) ?? Number.NEGATIVE_INFINITY) < PAUSE_MS) return;
    this.toldAt.set(cause, now);
    this.logger.warn({ operationId, ...fault }, 'a job of the queue failed and will be tried again');
  }
}
