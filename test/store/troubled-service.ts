import { afterAll, beforeAll, expect } from 'vitest';
import { type DatabaseProxy, startDatabaseProxy } from '../support/database-proxy.js';
import { makeDatabase, type OwnDatabase } from '../support/own-database.js';
import { serverUrl } from '../support/postgres-server.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';
import { until } from '../support/until.js';

interface Payload {
  problem: { code: string; reason: string | null; message: string } | null;
  operation: { id: string; state: string } | null;
}

const RENAME = `mutation ($input: UpdateClientInput!) {
  it: updateClient(input: $input) { problem { code reason message } operation { id state } } }`;
export const LIST =
  'query ($filter: IntegrationOperationFilter) { it: integrationOperations(filter: $filter) { edges { node { id } } } }';

/** For a suite: a service on a PostgreSQL that is brought into trouble, and what says how it does. */
export function useTroubledService() {
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

  return {
    codes: () => codes,
    database: () => own,
    proxy: () => proxy,
    query: ((...args) => subgraph.query(...args)) as TestSubgraph['query'],
    update,
    rename,
    readiness,
    comesBack,
    isTold,
    async expectAcknowledged(): Promise<void> {
      const applied = await own.query<{ id: string }>("select id from ozmap_cnt.operation where state = 'APPLIED'");
      const known = new Set(applied.map(({ id }) => id));
      expect(acknowledged.length).toBeGreaterThan(2);
      expect(acknowledged.filter((id) => !known.has(id))).toEqual([]);
    },
  };
}
