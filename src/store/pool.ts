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
 * Connections to a server, with `schema` as the place of all tables. A connection that breaks, or brings no answer in time, is replaced, and
 * its statement fails.
 *
 * The limits are set by a statement: a pooler in front of the server refuses them as parameters of the connection.
 */
export function createPool(url: string, schema: string, limits: SessionLimits): pg.Pool {
  const { statementMs, lockMs } = limits;
  const pool = new pg.Pool({
    connectionString: url,
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
