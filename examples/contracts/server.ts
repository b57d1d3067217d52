// A CNT contracts subgraph, in memory: enough to join ours to a supergraph and try it. `npx node examples/contracts/server.ts`
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

const typeDefs = parse(readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'));

/** Any code has a contract here. */
const contractOf = (code: string) => ({ code, plan: 'Fibra 500', monthlyPrice: 99.9 });

const resolvers = {
  Query: { contract: (_root: unknown, { code }: { code: string }) => contractOf(code) },
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
  const apollo = new ApolloServer({ schema: buildSubgraphSchema([{ typeDefs, resolvers }]) });
  await apollo.start();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = new HeaderMap(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'POST',
        headers,
        search: '',
        body: JSON.parse(Buffer.concat(chunks).toString() || 'null'),
      },
      context: async () => ({}),
    });
    response.writeHead(answer.status ?? 200, Object.fromEntries(answer.headers));
    response.end(answer.body.kind === 'complete' ? answer.body.string : '');
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await apollo.stop();
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startContracts();
  process.stdout.write(`contracts subgraph on ${url}\n`);
}
