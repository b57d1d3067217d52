import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import rateLimit from '@fastify/rate-limit';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Fastify, { LogController } from 'fastify';
import type { Config } from '../config.js';
import { CONTRACT_CODE_MAX_LENGTH } from '../domain/contract-code.js';
import { NotFoundError } from '../errors/app-error.js';
import { takeJsonBodies } from './body.js';
import { refusedAs } from './door/door.js';
import { serveEndpoint } from './endpoint.js';
import { type ExplorerOptions, serveExplorer } from './explorer.js';
import { createGraphqlRoute, type GraphqlOptions } from './graphql.js';
import { answerFor, plainRefusal, type RefusalAnswer, refusal, refusalOf, sendRefusal } from './graphql-answer.js';
import { type HealthOptions, serveHealth } from './health.js';
import type { PagesOptions } from './pages/page-settings.js';
import { contentSecurityPolicy, servePages } from './pages/serve-pages.js';
import { openPersistedOperations } from './persisted-operations.js';
import { inCallersLanguage, requestIdFrom } from './request-headers.js';

/** For the headers of a request, before its body. */
const HEADERS_TIMEOUT_MS = 10_000;
/** How often Node looks for senders that are too slow; its own half minute would be added to their time. */
const CHECK_CONNECTIONS_MS = 1_000;
/** A year, as browsers' makers ask for. */
const HSTS_S = 31_536_000;

/** Refusals of whoever asks for too much. */
const NOTED: ReadonlySet<string> = new Set(['LIMIT_EXCEEDED', 'RATE_LIMITED']);

/** What the HTTP side is made of. */
export interface HttpOptions
  extends Omit<GraphqlOptions, 'limits' | 'introspection' | 'sales' | 'persisted' | 'ozlocUrl'>,
    Omit<HealthOptions, 'stopping'> {
  config: Config;
  logger: FastifyBaseLogger;
  /** What the explorer opens with. */
  explorer: Pick<ExplorerOptions, 'query' | 'token' | 'demo'>;
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
  /** The base, as the sender of a request reaches it. */
  const addressOf = ({ protocol, host }: FastifyRequest) =>
    // A request that the door passed on has no socket of its own to be asked.
    (config.pages.publicOrigin ?? `${config.tls ? 'https' : protocol}://${host}`) + basePath;
  let stopping = false;
  const app = createFastify(config, logger);
  app.setErrorHandler(async (error, request, reply) => {
    const answer = await refuse(error, request);
    return sendRefusal(reply.headers(answerFor(request.headers.accept, answer.body).headers), answer);
  });

  await app.register(rateLimit, { global: false });
  // An internal port needs no certificate.
  const ops = config.opsPort === null ? app : createFastify({ ...config, tls: null }, logger);
  for (const server of new Set([app, ops])) {
    server.addHook('onSend', async (_request, reply) => {
      if (stopping) reply.header('connection', 'close');
    });
  }
  serveHealth(ops, { ...options, stopping: () => stopping });
  const graphql = await createGraphqlRoute(app, {
    ...options,
    limits,
    introspection: config.introspection,
    sales: options.pages.sales,
    persisted: openPersistedOperations(config.persistedOperations.mode, config.persistedOperations.file),
    ozlocUrl: (request) => `${addressOf(request)}/ozloc`,
  });
  takeJsonBodies(app, { bodyBytes: limits.bodyBytes, isAccepted: graphql.isAccepted });
  await servePages(app, config, { ...options, ...options.pages, admission: graphql.admission });
  const explorer = serveExplorer(app, {
    mode: config.explorer,
    basePath,
    ...options.explorer,
    endpointUrl: (request) => `${addressOf(request)}/graphql`,
  });
  const framePolicy = contentSecurityPolicy(config.pages);
  await serveEndpoint(app, {
    basePath,
    corsOrigins: config.corsOrigins,
    graphql,
    explorer,
    door: { schema: options.schema, bodyBytes: limits.bodyBytes, refuse, framePolicy },
    sketches: { ...options.pages, timeZone: config.policy.timeZone },
    healthHere: ops === app,
  });
  await app.listen({ host: config.host, port: config.port });
  if (config.opsPort !== null) {
    await ops.listen({ host: config.host, port: config.opsPort }).catch(async (error: unknown) => {
      await app.close();
      throw error;
    });
  }

  const root = urlOf(app, config.tls ? 'https' : 'http', config.host);
  return {
    url: root + basePath,
    opsUrl: ops === app ? root : urlOf(ops, 'http', config.host),
    async stop(withinMs) {
      stopping = true;
      // Balancers learn from /readyz that they should send no more before connections end: without this, some answers are resets.
      await sleep(Math.min(config.shutdownGraceMs, withinMs));
      const cut = setTimeout(() => {
        for (const { server } of [app, ops]) server.closeAllConnections();
      }, withinMs);
      // Health is answered to the end.
      await app.close();
      if (ops !== app) await ops.close();
      clearTimeout(cut);
      await graphql.stop();
    },
  };

  async function refuse(error: unknown, request: FastifyRequest): Promise<RefusalAnswer> {
    const told = () => refusalOf(error, limits.bodyBytes, request.headers) ?? ours(error, request);
    const answer = inCallersLanguage(request, told);
    const code = String(answer.body.errors[0]?.extensions.code);
    if (NOTED.has(code)) await graphql.noteRefusal(request, code);
    return answer;
  }

  function ours(error: unknown, request: FastifyRequest): RefusalAnswer {
    const errorId = randomUUID();
    app.log.error({ errorId, requestId: request.id, err: error }, 'unexpected failure');
    return plainRefusal('INTERNAL_SERVER_ERROR', 500, { errorId });
  }
}

/** A server that waits for no slow sender, and says nothing about itself that it need not. */
function createFastify(config: Config, loggerInstance: FastifyBaseLogger): FastifyInstance {
  const { tls, limits, trustProxy, basePath } = config;
  const patience = {
    headersTimeout: Math.min(HEADERS_TIMEOUT_MS, limits.receiveTimeoutMs),
    requestTimeout: limits.receiveTimeoutMs,
    connectionsCheckingInterval: CHECK_CONNECTIONS_MS,
  };
  const options = {
    loggerInstance,
    // One for each request would be made in vain: what is logged of one names it.
    childLoggerFactory: () => loggerInstance,
    // The router's number, so that both logs can be read together; our own is unique across processes.
    genReqId: ({ headers }: IncomingMessage) => requestIdFrom(headers) ?? randomUUID(),
    trustProxy: trusted(trustProxy),
    // Requests are logged by operation; a line per request would show paths with contract codes in them.
    logController: new LogController({ disableRequestLogging: true }),
    // An address that is not UTF-8 matches no route; Fastify's own answer repeats it.
    frameworkErrors: (_error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      const send = request.url.startsWith(`${basePath}/v1/`) ? refusedAs : sendRefusal;
      return inCallersLanguage(request, () => send(reply, plainRefusal('BAD_USER_INPUT', 400)));
    },
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.receiveTimeoutMs,
    // Of a contract's code each character may be escaped as up to four bytes of UTF-8.
    routerOptions: { maxParamLength: 12 * CONTRACT_CODE_MAX_LENGTH },
  } as const;
  const app = (tls
    ? Fastify({ ...options, https: { ...patience, cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) } })
    : Fastify({ ...options, http: patience })) as unknown as FastifyInstance;
  app.server.maxConnections = limits.connections;
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-content-type-options': 'nosniff', 'x-request-id': request.id });
    if (tls) reply.header('strict-transport-security', `max-age=${HSTS_S}`);
  });
  // Fastify's own answer repeats the path, which may hold a contract's code.
  app.setNotFoundHandler((request, reply) => {
    const answer = inCallersLanguage(request, () => refusal(new NotFoundError('path', ''), 404));
    return sendRefusal(reply, answer);
  });
  return app;
}

/** In Fastify's form. Its own hop count would trust no proxy. */
function trusted(proxies: Config['trustProxy']): string[] | false | ((address: string, hop: number) => boolean) {
  if (proxies === null) return false;
  return typeof proxies === 'number' ? (_address, hop) => hop < proxies : [...proxies];
}

function urlOf(app: FastifyInstance, scheme: 'http' | 'https', host: string): string {
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `${scheme}://${shown}:${(app.server.address() as AddressInfo).port}`;
}
