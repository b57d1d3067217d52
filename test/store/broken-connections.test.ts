import { Kysely, PostgresDialect, sql } from 'kysely';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/database.js';
import { openDatabase } from '../../src/store/open-database.js';
import { createPool } from '../../src/store/pool.js';
import { type DatabaseProxy, startDatabaseProxy } from '../support/database-proxy.js';
import { makeDatabase, type OwnDatabase } from '../support/own-database.js';
import { serverUrl } from '../support/postgres-server.js';
import { until } from '../support/until.js';

describe.runIf(serverUrl)('A connection to PostgreSQL that is ended by the server', () => {
  let own: OwnDatabase;
  let database: Database;
  beforeAll(async () => {
    own = await makeDatabase(serverUrl ?? '');
    database = await openDatabase({ dataDir: '', databaseUrl: own.url });
  });
  afterAll(async () => {
    await database.close();
    await own.remove();
  });

  it('between two statements of a transaction fails that transaction only', async () => {
    const broken = database.transact(async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
      await own.query(`select pg_terminate_backend(${rows[0]?.pid})`);
      // The end is heard while nobody asks anything.
      await until(
        async () => (await own.query(`select 1 from pg_stat_activity where pid = ${rows[0]?.pid}`)).length === 0,
      );
      await sql`select 1`.execute(trx);
    });
    await expect(broken).rejects.toThrow();
    await expect(database.transact((trx) => sql`select 1 as one`.execute(trx))).resolves.toMatchObject({
      rows: [{ one: 1 }],
    });
  });
});

describe.runIf(serverUrl)('A connection to PostgreSQL that brings no answer', () => {
  let own: OwnDatabase;
  let proxy: DatabaseProxy;
  let pool: pg.Pool;
  let db: Kysely<object>;
  beforeAll(async () => {
    own = await makeDatabase(serverUrl ?? '');
    proxy = await startDatabaseProxy(own.url);
    pool = createPool(proxy.url, 'public', { size: 2, connectMs: 500, statementMs: 200, lockMs: 100 });
    db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  });
  afterAll(async () => {
    await db.destroy();
    await proxy.stop();
    await own.remove();
  });

  const ask = () => sql<{ one: number }>`select 1 as one`.execute(db);
  const transact = () => db.transaction().execute((trx) => sql`select 1 as one`.execute(trx));

  it('is given up with its statement or transaction, within their time', async () => {
    await Promise.all([ask(), ask()]);
    proxy.silence();
    const startedAt = performance.now();
    const answers = await Promise.allSettled([ask(), transact(), ask(), transact()]);
    expect(answers.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
    // Statement, silence, and a connection that the second pair waits for.
    expect(performance.now() - startedAt).toBeLessThan(2_500);
  });

  it('makes room for one that answers', async () => {
    proxy.open();
    await expect(Promise.all([ask(), ask()])).resolves.toMatchObject([{ rows: [{ one: 1 }] }, { rows: [{ one: 1 }] }]);
    expect(pool.totalCount).toBeLessThanOrEqual(2);
  });

  it('does not hold up the end of the service', async () => {
    const database = await openDatabase({ dataDir: '', databaseUrl: proxy.url });
    await database.listen('some_channel', () => {});
    proxy.silence();
    const startedAt = performance.now();
    await database.close();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
