// A CNT contracts subgraph, in memory: enough to join ours to a supergraph and try it. `node examples/contracts/server.mjs`
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

const typeDefs = parse(readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'));

/** Any code has a contract here. */
const contractOf = (code) => ({ code, plan: 'Fibra 500', monthlyPrice: 99.9 });

const resolvers = {
  Query: { contract: (_root, { code }) => contractOf(code) },
  Client: {
    __resolveReference: async ({ contractCode }) => ({ contractCode }),
    contract: ({ contractCode }) => contractOf(contractCode),
  },
  Contract: {
    __resolveReference: async ({ code }) => contractOf(code),
    client: ({ code }) => ({ contractCode: code }),
  },
};

/** Starts on a port (0: any free one). Resolves to its address and a way to stop it. */
export async function startContracts(port = 14_001) {
  const apollo = new ApolloServer({ schema: buildSubgraphSchema([{ typeDefs, resolvers }]) });
  await apollo.start();
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
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
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await apollo.stop();
    },
  };
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].replaceAll('\\', '/').split('/').slice(-2).join('/'))) {
  const { url } = await startContracts();
  process.stdout.write(`contracts subgraph on ${url}\n`);
}
