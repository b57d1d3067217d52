import type { Kysely } from 'kysely';
import { Pglite } from './pglite.js';
import { Server } from './server.js';
import type { Tables } from './tables.js';

/** Where the journal lives, and who wants to hear of its statements. */
export interface DatabaseOptions {
  /** Folder of the embedded database; used when there is no `databaseUrl`. */
  dataDir: string;
  /** `postgres://…`: a server, which several processes may share. */
  databaseUrl?: string | undefined;
  /** Schema of the tables; the job queue's is this with `_jobs`. Tests take one each. */
  schema?: string | undefined;
  /** Told every statement, transaction limits included. */
  onQuery?: ((sql: string) => void) | undefined;
}

/** The journal's database: PostgreSQL in either form. */
export interface Database {
  readonly db: Kysely<Tables>;
  readonly schema: string;
  /** True when this process is certainly alone on it. */
  readonly exclusive: boolean;
  /** What the job queue works on. */
  readonly jobs: { connectionString: string } | { pglite: Pglite['pglite'] };
  /** Says which database it is and what it survives, for the start message. */
  readonly description: string;
  /**
   * Several statements or none. Everything here uses this and not `db.transaction()`, which on a closed embedded database never answers.
   * Never open while OZmap is asked.
   */
  transact<T>(work: (trx: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** Hears notifications of a channel until the returned function is called. Missed ones are made up for by timers. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const DEFAULT_SCHEMA = 'ozmap_cnt';

/**
 * Opens the journal's database and brings its tables up to date, under a lock where others may do the same.
 *
 * Errors: an Error with a plain sentence when another process owns the embedded database's folder.
 */
export function openDatabase(options: DatabaseOptions): Promise<Database> {
  const schema = options.schema ?? DEFAULT_SCHEMA;
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(schema)) throw new Error(`not a usable schema name: ${schema}`);
  return options.databaseUrl
    ? Server.open({ url: options.databaseUrl, schema, onQuery: options.onQuery })
    : Pglite.open({ dataDir: options.dataDir, schema, onQuery: options.onQuery });
}
