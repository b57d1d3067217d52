import type { Kysely } from 'kysely';
import { fromKysely, fromPglite, PgBoss } from 'pg-boss';
import type { Database } from '../../store/database.js';
import type { Tables } from '../../store/tables.js';
import { faultOf } from '../fault.js';
import type { JournalLogger, JournalSettings } from '../options.js';
import { findStranded } from '../sql/stranded.js';
import { JobFailures } from './job-failures.js';

const QUEUE = 'operations';
/** A wait for NOTIFY must not starve retries: with notifications on, this is what they wait for. */
const POLL_S = 0.5;
/**
 * A run is some twenty requests at most, each shorter than a lease. Generous, because a job taken from a run that still lives is carried out
 * by two; of a process that does not live any more, the missing heartbeat tells much sooner.
 */
const EXPIRE_LEASES = 20;
/** A job whose process gives no sign of life for this long is taken up again by another. The least that pg-boss allows. */
const HEARTBEAT_S = 10;
/** How often lost jobs are looked for. The claim is shorter, or every second look would find it taken by the one before. */
const SUPERVISE_S = 5;
const CLAIM_S = 4;
const BATCH = 10;
const DAY_S = 86_400;
/** A job that pg-boss gives up blocks its contract for good, so it never may: it is our handler that ends operations. */
const RETRIES = 1_000_000;
/** How long a stop waits for jobs that are running; what it cuts off is resumed at the next start. */
const STOP_MS = 2_000;

interface JobData {
  operationId: string;
}

/** Commands that wait for OZmap: in order within a contract, each retried with growing pauses. Jobs hold nothing but an id. */
export class Queue {
  private constructor(
    private readonly boss: PgBoss,
    private readonly database: Database,
    private readonly failures: JobFailures,
  ) {}

  static async open(database: Database, settings: JournalSettings, logger: JournalLogger): Promise<Queue> {
    const { jobs } = database;
    const boss = new PgBoss({
      ...('pglite' in jobs ? { db: fromPglite(jobs.pglite), backend: 'pglite' } : { ...jobs, max: 4 }),
      schema: jobsSchema(database),
      application_name: 'ozmap-cnt-jobs',
      useListenNotify: true,
      schedule: false,
      superviseIntervalSeconds: SUPERVISE_S,
      monitorIntervalSeconds: CLAIM_S,
    });
    boss.on('error', (error) => logger.warn(faultOf(error), 'the job queue met an error'));
    await boss.start();
    const waits = {
      notify: true,
      retryLimit: RETRIES,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: settings.queueRetryMaxS,
      expireInSeconds: Math.ceil((settings.leaseTtlMs / 1_000) * EXPIRE_LEASES),
      heartbeatSeconds: HEARTBEAT_S,
      // Also removes jobs that still wait: far above the age at which we let their operations fail.
      retentionSeconds: Math.max(14 * DAY_S, Math.ceil(settings.queueMaxAgeHours * 2 * 3_600)),
      deleteAfterSeconds: DAY_S,
    };
    await boss.createQueue(QUEUE, { policy: 'key_strict_fifo', ...waits });
    await boss.updateQueue(QUEUE, waits);
    return new Queue(boss, database, new JobFailures(logger));
  }

  /** One job for one operation, in the transaction that makes it wait. Its contract is the key of its order. */
  async enqueue(trx: Kysely<Tables>, { id, contractCode }: { id: string; contractCode: string | null }): Promise<void> {
    const data: JobData = { operationId: id };
    const job = await this.boss.send(QUEUE, data, {
      singletonKey: contractCode ?? id,
      db: fromKysely(trx),
    });
    if (job === null) throw new Error('the job queue did not take the operation');
  }

  /**
   * On a database that is ours alone, jobs still marked as running belong to our dead predecessor: they are tried again at once instead of
   * after their time.
   */
  async releaseOrphans(): Promise<void> {
    const jobs = await this.boss.findJobs<JobData>(QUEUE, { limit: 100_000 });
    const orphans = jobs.filter((job) => job.state === 'active').map((job) => job.id);
    if (orphans.length > 0) await this.boss.fail(QUEUE, orphans);
  }

  /**
   * Gives a job to contracts whose operations wait without one: after an accident that took theirs, nothing else would ever carry them out.
   * One is enough for a start; what still waits after it is found by the next look.
   */
  async rescue(): Promise<void> {
    const { db } = this.database;
    for (const stranded of await findStranded(db, { schema: jobsSchema(this.database), queue: QUEUE, limit: BATCH }))
      await this.enqueue(db, stranded);
  }

  /** `again`: OZmap is still away, or something of the same contract comes first. */
  async work(handle: (operationId: string) => Promise<'done' | 'again'>): Promise<void> {
    await this.boss.work(
      QUEUE,
      {
        batchSize: BATCH,
        perJobResults: true,
        burstWhenBatchFull: true,
        pollingIntervalSeconds: POLL_S,
        notifyPollingIntervalSeconds: POLL_S,
      },
      (jobs: { id: string; data: JobData }[]) =>
        Promise.all(
          jobs.map(async ({ id, data }) => {
            const end = await handle(data.operationId).catch((error: unknown) => {
              this.failures.tell(data.operationId, error);
              return 'again' as const;
            });
            return { id, status: end === 'done' ? ('completed' as const) : ('failed' as const) };
          }),
        ),
    );
  }

  /** Lets running jobs end, takes no more. */
  async stop(): Promise<void> {
    await this.boss.stop({ graceful: true, timeout: STOP_MS });
  }
}

function jobsSchema({ schema }: Database): string {
  return `${schema}_jobs`;
}
