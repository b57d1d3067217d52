import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { COMMANDS } from '../commands/commands.js';
import { expireReservations } from '../commands/expire-reservations.js';
import type { Session } from '../commands/session.js';
import { blaming } from '../config/env-file.js';
import { openReceivers } from '../config/receivers.js';
import type { Config } from '../config.js';
import { type SaleLedger, Sales } from '../http/sales/sales.js';
import { createJournal } from '../saga/create-journal.js';
import type { OperationJournal } from '../saga/operation-journal.js';
import type { JournalObserver, JournalOptions } from '../saga/options.js';

/** Links to the map page. With a real OZmap they need a secret that all processes share. */
export function createSales({ pages, ozmap }: Config, logger: FastifyBaseLogger, ledger: SaleLedger): Sales {
  const { sessionSecret, ticketMinutes, saleRadiusM, origins } = pages;
  const passing = sessionSecret === null && ozmap.kind === 'embedded';
  // Trying it out is not worth a warning; with a real OZmap there are no links at all without the secret.
  if (passing) logger.debug('SESSION_SECRET is not set: links to the map page end with this process');
  else if (sessionSecret === null)
    logger.warn('SESSION_SECRET is not set: createOzlocLink makes no links to the map page');
  return new Sales({
    secret: passing ? randomBytes(32).toString('hex') : sessionSecret,
    ticketMs: ticketMinutes * 60_000,
    radiusM: saleRadiusM,
    origins,
    ledger,
  });
}

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
  const { reservationTtlHours: ttlHours, reservationWarningHours: warningHours } = config.policy;
  const open = () =>
    createJournal<Session>({
      database: {
        dataDir: config.dataDir,
        databaseUrl: config.databaseUrl ?? undefined,
        onQuery: options.onStatement,
      },
      commands: COMMANDS,
      backgroundSession: () => {
        const { findReservations, isOutdated } = journal;
        return { ...session, findReservations, isOutdated };
      },
      backgroundProjectIds: async () => (await session.ozmap.findProjects()).map(({ id }) => id),
      checkToken,
      observer,
      scheduled: [expireReservations({ ttlHours, warningHours })],
      settings: {
        ...settings,
        // A lease must outlive any single request to OZmap, and who waits for one must still be able to answer.
        leaseTtlMs: Math.max(60_000, 2 * config.ozmapTimeoutMs),
        leaseWaitMs: Math.min(15_000, config.limits.requestTimeoutMs / 2),
      },
      receivers: webhooks ? openReceivers(webhooks, logger) : undefined,
      logger,
    });
  const journal: OperationJournal<Session> = await blaming(config.databaseUrl ? 'DATABASE_URL' : 'DATA_DIR', open);
  await journal.start();
  return journal;
}
