import type { FastifyBaseLogger } from 'fastify';
import { COMMANDS } from '../commands/commands.js';
import { expireReservations } from '../commands/expire-reservations.js';
import type { Session } from '../commands/session.js';
import type { Config } from '../config.js';
import { createJournal } from '../saga/create-journal.js';
import type { OperationJournal } from '../saga/operation-journal.js';
import type { JournalObserver, JournalOptions } from '../saga/options.js';

/** Opens the journal and starts its background work, which writes with the service's own token. Errors: a plain sentence when the database cannot be had. */
export async function openJournal(options: {
  config: Config;
  logger: FastifyBaseLogger;
  /** What background work works on. */
  session: Session;
  /** Asks OZmap about a caller's token again. */
  checkToken: JournalOptions<Session>['checkToken'];
  observer: JournalObserver;
  onStatement?: ((sql: string) => void) | undefined;
}): Promise<OperationJournal<Session>> {
  const { config, logger, session, checkToken, observer } = options;
  const { webhooks, tokenGraceHours: _, ...settings } = config.journal;
  const { reservationTtlHours: ttlHours } = config.policy;
  const journal: OperationJournal<Session> = await createJournal<Session>({
    database: {
      dataDir: config.dataDir,
      databaseUrl: config.databaseUrl ?? undefined,
      onQuery: options.onStatement,
    },
    commands: COMMANDS,
    backgroundSession: () => ({ ...session, reservationFacts: journal.reservationFacts }),
    backgroundProjectIds: async () => (await session.ozmap.findProjects()).map(({ id }) => id),
    checkToken,
    observer,
    scheduled: ttlHours > 0 ? [expireReservations({ ttlHours })] : [],
    settings: {
      ...settings,
      // A lease must outlive any single request to OZmap, and who waits for one must still be able to answer.
      leaseTtlMs: Math.max(60_000, 2 * config.ozmapTimeoutMs),
      leaseWaitMs: Math.min(15_000, config.limits.requestTimeoutMs / 2),
    },
    webhooks: webhooks ?? undefined,
    logger,
  });
  await journal.start();
  return journal;
}
