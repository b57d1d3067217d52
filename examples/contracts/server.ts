// A CNT contracts subgraph, in memory: enough to join ours to a supergraph and try it. `npx node examples/contracts/server.ts`
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ApolloServer } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import fastify from 'fastify';
import { parse } from 'graphql';

const typeDefs = parse(readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'));

/** Any code has a contract here. */
const contractOf = (code: string) => ({ code, plan: 'Fibra 500', monthlyPrice: 99.9 });

const resolvers = {
  Query: {
    contract: (_root: unknown, { code }: { code: string }) => contractOf(code),
    contracts: (_root: unknown, { codes }: { codes: string[] }) => codes.map(contractOf),
  },
  Client: {
    __resolveReference: async ({ contractCode }: { contractCode: string }) => ({ contractCode }),
    contract: ({ contractCode }: { contractCode: string }) => contractOf(contractCode),
  },
  Contract: {
    __resolveReference: async ({ code }: { code: string }) => contractOf(code),
    client: ({ code }: { code: string }) => ({ contractCode: code }),
  },
};

/** Starts on a port (0: any free one). Resolves to its address and a way to stop it. */
export async function startContracts(port = 14_001): Promise<{ url: string; stop(): Promise<void> }> {
  const app = fastify({ forceCloseConnections: true });
  const apollo = new ApolloServer({
    schema: buildSubgraphSchema([{ typeDefs, resolvers }]),
    includeStacktraceInErrorResponses: false,
    plugins: [fastifyApolloDrainPlugin(app)],
  });
  await apollo.start();
  app.post('/', fastifyApolloHandler(apollo));
  await app.listen({ port, host: '127.0.0.1' });
  const { port: taken } = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${taken}/`, stop: () => apollo.stop() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startContracts(Number(process.env.CONTRACTS_PORT ?? 14_001));
  process.stdout.write(`contracts subgraph on ${url}\n`);
}
