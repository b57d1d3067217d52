/*
 * One contestant in a process of its own: `node bench/peers/contestant.ts <name>`. Tells its parent its address once it listens, and then
 * what CPU and memory it has used, whenever it is asked.
 */
import { createServer } from 'node:http';
import module, { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { hooks } from '../../test/emulator/run-typescript.mjs';
import { load } from './load.js';

const contestants: Record<string, () => Promise<string>> = {
  ours: async () => {
    const { startApp } = await load<typeof import('../../src/app.js')>('app.js');
    const { readConfig } = await load<typeof import('../../src/config.js')>('config.js');
    return `${(await startApp(readConfig())).url}/graphql`;
  },

  /** With an OZmap of its own, as `npm start` begins. */
  'ours, embedded': async () => {
    // As src/main.ts does.
    module.enableCompileCache(join(process.env.DATA_DIR ?? '', '.compiled'));
    const { startApp } = await load<typeof import('../../src/app.js')>('app.js');
    const { readConfig } = await load<typeof import('../../src/config.js')>('config.js');
    const { GEOCODER: _, NOMINATIM_URL: __, ...env } = process.env;
    const { url } = await startApp(readConfig(env));
    module.flushCompileCache();
    return `${url}/graphql`;
  },

  mercurius: async () => {
    const app: FastifyInstance = Fastify();
    await addMercurius(app);
    return listening(app);
  },

  /** With what ours does for each request besides: admission, limits before and after validation, a line in the log, metrics. */
  'mercurius, limits, log and metrics': async () => {
    const { authenticator, limits, schema } = await import('./services.js');
    const { createLogger } = await load<typeof import('../../src/app/telemetry.js')>('app/telemetry.js');
    const { assertDocumentWithin } =
      await load<typeof import('../../src/http/document-size.js')>('http/document-size.js');
    const { CALLER_LIMITS } = await load<typeof import('../../src/http/admission.js')>('http/admission.js');
    const { sizeOf } = await load<typeof import('../../src/http/operation-size.js')>('http/operation-size.js');
    const { Metrics } = await load<typeof import('../../src/http/metrics.js')>('http/metrics.js');
    const { getOperationAST } = await import('graphql');
    const { default: rateLimit } = await import('@fastify/rate-limit');
    const metrics = new Metrics();
    const logger = createLogger('info', false);
    const app: FastifyInstance = Fastify({
      loggerInstance: logger,
      logController: new LogController({ disableRequestLogging: true }),
    });
    await app.register(rateLimit, { max: 1_000_000_000, keyGenerator: ({ headers }) => headers.authorization ?? '' });
    app.addHook('preHandler', async ({ body, headers }) => {
      assertDocumentWithin((body as { query: string }).query, CALLER_LIMITS);
      await authenticator.ownerOf(headers.authorization ?? '');
    });
    await addMercurius(app);
    app.graphql.addHook('preExecution', async (_schema, document, _context, variables) => {
      const operation = getOperationAST(document);
      if (!operation) throw new Error('no operation');
      const { depth, cost, aliases } = sizeOf(schema, document, operation, variables ?? {});
      if (depth > limits.depth || cost > limits.cost || aliases > limits.aliases) throw new Error('too much');
    });
    app.graphql.addHook('onResolution', async (_execution, context) => {
      const labels = { type: 'query', field: 'viability', outcome: 'ok' };
      const durationMs = context.reply.elapsedTime;
      metrics.operation(labels, durationMs);
      metrics.clientOperation(null, 'query');
      logger.info({ ...labels, durationMs: Math.round(durationMs), requestId: context.reply.request.id }, 'operation');
    });
    return listening(app);
  },

  'graphql-yoga': async () => {
    const { contextOf, RequestContext, schema } = await import('./services.js');
    const { createYoga } = await import('graphql-yoga');
    const yoga = createYoga<{ req: import('node:http').IncomingMessage }>({
      schema,
      logging: false,
      context: ({ req }) => contextOf(req.headers),
      // Yoga copies what it is given into a context of its own, without its class.
      plugins: [
        {
          onExecute: ({ args: { contextValue } }: { args: { contextValue: object } }) => {
            Object.setPrototypeOf(contextValue, RequestContext.prototype);
          },
        },
      ],
    });
    return listeningHttp(createServer(yoga));
  },

  'Apollo Server': async () => {
    const { contextOf, schema } = await import('./services.js');
    const { ApolloServer } = await import('@apollo/server');
    const { startStandaloneServer } = await import('@apollo/server/standalone');
    const { url } = await startStandaloneServer(new ApolloServer({ schema }), {
      listen: { host: '127.0.0.1', port: 0 },
      context: async ({ req }) => contextOf(req.headers),
    });
    return url;
  },

  /** No GraphQL: reads the place, asks OZmap the same three questions with node-fetch, and writes the same JSON. */
  'bare proxy': async () => {
    const { default: fetch } = await import('node-fetch');
    const { Agent } = await import('node:http');
    const agent = new Agent({ keepAlive: true, maxSockets: 16 });
    const root = `${process.env.OZMAP_URL}/api/v2/`;
    const get = async (path: string, authorization: string) =>
      // biome-ignore lint/suspicious/noExplicitAny: what OZmap answers is taken as it comes
      (await (await fetch(root + path, { agent, headers: { authorization } })).json()) as any;
    const byIds = (route: string, ids: string[], authorization: string) =>
      get(
        `${route}?limit=100&filter=${encodeURIComponent(JSON.stringify([{ property: 'id', operator: 'in', value: ids }]))}`,
        authorization,
      );
    const server = createServer(async (request, response) => {
      let text = '';
      for await (const piece of request) text += piece;
      const { lat, lng } = JSON.parse(text).variables.input.location;
      const token = request.headers.authorization ?? '';
      const { boxes } = await get(`ftth-viability/radius?lat=${lat}&lng=${lng}`, token);
      const rows = boxes ?? [];
      const found = await byIds(
        'boxes',
        rows.map((row: { id: string }) => row.id),
        token,
      );
      const types = await byIds(
        'box-types',
        found.rows.map((row: { boxType: string }) => row.boxType),
        token,
      );
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data: { viability: { boxes: rows, found: found.rows, types: types.rows } } }));
    });
    return listeningHttp(server);
  },
};

/** What the look-ups by OZmap's own SDK answer: of each contract, in the given order, its client's name, its home's address and its box's name. */
type Found = [code: string, name: string | null, address: string | null, box: string | null];
interface Row {
  id: string;
  code: string;
  name: string;
  address: string;
  client: unknown;
  box: unknown;
}
type Find = (module: 'ftthClient' | 'property' | 'box', property: string, value: string | string[]) => Promise<Row[]>;

/** A record or its id. */
const idOf = (reference: unknown): string => (reference as { id?: string } | null)?.id ?? String(reference);

async function oneByOne(find: Find, code: string): Promise<Found> {
  const [client] = await find('ftthClient', 'code', code);
  const [home] = client ? await find('property', 'client', client.id) : [];
  const [box] = home ? await find('box', 'id', idOf(home.box)) : [];
  return [code, client?.name ?? null, home?.address ?? null, box?.name ?? null];
}

const LOOK_UPS: Record<string, (find: Find, codes: string[]) => Promise<Found[]>> = {
  'code by code': async (find, codes) => {
    const found: Found[] = [];
    for (const code of codes) found.push(await oneByOne(find, code));
    return found;
  },
  '8 at once': async (find, codes) => {
    const found = new Map<string, Found>();
    const waiting = [...codes];
    const worker = async () => {
      for (let code = waiting.pop(); code; code = waiting.pop()) found.set(code, await oneByOne(find, code));
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    return codes.flatMap((code) => [found.get(code)].filter((one) => one !== undefined));
  },
  'hand-written filters': async (find, codes) => {
    const clients = new Map((await find('ftthClient', 'code', codes)).map((row) => [row.code, row]));
    const ids = [...clients.values()].map(({ id }) => id);
    const homes = new Map((await find('property', 'client', ids)).map((row) => [idOf(row.client), row]));
    const boxIds = [...new Set([...homes.values()].map(({ box }) => idOf(box)))];
    const boxes = new Map((await find('box', 'id', boxIds)).map((row) => [row.id, row]));
    return codes.map((code) => {
      const client = clients.get(code);
      const home = client && homes.get(client.id);
      return [code, client?.name ?? null, home?.address ?? null, boxes.get(idOf(home?.box))?.name ?? null];
    });
  },
};

for (const [way, lookUp] of Object.entries(LOOK_UPS)) {
  contestants[`SDK, ${way}`] = async () => {
    process.env.OZLOGGER_HTTP = 'false';
    process.env.OZLOGGER_LEVEL = 'ERROR';
    const { default: OzmapSdk } = createRequire(import.meta.url)('@ozmap/ozmap-sdk');
    const sdk = new OzmapSdk(process.env.OZMAP_URL, { apiKey: 'demo' });
    const find: Find = async (module, property, value) => {
      const operator = Array.isArray(value) ? 'in' : '=';
      const limit = Array.isArray(value) ? value.length : 5;
      return (await sdk[module].find({ limit, filter: [{ property, operator, value }] })).rows;
    };
    const server = createServer(async (request, response) => {
      let text = '';
      for await (const piece of request) text += piece;
      response.end(JSON.stringify(await lookUp(find, JSON.parse(text).variables.contractCodes)));
    });
    return listeningHttp(server);
  };
}

async function addMercurius(app: FastifyInstance): Promise<void> {
  const { contextOf, schema } = await import('./services.js');
  const { default: mercurius } = await import('mercurius');
  await app.register(mercurius, { schema, context: ({ headers }) => contextOf(headers) as never });
}

async function listening(app: FastifyInstance): Promise<string> {
  return `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
}

async function listeningHttp(server: import('node:http').Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

const [name = ''] = process.argv.slice(2);
const url = await contestants[name]?.();
// They would be asked at each `require` of what runs, and one package makes one for each request.
hooks.deregister();
// Nobody asks any more.
process.on('disconnect', () => process.exit());
process.on('message', ({ what }: { what: string }) => {
  if (what === 'collected') globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const mb = (bytes: number) => bytes / 2 ** 20;
  process.send?.({
    cpuMs: (user + system) / 1_000,
    rssMb: mb(rss),
    heapMb: mb(heapUsed),
    reservedMb: mb(heapTotal),
    externalMb: mb(external),
  });
});
process.send?.({ url });
