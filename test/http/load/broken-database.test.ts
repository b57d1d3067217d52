import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseProxy, startDatabaseProxy } from '../../support/database-proxy.js';
import { makeDatabase, type OwnDatabase } from '../../support/own-database.js';
import { serverUrl } from '../../support/postgres-server.js';
import { startTestSubgraph, type TestSubgraph } from '../../support/start-subgraph.js';
import { until } from '../../support/until.js';

interface Payload {
  problem: { code: string; reason: string | null; message: string } | null;
  operation: { id: string; state: string } | null;
}

const RENAME = `mutation ($input: UpdateClientInput!) {
  it: updateClient(input: $input) { problem { code reason message } operation { id state } } }`;
const LIST =
  'query ($filter: IntegrationOperationFilter) { it: integrationOperations(filter: $filter) { edges { node { id } } } }';

describe.runIf(serverUrl)('A service whose PostgreSQL is in trouble', () => {
  let own: OwnDatabase;
  let proxy: DatabaseProxy;
  let subgraph: TestSubgraph;
  let codes: string[];
  const acknowledged: string[] = [];
  beforeAll(async () => {
    own = await makeDatabase(serverUrl ?? '');
    proxy = await startDatabaseProxy(own.url);
    subgraph = await startTestSubgraph({ env: { DATABASE_URL: proxy.url } });
    const clients = await subgraph.emulator.all<{ code: string | null }>('ftth-clients');
    codes = clients.flatMap(({ code }) => (code ? [code] : []));
  });
  afterAll(async () => {
    await subgraph.stop();
    await proxy.stop();
    await own.remove();
  });

  const update = async (input: object) => (await subgraph.query<{ it: Payload }, object>(RENAME, { input })).data?.it;
  /** Each on a contract of its own: what was cut off keeps one busy. */
  const rename = async (): Promise<string> => {
    const contractCode = codes.shift();
    const { data, errors } = await subgraph.query<{ it: Payload }, object>(RENAME, {
      input: { contractCode, name: 'Nome novo' },
    });
    const { problem = null, operation = null } = data?.it ?? {};
    if (operation?.state === 'APPLIED') acknowledged.push(operation.id);
    return problem?.reason ?? problem?.code ?? operation?.state ?? String(errors[0]?.extensions?.code);
  };
  const get = (path: string) => fetch(`${subgraph.root}${path}`);
  const readiness = async () => {
    const answer = await get('/readyz');
    return { code: answer.status, ...((await answer.json()) as { database: string }) };
  };
  const up = async () => /^journal_up (\d)$/m.exec(await (await get('/metrics')).text())?.[1];
  const comesBack = async () => {
    await until(async () => (await readiness()).code === 200);
    await until(async () => (await rename()) === 'APPLIED');
    await until(async () => (await up()) === '1');
  };
  /** Told well before a command gives up. */
  const isTold = async () => {
    await until(async () => (await readiness()).code === 503);
    expect(await readiness()).toMatchObject({ database: 'down' });
    await until(async () => (await up()) === '0');
  };

  it('works on when idle connections were closed on their way', async () => {
    expect(await rename()).toBe('APPLIED');
    proxy.closeAll();
    await comesBack();
  });

  it('says so while the server restarts, refuses commands, reads and all, and works on afterwards', async () => {
    proxy.restart();
    await isTold();
    expect(await rename()).toBe('JOURNAL_UNAVAILABLE');
    const { errors } = await subgraph.query(LIST, { filter: { contractCode: codes[0] } });
    expect(errors).toMatchObject([{ extensions: { code: 'JOURNAL_UNAVAILABLE' } }]);
    proxy.open();
    await comesBack();
  });

  it('says so within 2 s of being asked while its connections stay open and bring no answer, and takes new ones', async () => {
    proxy.silence();
    await until(async () => {
      const askedAt = performance.now();
      const { code } = await readiness();
      expect(performance.now() - askedAt).toBeLessThan(2_000);
      return code === 503;
    }, 3_500);
    await isTold();
    proxy.open();
    await until(async () => (await readiness()).code === 200);
    proxy.closeAll();
    await comesBack();
  });

  it('says nothing about what was sent while it cannot read that', async () => {
    const input = { contractCode: codes.shift(), name: 'Outro nome', idempotencyKey: 'sent-before' };
    expect(await update(input)).toMatchObject({ operation: { state: 'APPLIED' } });
    proxy.restart();
    const again = await update(input);
    proxy.open();
    expect(again?.problem).toMatchObject({ code: 'JOURNAL_UNAVAILABLE' });
    expect(again?.problem?.message).not.toMatch(/nada foi|nothing/i);
    await comesBack();
  });

  it.each(['access exclusive', 'share'])('says so while the operations are locked in %s mode', async (mode) => {
    const other = new pg.Client({ connectionString: own.url });
    await other.connect();
    await other.query(`begin; lock table ozmap_cnt.operation in ${mode} mode`);
    const refused = rename();
    await isTold();
    expect(await refused).toBe('JOURNAL_UNAVAILABLE');
    await other.end();
    await comesBack();
  });

  it('says so while the server can only be read, as one that stands by', async () => {
    const name = new URL(own.url).pathname.slice(1);
    await own.query(`alter database ${name} set default_transaction_read_only = on`);
    proxy.closeAll();
    await isTold();
    expect(await rename()).toBe('JOURNAL_UNAVAILABLE');
    await own.query(
      `begin; set transaction read write; alter database ${name} reset default_transaction_read_only; commit`,
    );
    proxy.closeAll();
    await comesBack();
  });

  it('says so once a command could not be written for lack of space, until there is some', async () => {
    // As a full disk does: pages that are there are written, a new one is refused.
    await own.query(`create function ozmap_cnt.full() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$;
      create trigger full_disk before insert on ozmap_cnt.operation execute function ozmap_cnt.full()`);
    expect(await rename()).toBe('JOURNAL_UNAVAILABLE');
    await isTold();
    await own.query('drop trigger full_disk on ozmap_cnt.operation');
    await comesBack();
  });

  it('has lost nothing that it acknowledged', async () => {
    const applied = await own.query<{ id: string }>("select id from ozmap_cnt.operation where state = 'APPLIED'");
    const known = new Set(applied.map(({ id }) => id));
    expect(acknowledged.length).toBeGreaterThan(5);
    expect(acknowledged.filter((id) => !known.has(id))).toEqual([]);
  });
});
