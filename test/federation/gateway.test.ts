import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startContracts } from '../../examples/contracts/server.js';
import { homesWithClient, pick, readPlant } from '../support/plant.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';

let subgraph: TestSubgraph;
let contracts: Awaited<ReturnType<typeof startContracts>>;
let router: ApolloServer;

beforeAll(async () => {
  subgraph = await startTestSubgraph();
  contracts = await startContracts(0);
  const sdl = await subgraph.query<{ _service: { sdl: string } }, unknown>('{ _service { sdl } }', {}, { token: null });
  const { supergraphSdl, errors } = composeServices([
    { name: 'ozmap', url: subgraph.url, typeDefs: parse(sdl.data?._service.sdl ?? '') },
    {
      name: 'contracts',
      url: contracts.url,
      typeDefs: parse(readFileSync('examples/contracts/schema.graphql', 'utf8')),
    },
  ]);
  if (!supergraphSdl) throw new Error(errors?.join('\n'));
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ url }) =>
      new RemoteGraphQLDataSource({
        ...(url !== undefined && { url }),
        willSendRequest: ({ request }) => request.http?.headers.set('authorization', 'demo'),
      }),
  });
  router = new ApolloServer({ gateway });
  await router.start();
});
afterAll(async () => {
  await router.stop();
  await contracts.stop();
  await subgraph.stop();
});

async function ask(query: string, variables: Record<string, unknown>) {
  const { body } = await router.executeOperation({ query, variables });
  if (body.kind !== 'single') throw new Error('not one answer');
  return body.singleResult;
}

describe('A supergraph of this subgraph and a contracts subgraph', () => {
  it("answers a contract's plan and its place in the network in one query, from either side", async () => {
    const home = pick(homesWithClient(await readPlant(subgraph.emulator)), (each) => each.box !== null);
    const query = `query($code: ID!) {
      contract(code: $code) { plan client { name property { box { name } } } }
      client(contractCode: $code) { status contract { plan } }
    }`;
    const { data, errors } = await ask(query, { code: home.client.code });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      contract: {
        plan: 'Fibra 500',
        client: { name: home.client.name, property: { box: { name: expect.any(String) } } },
      },
      client: { status: home.client.implanted ? 'ACTIVE' : 'RESERVED', contract: { plan: 'Fibra 500' } },
    });
  });

  it('asks OZmap six times at most for 60 aliases, of which the gateway makes 60 requests', async () => {
    const homes = homesWithClient(await readPlant(subgraph.emulator)).filter(({ box }) => box !== null);
    const codes = homes.slice(0, 60).map(({ client }) => client.code);
    const fields = codes.map((code, at) => `a${at}: contract(code: ${JSON.stringify(code)}) { ...Place }`);
    const query = `{ ${fields.join(' ')} } fragment Place on Contract { client { name property { box { name } } } }`;
    await subgraph.emulator.clearRequests();
    const { data, errors } = await ask(query, {});
    expect(errors).toBeUndefined();
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
    expect(errors).toBeUndefined();
    const client = { name: null, status: null, properties: null };
    expect(data).toEqual({ contract: { plan: 'Fibra 500', client } });
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
