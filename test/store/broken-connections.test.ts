import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/database.js';
import { openDatabase } from '../../src/store/open-database.js';
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
