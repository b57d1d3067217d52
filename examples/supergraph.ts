// `npm run supergraph`: this service and examples/contracts behind one gateway, on this machine, without a container and without an account.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { composeServices } from '@apollo/composition';
import { ApolloGateway, type GraphQLDataSourceProcessOptions, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import fastify from 'fastify';
import { parse } from 'graphql';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** What a router has to pass on from its caller to us: who asks, in which language, and what a log line and a trace are found by. */
export const FORWARDED = ['authorization', 'x-cnt-user', 'accept-language', 'traceparent', 'x-request-id'];
FORWARDED.push('apollographql-client-name', 'apollographql-client-version');

type Caller = { headers?: Record<string, string | string[] | undefined> };

class ForwardingSource extends RemoteGraphQLDataSource<Caller> {
  override willSendRequest({ request, context }: GraphQLDataSourceProcessOptions<Caller>): void {
    for (const name of FORWARDED) {
      const value = context.headers?.[name];
      if (typeof value === 'string') request.http?.headers.set(name, value);
    }
  }
}

/** Where the two subgraphs are. */
export interface Subgraphs {
  ozmapUrl: string;
  contractsUrl: string;
}

/** Makes one schema of both. Errors: those of the composition. */
export function composeBoth({ ozmapUrl, contractsUrl }: Subgraphs): string {
  const { supergraphSdl, errors } = composeServices([
    { name: 'ozmap', url: ozmapUrl, typeDefs: parse(read('../schema/subgraph.graphql')) },
    { name: 'contracts', url: contractsUrl, typeDefs: parse(read('contracts/schema.graphql')) },
  ]);
  if (!supergraphSdl) throw new Error(errors?.join('\n'));
  return supergraphSdl;
}

/** Serves both at one address, on a port (0: any free one). Errors: those of the composition; EADDRINUSE. */
export async function startGateway(
  subgraphs: Subgraphs,
  port: number,
): Promise<{ url: string; stop(): Promise<void> }> {
  const gateway = new ApolloGateway({
    supergraphSdl: composeBoth(subgraphs),
    // A caller's OZmap token is for us alone.
    buildService: ({ name, url }) => {
      const Source = name === 'ozmap' ? ForwardingSource : RemoteGraphQLDataSource;
      return new Source({ ...(url !== undefined && { url }) });
    },
  });
  const app = fastify({ forceCloseConnections: true });
  const apollo = new ApolloServer<Caller>({
    gateway,
    includeStacktraceInErrorResponses: false,
    // Its page would come from Apollo's servers.
    plugins: [ApolloServerPluginLandingPageDisabled(), fastifyApolloDrainPlugin(app)],
  });
  await apollo.start();
  const context = async ({ headers }: Caller) => ({ ...(headers && { headers }) });
  app.route({ url: '/', method: ['GET', 'POST'], handler: fastifyApolloHandler(apollo, { context }) });
  const url = await app.listen({ port, host: '127.0.0.1' });
  return { url: `${url}/`, stop: () => apollo.stop() };
}

/** The first line that a program of this project prints, which is its address or holds it. Errors: it ended before. */
function started(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, args, { cwd: fileURLToPath(new URL('..', import.meta.url)) });
  process.once('exit', () => child.kill());
  child.stderr.pipe(process.stderr);
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => {
      const address = /(?:explorer|on) +(https?:\S+)/.exec(String(text))?.[1];
      if (address) resolve(address);
    });
    child.once('exit', () => reject(new Error(`${args.join(' ')} ended before it was ready`)));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
  const [ozmapUrl, contractsUrl] = await Promise.all([
    started('dist/main.js'),
    started('examples/contracts/server.ts'),
  ]);
  const { url } = await startGateway({ ozmapUrl, contractsUrl }, Number(process.env.GATEWAY_PORT ?? 14_002));
  const query = read('crossing.graphql').replace(/\s+/g, ' ').trim();
  const body = JSON.stringify({ query });
  const headers = { authorization: 'demo', 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body });
  process.stdout.write(
    `supergraph on ${url}: ozmap on ${ozmapUrl}, contracts on ${contractsUrl}. One query over both:\n\n` +
      `curl -s ${url} -H 'authorization: demo' -H 'content-type: application/json' -d '${body}'\n\n` +
      `${await answer.text()}\nCtrl+C ends all three.\n`,
  );
}
