import type { SaleStore } from '../store/sales.js';
import type { RememberedToken } from '../store/tokens/known-tokens.js';
import type { Viewer } from '../store/tokens/token-memory.js';
import type { Journal, Recorded } from './journal.js';
import type { Reads } from './reads/reader.js';
import type { RetryBy } from './runs/retry.js';

/** How the journal is doing, for /readyz and metrics. */
export interface JournalHealth {
  database: 'up' | 'down';
  /** Which database, and what it survives. */
  description: string;
  /** Operations in these states; absent, as all below, when the database is down. */
  pending?: number;
  queued?: number;
  unknown?: number;
  /** Of these, such as a person decides on: the database was restored. */
  held?: number;
  /**
   * Events that wait, and that were set aside because their receiver did not take them, by its name: of receivers that there are, and of those that
   * there were as long as something of theirs is left.
   */
  receivers?: readonly { receiver: string; waiting: number; dead: number }[];
  /** How long the oldest command has been waiting for OZmap; 0 when none does. */
  oldestQueuedS?: number;
  /** Operations that wait or are in doubt, and are left to another release, which knows the state that they hold. */
  leftOpen?: readonly { action: string; version: number; count: number }[];
}

/** The journal as the service uses it: records, reads, tries again, and works in the background between `start` and `stop`. */
export interface OperationJournal<Session> extends Journal, Reads {
  /** Resumes what a crash left, then works on: unknown outcomes, the queue, expiries, events, retention. */
  start(): Promise<void>;
  /** Lets running work end, closes the database. Commands recorded later are JOURNAL_UNAVAILABLE. */
  stop(): Promise<void>;
  health(): Promise<JournalHealth>;

  /** Ids of homes that an unfinished operation keeps to itself: not to be offered. One statement. */
  findKeptHomes(): Promise<string[]>;

  /** Tries a FAILED operation again. Errors: NOT_FOUND · BAD_USER_INPUT · CONFLICT · what the command throws. */
  retry(operationId: string, by: RetryBy<Session> & { viewer: Viewer }): Promise<Recorded<unknown>>;

  /** Sends one again that was delivered or is a dead letter. Errors: NOT_FOUND. */
  sendAgain(deliveryId: string, viewer: Viewer): Promise<void>;

  /** Keeps what OZmap just said of a token: its owner and its projects. Call on every verification by OZmap. */
  rememberToken(token: string, seen: RememberedToken): Promise<void>;
  /** What OZmap said of a token within the last hours; null: not known, or too long ago. */
  findRememberedToken(token: string, withinHours: number): Promise<RememberedToken | null>;
  /** OZmap answered 401 to this token: what waits for its owner will not be carried out. */
  forgetToken(token: string): Promise<void>;

  /** Takes requests to OZmap out of what all processes may send: `drawRequests` of the store, one statement. */
  drawRequests(
    bucket: { size: number; perSecond: number },
    count: number,
    reserve: number,
  ): Promise<{ granted: number; left: number }>;

  /** Sales by links to the map page. */
  readonly sales: SaleStore;

  /** Erases a person's data and leaves the trail. `pending`: still unfinished, erased as soon as they end. */
  erase(contractCode: string): Promise<{ erased: number; pending: number }>;
}
