import type { Kysely, LogEvent } from 'kysely';
import { AppError, JournalUnavailableError } from '../errors/app-error.js';
import type { Tables } from './tables.js';

/** Where the journal lives, and who wants to hear of its statements. */
export interface DatabaseOptions {
  /** Folder of the embedded database; used when there is no `databaseUrl`. */
  dataDir: string;
  /** `postgres://…`: a server, which several processes may share. */
  databaseUrl?: string | undefined;
  /** Schema of the tables. Tests take one each. */
  schema?: string | undefined;
  /** Told every statement, transaction limits included. */
  onQuery?: ((sql: string) => void) | undefined;
}

/** As either form of it is opened. */
export type OpenOptions = { schema: string } & Pick<DatabaseOptions, 'onQuery'>;

/** The journal's database: PostgreSQL in either form. */
export interface Database {
  readonly db: Kysely<Tables>;
  /** The same for health: on a server a connection of its own, which gives up within a second. */
  readonly quick: Kysely<Tables>;
  /** How many statements have failed so far, for whatever reason. */
  readonly failures: number;
  readonly schema: string;
  /** True when this process is certainly alone on it. */
  readonly exclusive: boolean;
  /** Says which database it is and what it survives, for the start message. */
  readonly description: string;
  /** The migration by which its tables are newer than this release; null where they are not. */
  readonly newerBy: string | null;
  /**
   * Several statements or none. Everything here uses this and not `db.transaction()`, which on a closed embedded database never answers.
   * Never open while OZmap is asked.
   */
  transact<T>(work: (trx: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** Hears notifications of a channel until the returned function is called. Missed ones are made up for by timers. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** Counts statements that failed, whoever ran them. */
export class FailureCount {
  count = 0;

  /** What Kysely tells of its statements. `onQuery` hears of all of them. */
  log(onQuery?: (sql: string) => void): (event: LogEvent) => void {
    return ({ level, query }) => {
      if (level === 'error') this.count += 1;
      onQuery?.(query.sql);
    };
  }
}

/** What the database answers. Errors: JOURNAL_UNAVAILABLE with this sentence, whatever kept it from answering. */
export async function answered<T>(statement: Promise<T>, otherwise = 'the journal did not answer'): Promise<T> {
  try {
    return await statement;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new JournalUnavailableError(otherwise, [], { cause });
  }
}
