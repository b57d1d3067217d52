import { countedAs, type Receiver } from '../domain/events.js';
import { type Core, orInstead, Rollback } from './core.js';
import { faultOf } from './fault.js';
import type { JournalHealth } from './operation-journal.js';
import { countOpen, type OpenDeliveries, rehearse } from './sql/health.js';

/** Who asks for readiness waits 2 s at most. */
const WITHIN_MS = 1_800;

/**
 * Tells whether commands can be recorded. It writes, because a full disk, a standby server and a locked table still let others read. After
 * a statement that failed, whichever it was, it also rehearses the row of a command: only that needs new space.
 */
export class Health {
  private asked: Promise<JournalHealth> | null = null;
  private wasUp = true;
  /** Failures of the database after which a rehearsal went well. */
  private cleared = 0;

  constructor(private readonly core: Core) {}

  /** Within 2 s, whatever the database does. Those who ask at once are answered at once. */
  read(): Promise<JournalHealth> {
    this.asked ??= this.ask().finally(() => {
      this.asked = null;
    });
    return this.asked;
  }

  private async ask(): Promise<JournalHealth> {
    const { database, logger, receivers } = this.core;
    const { description } = database;
    try {
      const counts = await within(WITHIN_MS, this.check());
      if (!this.wasUp) logger.info({}, 'the journal can be written again');
      this.wasUp = true;
      const { deliveries, ...operations } = counts;
      return { database: 'up', description, ...operations, receivers: countsOf(deliveries, receivers()) };
    } catch (error) {
      if (this.wasUp) logger.error(faultOf(error), 'the journal cannot be written');
      this.wasUp = false;
      return { database: 'down', description };
    }
  }

  private async check() {
    const { database, processId, commands } = this.core;
    const { quick, failures } = database;
    const counts = await countOpen(quick, { processId, known: commands.known });
    if (failures === this.cleared) return counts;
    const rehearsal = quick.transaction().execute(async (trx) => {
      await rehearse(trx);
      throw new Rollback(null);
    });
    await orInstead(rehearsal);
    this.cleared = failures;
    return counts;
  }
}

/** By name: addresses of one host are one. */
function countsOf(deliveries: readonly OpenDeliveries[], receivers: readonly Receiver[]) {
  const counts = new Map(receivers.map(({ name }) => [name, { waiting: 0, dead: 0 }]));
  for (const { receiverKey, waiting, dead } of deliveries) {
    const name = countedAs(receiverKey, receivers);
    const before = counts.get(name);
    counts.set(name, { waiting: (before?.waiting ?? 0) + waiting, dead: (before?.dead ?? 0) + dead });
  }
  return [...counts].map(([receiver, count]) => ({ receiver, ...count }));
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`the database did not answer within ${ms} ms`)), ms);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}
