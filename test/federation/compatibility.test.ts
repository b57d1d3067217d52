import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { composeServices } from '@apollo/composition';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../src/graph/schema.js';
import { Touched } from '../../src/graph/touched.js';
import { until } from '../support/until.js';
import { PRODUCTS } from './products.js';

const require = createRequire(import.meta.url);
const SUITE = '@apollo/federation-subgraph-compatibility-tests/dist';
const TESTS = [
  'composeDirective',
  'ftv1',
  'inaccessible',
  'interfaceObject',
  'introspection',
  'key',
  'link',
  'override',
  'provides',
  'requires',
  'shareable',
  'tag',
];
/** The suite reads the first from the environment, and its own two servers the others, once. */
const PRODUCTS_PORT = 14_181;
const NEIGHBOURS = { users: 14_182, inventory: 14_183 };

const stops: (() => unknown)[] = [];
process.env.PRODUCTS_URL = `http://127.0.0.1:${PRODUCTS_PORT}/`;
/** Where the suite finds the router. */
const client: { ROUTER_URL: string } = require(`${SUITE}/utils/client.js`);

async function serve(server: ApolloServer<object>, port = 0): Promise<string> {
  // What `http` gives each request of ours, for a caller who is known.
  const context = async () => ({ assertAdmitted() {}, together: async () => {}, touched: new Touched() });
  const { url } = await startStandaloneServer(server, { listen: { port, host: '127.0.0.1' }, context });
  stops.push(() => server.stop());
  return url;
}

beforeAll(async () => {
  const { schema, sdl } = await build(PRODUCTS);
  const url = await serve(new ApolloServer({ schema }), PRODUCTS_PORT);
  const services = [{ name: 'products', url, typeDefs: parse(sdl) }];
  for (const [name, port] of Object.entries(NEIGHBOURS)) {
    const folder = require.resolve(`${SUITE}/subgraphs/${name}/index.js`).replace(/index\.js$/, '');
    const env = { ...process.env, [`${name.toUpperCase()}_PORT`]: String(port), NODE_ENV: 'production' };
    const child = spawn(process.execPath, ['index.js'], { cwd: folder, env, stdio: 'ignore' });
    stops.push(() => child.kill());
    const address = `http://localhost:${port}/`;
    services.push({ name, url: address, typeDefs: parse(readFileSync(`${folder}${name}.graphql`, 'utf8')) });
    const headers = { 'content-type': 'application/json' };
    const asked = () => fetch(address, { method: 'POST', headers, body: '{"query":"{ __typename }"}' });
    await until(() =>
      asked().then(
        ({ ok }) => ok,
        () => false,
      ),
    );
  }
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.join('\n'));
  client.ROUTER_URL = await serve(new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl }) }));
});
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
});

describe("A subgraph of our builder passes Apollo's own suite", () => {
  Object.assign(globalThis, { describe, expect, it, test: it });
  for (const name of TESTS) {
    const file = require.resolve(`${SUITE}/tests/${name}.test.js`);
    // A worker that comes by again finds no tests in what it has loaded.
    delete require.cache[file];
    require(file);
  }
});
