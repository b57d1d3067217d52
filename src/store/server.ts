import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from './database.js';
import { Listener } from './listener.js';
import { migrate } from './migrate.js';
import type { Tables } from './tables.js';

/** Any number, the same in every release: who holds this advisory lock may change the tables. */
const MIGRATION_LOCK = 718_244_103;
/** A database that does not answer must not hold a request for longer than a caller waits. */
const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 15_000;
const POOL_SIZE = 10;

/** A PostgreSQL server, shared with other processes of this service. */
export class Server implements Database {
  readonly exclusive = false;
  readonly description: string;

  private constructor(
    readonly db: Kysely<Tables>,
    readonly schema: string,
    private readonly listener: Listener,
    url: string,
  ) {
    this.description = `PostgreSQL at ${new URL(url).host}`;
  }

  static async open({
    url,
    schema,
    onQuery,
  }: {
    url: string;
    schema: string;
    onQuery?: ((sql: string) => void) | undefined;
  }): Promise<Server> {
    const pool = new pg.Pool({
      connectionString: url,
      max: POOL_SIZE,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
      options: `-c search_path=${schema}`,
      application_name: 'ozmap-cnt-journal',
    });
    // A connection that breaks is replaced by the pool, and its statement fails. Without a listener it would end the process: the pool
    // listens while a connection is idle, nobody does between two statements of a transaction.
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    const db = new Kysely<Tables>({
      dialect: new PostgresDialect({ pool }),
      ...(onQuery ? { log: (event) => onQuery(event.query.sql) } : {}),
    });
    try {
      await migrateAlone(url, schema, db);
    } catch (error) {
      await db.destroy();
      throw error;
    }
    return new Server(db, schema, new Listener(url), url);
  }

  transact<T>(work: (trx: Kysely<Tables>) => Promise<T>): Promise<T> {
    return this.db.transaction().execute(work);
  }

  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
    return this.listener.listen(channel, heard);
  }

  async close(): Promise<void> {
    await this.listener.close();
    await this.db.destroy();
  }
}

/** A session lock on a connection of its own: it also covers the making of the schema, which `if not exists` alone does not. */
async function migrateAlone(url: string, schema: string, db: Kysely<Tables>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(`create schema if not exists ${schema}`);
    await migrate(db, schema);
  } finally {
    await client.end();
  }
}
