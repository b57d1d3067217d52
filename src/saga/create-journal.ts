import { defined } from '../domain/json.js';
import { NotFoundError } from '../errors/app-error.js';
import { answered } from '../store/database.js';
import { newId } from '../store/ids.js';
import { openDatabase } from '../store/open-database.js';
import { drawRequests } from '../store/ozmap-allowance.js';
import { SaleStore } from '../store/sales.js';
import { findRememberedToken, forgetToken, rememberToken, tokenHash } from '../store/tokens/known-tokens.js';
import { Background } from './background/background.js';
import { registerCommands } from './commands.js';
import type { Core } from './core.js';
import { Health } from './health.js';
import { LeaseRenewer } from './leases/lease-renewer.js';
import { Leases } from './leases/leases.js';
import { Notifier } from './leases/notifier.js';
import type { OperationJournal } from './operation-journal.js';
import { DEFAULT_SETTINGS, type JournalLogger, type JournalObserver, type JournalOptions } from './options.js';
import { createReads } from './reads/reader.js';
import { Recorder } from './runs/recorder.js';
import { retryOperation } from './runs/retry.js';
import { Runner } from './runs/runner.js';
import { redeliverOne } from './sql/deliveries.js';
import { holdIfRestored } from './sql/held.js';
import { findKeptHomes } from './sql/leases.js';
import { beat } from './sql/recover.js';
import { eraseContract } from './sql/retention.js';

const SILENT: JournalLogger = { info: () => {}, warn: () => {}, error: () => {} };
const BLIND: JournalObserver = { finished: () => {}, waited: () => {}, delivered: () => {} };

/**
 * Opens the journal: database, migrations. It records and reads at once; background work begins with `start()`.
 *
 * Errors: an Error with a plain sentence when another process owns the embedded database, or the server cannot be reached.
 */
export async function createJournal<Session>(options: JournalOptions<Session>): Promise<OperationJournal<Session>> {
  const settings = { ...DEFAULT_SETTINGS, ...defined(options.settings ?? {}) };
  const { logger = SILENT, observer = BLIND } = options;
  const database = 'db' in options.database ? options.database : await openDatabase(options.database);
  const { db, newerBy } = database;
  if (newerBy !== null)
    logger.warn(
      { migration: newerBy },
      'the tables are newer than this release, by one migration that it can work with',
    );
  const stopping = new AbortController();
  const notifier = new Notifier();
  try {
    await notifier.start(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  const core: Core = {
    database,
    settings,
    logger,
    observer,
    signal: stopping.signal,
    processId: newId(),
    leases: new Leases(notifier, observer),
    leaseRenewer: new LeaseRenewer(database, settings, logger),
    receivers: options.receivers ?? (() => []),
    hasReceivers: options.receivers !== undefined,
    commands: registerCommands(options),
    scheduled: options.scheduled ?? [],
  };
  const held = await holdIfRestored(database, settings.silentMs);
  if (held > 0)
    logger.error({ held }, 'the journal was restored: a person decides on its open operations (npm run journal:held)');
  await beat(db, core.processId);
  core.leaseRenewer.start();
  const runner = new Runner(core);
  const recorder = new Recorder(core, runner);
  const background = new Background(core, runner, recorder);
  const reads = createReads(db);
  const health = new Health(core);
  return {
    ...reads,
    record: (request, run, look) => recorder.record(request, run, look),
    start: () => background.start(),
    stop: async () => {
      if (stopping.signal.aborted) return;
      stopping.abort();
      await background.stop();
      core.leaseRenewer.stop();
      await notifier.stop();
      await database.close();
    },
    health: () => health.read(),
    findKeptHomes: () => findKeptHomes(db),
    retry: async (operationId, { viewer, ...by }) => {
      if (!(await reads.findOperation(operationId, viewer))) throw new NotFoundError('operationId', operationId);
      return retryOperation(core, { runner, commands: options.commands }, operationId, by);
    },
    sendAgain: async (deliveryId, viewer) => {
      if (!(await reads.findDelivery(deliveryId, viewer))) throw new NotFoundError('deliveryId', deliveryId);
      await answered(redeliverOne(db, deliveryId));
    },
    rememberToken: (token, seen) => answered(rememberToken(db, tokenHash(token), seen)),
    findRememberedToken: (token, withinHours) => answered(findRememberedToken(db, tokenHash(token), withinHours)),
    forgetToken: (token) => answered(forgetToken(db, tokenHash(token))),
    drawRequests: (bucket, count, reserve) => drawRequests(db, bucket, count, reserve),
    sales: new SaleStore(db),
    erase: (contractCode) => eraseContract(db, contractCode),
  };
}
