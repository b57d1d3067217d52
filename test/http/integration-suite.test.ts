import { createRequire } from 'node:module';
import { ApolloServer, type ApolloServerOptions, type BaseContext } from '@apollo/server';
import type { CreateServerForIntegrationTestsOptions } from '@apollo/server-integration-testsuite';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildSubgraph } from '../../src/graph/schema.js';
import { takeJsonBodies } from '../../src/http/body.js';
import { serveEndpoint } from '../../src/http/endpoint.js';
import { plainRefusal, refusalOf } from '../../src/http/graphql-answer.js';

const require = createRequire(import.meta.url);
const { schema } = await buildSubgraph();
const BODY_BYTES = 1_048_576;

/** The suite's server behind our way over HTTP: bodies, methods, encodings, CORS. What is ours within Apollo is not in it. */
async function createServer(
  options: ApolloServerOptions<BaseContext>,
  { context }: CreateServerForIntegrationTestsOptions = {},
) {
  const app = Fastify({ forceCloseConnections: true });
  const plugins = [...(options.plugins ?? []), fastifyApolloDrainPlugin(app)];
  const server = new ApolloServer({ ...options, plugins });
  await server.start();
  const refuse = async (error: unknown) =>
    refusalOf(error, BODY_BYTES, {}) ?? plainRefusal('INTERNAL_SERVER_ERROR', 500);
  app.setErrorHandler(async (error, _request, reply) => {
    const { status, headers, body } = await refuse(error);
    return reply.code(status).headers(headers).send(body);
  });
  takeJsonBodies(app, { bodyBytes: BODY_BYTES, isAccepted: async () => true });
  const answer = fastifyApolloHandler(server, { context: context ?? (async () => ({})) } as never);
  const graphql = {
    handle: (request: never, reply: never) => answer.call(app, request, reply),
    isAccepted: async () => true,
  };
  await serveEndpoint(app, {
    basePath: '',
    corsOrigins: ['*'],
    graphql: graphql as never,
    door: { schema, bodyBytes: BODY_BYTES, refuse, framePolicy: '' },
    sketches: {
      sales: undefined as never,
      city: null,
      brand: { name: null, phone: null, logo: null },
      timeZone: 'UTC',
    },
    explorer: null,
    healthHere: false,
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { server, url, extraCleanup: () => app.close() };
}

/** Tests of the suite that do not apply here, and why. */
const NOT_HERE: Record<string, string> = {
  'apolloServerTests.ts > lockstep versioning of @apollo/server and @apollo/server-integration-testsuite':
    'the newest suite is of 5.5.0, the newest server 5.5.1',
  'CSRF prevention > default': 'a body of text/plain is 415 here, not 400; nothing is done on the strength of a cookie',
  'graphqlHTTP > throws an error if POST body is empty': 'without a type it is 415',
  'graphqlHTTP > throws an error if invalid content-type': 'it is 415',
  'graphqlHTTP > throws an error if POST JSON is malformed': 'it is 400, in our words: they repeat nothing of the body',
};
/** Whatever is answered is one caller's own: `private, no-store`. */
const OF_CACHES = /cache-control|^graphqlHTTP > returns PersistedQueryNot(Supported|Found) to a (GET|POST) request/;

const unused = new Set(Object.keys(NOT_HERE));
let group = '';
const within = (name: string, define: () => void) => {
  if (OF_CACHES.test(name)) return;
  describe(name, () => {
    group = name;
    define();
  });
};
const test = (name: string, run: () => unknown) => {
  const title = `${group} > ${name}`;
  if (!unused.delete(title) && !OF_CACHES.test(title)) it(name, run);
};
const nothing = () => {};

Object.assign(require('@jest/globals'), {
  ...{ afterAll, beforeAll, beforeEach, expect, jest: vi },
  // Of what the suite skips (`@defer`, which needs graphql 17) there are no tests here.
  describe: Object.assign(within, { each: describe.each.bind(describe), skip: nothing }),
  test: it,
  it: Object.assign(test, { each: it.each.bind(it), skip: nothing }),
  // As Jest has it: a function that takes a callback is over when it calls it.
  afterEach: (run: (done: () => void) => unknown) =>
    afterEach(() => (run.length > 0 ? new Promise<void>((done) => void run(done)) : run(nothing))),
});
const { defineIntegrationTestSuite } = require('@apollo/server-integration-testsuite');
describe("Our way over HTTP passes Apollo's suite for integrations", () => {
  defineIntegrationTestSuite(createServer, { noIncrementalDelivery: true });

  it('but for tests that the suite still has', () => {
    expect([...unused]).toEqual([]);
  });
});
