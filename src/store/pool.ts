import { type DatabaseIntrospector, type Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';

/** How long a session of ours may take, in milliseconds, so that a database in trouble is told as such and not waited for. */
export interface SessionLimits {
  /** Connections at the same time. */
  size: number;
  connectMs: number;
  /** 0: no limit. */
  statementMs: number;
  /** How long a statement may wait for a lock. */
  lockMs: number;
}

/** A paused process must not keep others from what its open transaction has locked. */
const IDLE_IN_TRANSACTION_MS = 15_000;
/** The server ends a statement first; this ends it where nothing is heard from the server. */
const SILENCE_MS = 1_000;
/** pg's own words: it gives up the statement, but keeps the connection and sends the next one behind it. */
const GIVEN_UP = 'Query read timeout';

/**
 * The address as the driver takes it without warnings: what it does for `require`, `prefer` and `verify-ca` today is `verify-full`, and it is to
 * stay so. `uselibpqcompat=true` in the address is somebody's own choice of PostgreSQL's weaker meanings.
 */
export function driverAddress(url: string): string {
  if (/[?&]uselibpqcompat=true/.test(url)) return url;
  return url.replace(/([?&]sslmode=)(?:require|prefer|verify-ca)(?=&|$)/, '$1verify-full');
}

/**
 * Connections to a server, with `schema` as the place of all tables. A connection that breaks, or brings no answer in time, is replaced, and
 * its statement fails.
 *
 * The limits are set by a statement: a pooler in front of the server refuses them as parameters of the connection.
 */
export function createPool(url: string, schema: string, limits: SessionLimits): pg.Pool {
  const { statementMs, lockMs } = limits;
  const pool = new pg.Pool({
    connectionString: driverAddress(url),
    max: limits.size,
    connectionTimeoutMillis: limits.connectMs,
    ...(statementMs > 0 && { query_timeout: statementMs + SILENCE_MS }),
    keepAlive: true,
    application_name: 'ozmap-cnt-journal',
    onConnect: async (client) => {
      // The pool listens while a connection is idle. Between two statements of a transaction nobody does, and an error ends the process.
      client.on('error', () => {});
      endOnceSilent(client);
      await client.query(`set search_path = ${schema}; set statement_timeout = ${statementMs}; set lock_timeout = ${lockMs};
        set idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`);
    },
  });
  pool.on('error', () => {});
  return pool;
}

/** How Kysely speaks to the server, over such connections. */
export function createDialect(url: string, schema: string, limits: SessionLimits): PostgresDialect {
  return new OwnSchemaDialect(createPool(url, schema, limits), schema);
}

/**
 * Looks for tables in our schema only. Kysely's own look goes through every column of every schema of the database, and fails where somebody
 * drops another one meanwhile.
 */
class OwnSchemaDialect extends PostgresDialect {
  constructor(
    pool: pg.Pool,
    private readonly schema: string,
  ) {
    super({ pool });
  }

  override createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    const { schema } = this;
    return {
      getSchemas: async () => [{ name: schema }],
      getTables: async () => {
        const tables = sql<{ name: string }>`select tablename as name from pg_tables where schemaname = ${schema}`;
        const { rows } = await tables.execute(db);
        return rows.map(({ name }) => ({ name, schema, isView: false, isForeign: false, columns: [] }));
      },
    };
  }
}

/** Ends a connection as soon as a statement was given up on it: by then the pool has not had it back. */
function endOnceSilent(client: pg.ClientBase): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  client.query = (...args: unknown[]) => {
    const answer = query(...args);
    if (answer instanceof Promise)
      answer.catch((error: Error) => {
        if (error.message === GIVEN_UP) void (client as pg.Client).end();
      });
    return answer as never;
  };
}

const TIMEOUT_MS = 5_000;
/** A pooler that hands out its sessions in turn may give the same one twice by chance. */
const ROUNDS = 3;

/**
 * Refuses a connection pooler that gives each transaction another session. Advisory locks, LISTEN and `search_path` belong to a session:
 * there, commands would miss releases and tables at random.
 *
 * Errors: an Error that says what to use instead · those of the connection.
 */
export async function refuseTransactionPooler(url: string): Promise<void> {
  const clients = [0, 1].map(() => {
    const client = new pg.Client({
      connectionString: driverAddress(url),
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
    });
    client.on('error', () => {});
    return client;
  });
  const [one, two] = clients as [pg.Client, pg.Client];
  try {
    await Promise.all(clients.map((client) => client.connect()));
    if ((await sessionOf(one)) === Reflect.get(one, 'processID')) return;
    if (await sharesSessions(one, two))
      throw new Error(
        'DATABASE_URL leads to a connection pooler in transaction mode (as PgBouncer with pool_mode = transaction), where this service cannot work: it needs sessions of its own, for locks and LISTEN. Give the address of PostgreSQL itself, or of a pool with pool_mode = session; a process takes about 15 connections.',
      );
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => {})));
  }
}

/** The server's own number of the session that answers. Straight to a server, it is the one that the connection was told. */
async function sessionOf(client: pg.Client): Promise<number | undefined> {
  return (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
}

/** Whether one connection is answered by a session that was another's, or by two. */
async function sharesSessions(one: pg.Client, two: pg.Client): Promise<boolean> {
  const first = await sessionOf(one);
  for (let round = 0; round < ROUNDS; round += 1) {
    await two.query('begin');
    if ((await sessionOf(two)) === first || (await sessionOf(one)) !== first) return true;
    await two.query('commit');
    if ((await sessionOf(one)) !== first) return true;
  }
  return false;
}
