import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startContracts } from '../../examples/contracts/server.js';
import { composeBoth, type Subgraphs, startGateway } from '../../examples/supergraph.js';
import { askAt } from '../support/ask-graphql.js';
import { homesWithClient, pick, readPlant } from '../support/plant.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';

let subgraph: TestSubgraph;
let contracts: Awaited<ReturnType<typeof startContracts>>;
/** Hive Gateway, as the file for it in examples/routers says. */
async function startHive(subgraphs: Subgraphs): ReturnType<typeof startGateway> {
  const file = new URL('../../examples/routers/hive-gateway.config.mjs', import.meta.url).href;
  const { gatewayConfig } = (await import(file)) as { gatewayConfig: object };
  const runtime = createGatewayRuntime({ ...gatewayConfig, supergraph: composeBoth(subgraphs), logging: false });
  const server = createServer(runtime);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await runtime[Symbol.asyncDispose]();
    },
  };
}

beforeAll(async () => {
  subgraph = await startTestSubgraph();
  contracts = await startContracts(0);
});
afterAll(async () => {
  await contracts.stop();
  await subgraph.stop();
});

describe.each([
  ["Apollo's gateway", (subgraphs: Subgraphs) => startGateway(subgraphs, 0)],
  ['Hive Gateway', startHive],
])('A supergraph of this subgraph and a contracts subgraph behind %s', (_, start) => {
  let router: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    router = await start({ ozmapUrl: subgraph.url, contractsUrl: contracts.url });
  });
  afterAll(() => router.stop());

  const ask = (query: string, variables: Record<string, unknown> = {}, token: string | null = 'demo') =>
    askAt<Record<string, unknown>>(router.url, query, variables, { token });

  it("answers a contract's plan and its place in the network in one query, from either side", async () => {
    const home = pick(homesWithClient(await readPlant(subgraph.emulator)), (each) => each.box !== null);
    const query = `query($code: ID!) {
      contract(code: $code) { plan client { name property { box { name } } } }
      client(contractCode: $code) { status contract { plan } }
    }`;
    const { data, errors } = await ask(query, { code: home.client.code });
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      contract: {
        plan: 'Fibra 500',
        client: { name: home.client.name, property: { box: { name: expect.any(String) } } },
      },
      client: { status: home.client.implanted ? 'ACTIVE' : 'RESERVED', contract: { plan: 'Fibra 500' } },
    });
  });

  it('asks OZmap six times at most for 60 aliases, in however many requests the gateway sends', async () => {
    const homes = homesWithClient(await readPlant(subgraph.emulator)).filter(({ box }) => box !== null);
    const codes = homes.slice(0, 60).map(({ client }) => client.code);
    const fields = codes.map((code, at) => `a${at}: contract(code: ${JSON.stringify(code)}) { ...Place }`);
    const query = `{ ${fields.join(' ')} } fragment Place on Contract { client { name property { box { name } } } }`;
    await subgraph.emulator.clearRequests();
    const { data, errors } = await ask(query);
    expect(errors).toEqual([]);
    expect(Object.values(data ?? {})).toEqual(
      homes.slice(0, 60).map(({ client }) => ({
        client: { name: client.name, property: { box: { name: expect.any(String) } } },
      })),
    );
    expect((await subgraph.emulator.requests()).length).toBeLessThanOrEqual(6);
  });

  it('keeps the plan when the network does not know the contract', async () => {
    const { data, errors } = await ask(
      'query($code: ID!) { contract(code: $code) { plan client { name status properties { id } } } }',
      {
        code: 'nowhere',
      },
    );
    expect(errors).toEqual([]);
    const client = { name: null, status: null, properties: null };
    expect(data).toEqual({ contract: { plan: 'Fibra 500', client } });
  });

  it('answers the query of the README as the README shows it', async () => {
    const [, section = ''] = readFileSync('README.md', 'utf8').split('## Join your supergraph');
    const [query, answer] = ['graphql', 'json'].map(
      (language) => new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(section)?.[1] ?? '',
    );
    expect(query).toBe(readFileSync('examples/crossing.graphql', 'utf8'));
    const { data, errors } = await ask(query ?? '');
    expect(errors).toEqual([]);
    expect(JSON.parse(answer ?? '')).toEqual({ data });
  });

  it("passes on its caller's token: another sees another network, and none keeps the plan", async () => {
    const query = readFileSync('examples/crossing.graphql', 'utf8');
    const north = await ask(query, {}, 'demo-norte');
    expect(north.data).toMatchObject({ contract: { plan: 'Fibra 500', client: { name: null } } });
    const nobody = await ask(query, {}, null);
    expect(nobody.data).toMatchObject({ contract: { plan: 'Fibra 500', client: { name: null } } });
    expect(new Set(nobody.errors.map(({ extensions }) => extensions?.code))).toEqual(new Set(['UNAUTHENTICATED']));
  });

  it('survives a body that is no JSON in the example as well', async () => {
    const headers = { 'content-type': 'application/json' };
    const { status } = await fetch(contracts.url, { method: 'POST', headers, body: '{"query":' });
    expect(status).toBe(400);
    expect((await ask('{ contract(code: 7) { plan } }')).data).toEqual({ contract: { plan: 'Fibra 500' } });
  });

  it("keeps a neighbour's answer where ours is refused", async () => {
    const codes = Array.from({ length: 501 }, (_, at) => `C-${at}`);
    const query =
      'query($codes: [ID!]!) { contract(code: 7) { plan } clients(contractCodes: $codes) { name } viabilities(inputs: []) { viability { verdict } } }';
    const { data, errors } = await ask(query, { codes });
    expect(data).toEqual({ contract: { plan: 'Fibra 500' }, clients: null, viabilities: [] });
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['LIMIT_EXCEEDED']);
  });
});
