import type { Receiver } from '../domain/events.js';
import type { Database, DatabaseOptions } from '../store/database.js';
import type { TokenCheck } from '../store/tokens/token-memory.js';
import type { AnyCommand } from './command.js';
import type { ScheduledWork } from './scheduled.js';

/** What the provider configured; see .env.example. Days, hours and seconds as configured. */
export interface JournalSettings {
  /** How long an idempotency key is remembered. */
  keyDays: number;
  /** How long a command waits for others on its contract or box before CONFLICT BUSY. */
  leaseWaitMs: number;
  /** How long a lease outlives the last sign of its holder. Longer than any single request to OZmap may take. */
  leaseTtlMs: number;
  /** `OUTCOME_SETTLE_S`: an unanswered write counts as not applied only after it stayed absent this long. */
  outcomeSettleS: number;
  /** `QUEUE_MAX_AGE_HOURS`: a command that waited longer for OZmap fails. */
  queueMaxAgeHours: number;
  /** Longest pause between two attempts of a queued command. */
  queueRetryMaxS: number;
  /** `SNAPSHOT_RETENTION_DAYS`: inputs, outcomes and facts go after this. */
  snapshotDays: number;
  /** `JOURNAL_RETENTION_DAYS`: whole operations go after this. */
  journalDays: number;
  /** How often the background looks for what is due. */
  tickMs: number;
  /** A process without a sign of life for this long counts as dead, and its operations are taken over. */
  deadAfterMs: number;
  /** A journal on which no process worked for this long is taken for a restored one. */
  silentMs: number;
  /** How long after its end an operation that was closed as not applied is looked at for the last time. */
  lookAgainS: number;
  /** First pause before an event is sent again; doubles up to an hour. */
  webhookRetryMs: number;
  /** For how long an event that its receiver refuses (4xx) holds up the next of its contract; then it is a dead letter. */
  webhookRefusedMs: number;
  /** A receiver that takes longer to answer counts as not having the event. */
  webhookTimeoutMs: number;
}

export const DEFAULT_SETTINGS: JournalSettings = {
  keyDays: 7,
  leaseWaitMs: 15_000,
  leaseTtlMs: 60_000,
  outcomeSettleS: 300,
  queueMaxAgeHours: 72,
  queueRetryMaxS: 15,
  snapshotDays: 30,
  journalDays: 1_825,
  tickMs: 1_000,
  deadAfterMs: 15_000,
  silentMs: 3_600_000,
  lookAgainS: 86_400,
  webhookRetryMs: 1_000,
  webhookRefusedMs: 900_000,
  webhookTimeoutMs: 10_000,
};

/** What came of one attempt to deliver an event. */
export type DeliveryOutcome = 'taken' | 'failed' | 'dead';

/** What is counted of the journal's work. Nothing told has personal data in it. */
export interface JournalObserver {
  /** An operation has come to its end. */
  finished(operation: { action: string; state: string }): void;
  /** A command has waited for its contract and boxes; `busy`: in vain. */
  waited(ms: number, outcome: 'taken' | 'busy'): void;
  /** A receiver of events has answered, or has not; `taken`: it has the event now. */
  delivered(receiver: string, outcome: DeliveryOutcome): void;
}

/** The few words that the journal says in the log; a pino logger fits. Nothing logged holds personal data. */
export interface JournalLogger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** What the journal needs to know of the rest of the service. */
export interface JournalOptions<Session> {
  /** Where it lives, or a database already opened: the journal closes it either way. */
  database: DatabaseOptions | Database;
  /** Every command that may be recorded: run again and looked at by its action. */
  commands: readonly AnyCommand<Session>[];
  /** What background work works on: OZmap as `OZMAP_TOKEN` sees it. */
  backgroundSession: () => Session;
  /** Ids of the projects that `OZMAP_TOKEN` sees. Errors: UPSTREAM_UNAVAILABLE. */
  backgroundProjectIds: () => Promise<readonly string[]>;
  /** Asks OZmap about a caller's token again, by its hash, before a command that waited is carried out. Errors: UPSTREAM_UNAVAILABLE. */
  checkToken?: ((tokenHash: string) => Promise<TokenCheck>) | undefined;
  /** What follows applied operations by itself. */
  scheduled?: readonly ScheduledWork[] | undefined;
  settings?: Partial<JournalSettings> | undefined;
  /** Who is told of what happens, as it is now; absent: nobody. */
  receivers?: (() => readonly Receiver[]) | undefined;
  logger?: JournalLogger | undefined;
  observer?: JournalObserver | undefined;
}
