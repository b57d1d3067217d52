import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/open-database.js';
import { driverAddress } from '../../src/store/pool.js';
import { makeDatabase, type OwnDatabase } from '../support/own-database.js';
import { serverUrl } from '../support/postgres-server.js';
import { startPooler } from '../support/transaction-pooler.js';

describe('The address of a database', () => {
  it.each(['require', 'prefer', 'verify-ca'])(
    'with sslmode=%s checks the certificate and the name, as it always did here',
    (mode) => {
      expect(driverAddress(`postgres://u:p@h/d?application_name=a&sslmode=${mode}`)).toBe(
        'postgres://u:p@h/d?application_name=a&sslmode=verify-full',
      );
    },
  );

  it.each(['', '?sslmode=disable', '?sslmode=no-verify', '?sslmode=require&uselibpqcompat=true'])(
    'stays as it is with %j',
    (query) => {
      expect(driverAddress(`postgres://h/d${query}`)).toBe(`postgres://h/d${query}`);
    },
  );
});

describe.runIf(serverUrl)('A connection pooler in front of PostgreSQL', () => {
  let own: OwnDatabase;
  beforeEach(async () => {
    own = await makeDatabase(serverUrl ?? '');
  });
  afterEach(() => own.remove());

  it('is refused by name at the start where each transaction gets another session, and nothing is written', async () => {
    const pooler = await startPooler(own.url);
    await expect(openDatabase({ dataDir: '', databaseUrl: pooler.url })).rejects.toThrow(
      /pooler in transaction mode .*PgBouncer.* pool_mode = session/,
    );
    await pooler.stop();
    expect(await own.query("select 1 from pg_namespace where nspname = 'ozmap_cnt'")).toEqual([]);
  });

  it('is taken where each connection keeps its session', async () => {
    const pooler = await startPooler(own.url, { sessions: true });
    const database = await openDatabase({ dataDir: '', databaseUrl: pooler.url });
    let heard = '';
    await database.listen('ozmap_cnt_lease', (payload) => {
      heard = payload;
    });
    await own.query("notify ozmap_cnt_lease, 'contract:1'");
    await expect.poll(() => heard).toBe('contract:1');
    await database.close();
    await pooler.stop();
  });
});
