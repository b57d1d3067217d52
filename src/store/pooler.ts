import pg from 'pg';

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
      connectionString: url,
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
