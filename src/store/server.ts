import { Kysely } from 'kysely';
import pg from 'pg';
import { type Database, FailureCount, type OpenOptions } from './database.js';
import { Listener } from './listener.js';
import { migrate } from './migrate.js';
import { createDialect, driverAddress, refuseTransactionPooler, type SessionLimits } from './pool.js';
import type { Tables } from './tables.js';

/** Any number, the same in every release: who holds this advisory lock may change the tables. */
const MIGRATION_LOCK = 718_244_103;
/** A database that does not answer must not hold a request for longer than a caller waits. */
const COMMANDS: SessionLimits = { size: 10, connectMs: 5_000, statementMs: 15_000, lockMs: 5_000 };
/** Health is told within 2 s, also while every other connection waits. */
const HEALTH: SessionLimits = { size: 1, connectMs: 1_000, statementMs: 1_000, lockMs: 800 };
/** A change of a long table takes its time; waiting for a lock, it keeps everybody else from the table. */
const MIGRATION: SessionLimits = { size: 2, connectMs: 5_000, statementMs: 0, lockMs: 2_000 };

/** A PostgreSQL server, shared with other processes of this service. */
export class Server implements Database {
  readonly exclusive = false;
  readonly description: string;

  private constructor(
    readonly db: Kysely<Tables>,
    readonly quick: Kysely<Tables>,
    readonly schema: string,
    readonly newerBy: string | null,
    private readonly failed: FailureCount,
    private readonly listener: Listener,
    url: string,
  ) {
    this.description = `PostgreSQL at ${new URL(url).host}`;
  }

  static async open({ url, schema, onQuery }: OpenOptions & { url: string }): Promise<Server> {
    await refuseTransactionPooler(url);
    const newerBy = await migrateAlone(url, schema);
    const failed = new FailureCount();
    const open = (limits: SessionLimits) =>
      new Kysely<Tables>({ dialect: createDialect(url, schema, limits), log: failed.log(onQuery) });
    return new Server(open(COMMANDS), open(HEALTH), schema, newerBy, failed, new Listener(url), url);
  }

  /** Errors: those of connecting. */
  static async hasSchema(url: string, schema: string): Promise<boolean> {
    const client = await connect(url);
    try {
      const { rowCount } = await client.query('select from pg_namespace where nspname = $1', [schema]);
      return rowCount === 1;
    } finally {
      await client.end();
    }
  }

  get failures(): number {
    return this.failed.count;
  }

  transact<T>(work: (trx: Kysely<Tables>) => Promise<T>): Promise<T> {
    return this.db.transaction().execute(work);
  }

  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
    return this.listener.listen(channel, heard);
  }

  async close(): Promise<void> {
    await this.listener.close();
    await Promise.all([this.db.destroy(), this.quick.destroy()]);
  }
}

/** A session lock on a connection of its own: it also covers the making of the schema, which `if not exists` alone does not. */
async function migrateAlone(url: string, schema: string): Promise<string | null> {
  const client = await connect(url);
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(`create schema if not exists ${schema}`);
    const db = new Kysely<Tables>({ dialect: createDialect(url, schema, MIGRATION) });
    try {
      return await migrate(db, schema);
    } finally {
      await db.destroy();
    }
  } finally {
    await client.end();
  }
}

/** A connection of its own, past the pools. */
async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: driverAddress(url), connectionTimeoutMillis: MIGRATION.connectMs });
  client.on('error', () => {});
  await client.connect();
  return client;
}
