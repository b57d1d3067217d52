import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { Config } from '../config.js';
import { inLanguage } from '../errors/request-language.js';
import { allowOrigins } from './cors.js';
import { serveExplorer } from './explorer.js';
import { createGraphqlRoute, type GraphqlOptions } from './graphql.js';
import { plainRefusal, type RefusalAnswer, refusalOf } from './graphql-answer.js';
import { type HealthOptions, serveHealth } from './health.js';
import { type PagesOptions, servePages } from './pages/serve-pages.js';
import { languageFrom } from './request-headers.js';

/** What the HTTP side is made of. */
export interface HttpOptions
  extends Omit<GraphqlOptions, 'limits' | 'introspection' | 'sales' | 'ozlocUrl'>,
    Omit<HealthOptions, 'stopping'> {
  config: Config;
  logger: FastifyBaseLogger;
  /** What the explorer opens with. */
  explorer: { query: string; token: string | null };
  pages: PagesOptions;
}

/** The running HTTP side. */
export interface HttpServer {
  /** With base path, e.g. `http://127.0.0.1:14000/integrations/cnt`. */
  url: string;
  /** Where health and metrics are, without a path. */
  opsUrl: string;
  /** Finishes what runs, refuses what is new. Answers under way get `withinMs`; then their connections are cut. */
  stop(withinMs: number): Promise<void>;
}

/** Listens. Errors: those of `listen` (EADDRINUSE, EACCES), and of unreadable TLS files. */
export async function startHttp(options: HttpOptions): Promise<HttpServer> {
  const { config, logger } = options;
  const { limits, basePath } = config;
  let stopping = false;
  const app = createFastify(config, logger);
  app.addHook('onSend', async (_request, reply) => {
    if (stopping) reply.header('connection', 'close');
  });
  app.setErrorHandler((error, request, reply) => {
    const facts = { bodyLimit: limits.bodyBytes, contentLength: lengthOf(request) };
    const answer = inLanguage(languageFrom(request.headers), () => refusalOf(error, facts) ?? ours(error, request));
    return reply.code(answer.status).headers(answer.headers).send(answer.body);
  });

  await app.register(rateLimit, { global: false });
  // On an inner port nobody needs a certificate.
  const ops = config.opsPort === null ? app : createFastify({ ...config, tls: null }, logger);
  serveHealth(ops, { ...options, stopping: () => stopping });
  const graphql = await createGraphqlRoute(app, {
    ...options,
    limits,
    introspection: config.introspection,
    sales: options.pages.sales,
    ozlocUrl: ({ protocol, host }) => `${config.pages.publicOrigin ?? `${protocol}://${host}`}${basePath}/ozloc`,
  });
  await servePages(app, config, { ...options.pages, authenticator: options.authenticator, audit: options.audit });
  const explorer = await serveExplorer(app, {
    endpoint: `${basePath}/graphql`,
    files: `${basePath}/explorer`,
    ...options.explorer,
  });
  const endpoints = [basePath || '/', `${basePath}/graphql`];
  allowOrigins(app, endpoints, config.corsOrigins);
  for (const url of endpoints) {
    app.route({
      method: ['GET', 'POST'],
      url,
      handler: async (request, reply) => (opensPage(request) ? explorer(reply) : graphql.handle(request, reply)),
    });
  }
  await app.listen({ host: config.host, port: config.port });
  if (config.opsPort !== null) {
    await ops.listen({ host: config.host, port: config.opsPort }).catch(async (error: unknown) => {
      await app.close();
      throw error;
    });
  }

  const root = `${config.tls ? 'https' : 'http'}://${shownHost(config.host)}:${portOf(app)}`;
  return {
    url: root + basePath,
    opsUrl: ops === app ? root : `http://${shownHost(config.host)}:${portOf(ops)}`,
    async stop(withinMs) {
      stopping = true;
      // Balancers learn from /readyz that they should send no more before connections end: without this, some answers are resets.
      await sleep(Math.min(config.shutdownGraceMs, withinMs));
      const cut = setTimeout(() => app.server.closeAllConnections(), withinMs);
      await app.close();
      if (ops !== app) await ops.close();
      clearTimeout(cut);
      await graphql.stop();
    },
  };

  function ours(error: unknown, request: FastifyRequest): RefusalAnswer {
    const errorId = randomUUID();
    request.log.error({ errorId, err: error }, 'unexpected failure');
    return plainRefusal('INTERNAL_SERVER_ERROR', 500, { errorId });
  }
}

function createFastify({ tls, limits, trustProxy }: Config, loggerInstance: FastifyBaseLogger): FastifyInstance {
  const options = {
    loggerInstance,
    // Told in the audit log where the caller sends no trace: no two processes may give the same one.
    genReqId: () => randomUUID(),
    trustProxy: trusted(trustProxy),
    // Requests are logged by operation; a line per request would show paths with contract codes in them.
    logController: new LogController({ disableRequestLogging: true }),
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    bodyLimit: limits.bodyBytes,
    // Whoever sends a request one byte at a time may not hold a connection for ever.
    requestTimeout: 30_000,
  } as const;
  if (!tls) return Fastify(options) as unknown as FastifyInstance;
  const https = { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) };
  return Fastify({ ...options, https }) as unknown as FastifyInstance;
}

/** As Fastify takes it. Its own hop count trusts nobody. */
function trusted(proxies: Config['trustProxy']): string[] | false | ((address: string, hop: number) => boolean) {
  if (proxies === null) return false;
  return typeof proxies === 'number' ? (_address, hop) => hop < proxies : [...proxies];
}

/** A browser that opens the endpoint: it wants a page, and asks nothing. */
function opensPage({ method, headers, query }: FastifyRequest): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html') && !('query' in (query as object));
}

function lengthOf({ headers }: FastifyRequest): number | null {
  const length = Number(headers['content-length']);
  return Number.isSafeInteger(length) ? length : null;
}

function portOf(app: FastifyInstance): number {
  return (app.server.address() as AddressInfo).port;
}

function shownHost(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
