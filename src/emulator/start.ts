import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { City } from '../city/city.js';
import { applyFaults, controlRoutes } from './faults/fault-routes.js';
import { FaultBox, type LoggedRequest, RequestLog } from './faults/faults.js';
import { allowAllOrigins, answerErrors, type EmulatorLogger, jsonBodies } from './http.js';
import { mountRoutes } from './routes/routes.js';
import { seedPlant } from './seed/seed.js';
import { createStore, type StoreOptions } from './store/memory-store.js';
import type { Store } from './store/store.js';

/** Where the API lives, here and at the real one. */
const API_BASE = '/api/v2';

/** Far above any body of the API's. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** Codes and ids in paths may be long. */
const MAX_PARAMETER_LENGTH = 1_000;

/** The HTTP side of the embedded OZmap over a store. `control` adds the routes for faults and counting. */
function buildServer(store: Store, control: boolean, logger: EmulatorLogger | undefined): FastifyInstance {
  const app = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
  });
  const entries = new WeakMap<FastifyRequest, LoggedRequest>();
  jsonBodies(app);
  answerErrors(app, logger);
  allowAllOrigins(app);

  app.register(
    async (api) => {
      if (control) watch(app, api, entries);
      api.setNotFoundHandler(async (request, reply) =>
        reply.code(501).send({ message: `${request.method} ${request.url.split('?', 1)[0]} não é emulado` }),
      );
      mountRoutes(api, store, (request) => entries.get(request));
    },
    { prefix: API_BASE },
  );
  app.setNotFoundHandler(async (request, reply) =>
    reply.code(404).send({ message: `Nada em ${request.url.split('?', 1)[0]}; a API está em ${API_BASE}` }),
  );
  return app;
}

/** Writes down the API's requests, and lets faults strike them. */
function watch(app: FastifyInstance, api: FastifyInstance, entries: WeakMap<FastifyRequest, LoggedRequest>): void {
  const requests = new RequestLog();
  const faults = new FaultBox();
  api.addHook('onRequest', async (request) => {
    entries.set(request, requests.add(request.method, request.url));
  });
  applyFaults(api, faults);
  api.addHook('onSend', async (request, reply, payload) => {
    const entry = entries.get(request);
    if (entry && !request.raw.socket.destroyed) entry.status = reply.statusCode;
    return payload;
  });
  controlRoutes(app, faults, requests);
  app.addHook('preClose', async () => faults.stop());
}

export interface EmulatorOptions extends StoreOptions {
  /** The streets and doors on which the network is laid. */
  city: City;
  /** 0 lets the system choose a free one. */
  port?: number | undefined;
  host?: string | undefined;
  /** Adds `/_control`: faults and the list of requests. */
  control?: boolean | undefined;
  logger?: EmulatorLogger | undefined;
}

export interface Emulator {
  /** e.g. `http://127.0.0.1:9994`; the API is under `/api/v2`. */
  url: string;
  /** Ends the server and gives the data folder back. Late effects that are still to come are dropped. */
  stop(): Promise<void>;
}

/**
 * Starts an embedded OZmap: a network on the city's streets, and OZmap's REST API v2 over it.
 * Errors: the port is taken · another process uses the data folder · its log cannot be read.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { logger, host = '127.0.0.1' } = options;
  const store = await createStore(options);
  try {
    seedPlant(store, options.city);
    const { setAsidePath } = store.begin();
    if (setAsidePath) {
      logger?.warn(
        { setAsidePath },
        'the data folder belongs to another city or seed: its changes were set aside, not applied',
      );
    }
    const app = buildServer(store, options.control ?? false, logger);
    await app.listen({ host, port: options.port ?? 0 });
    const { port } = app.server.address() as AddressInfo;
    return {
      url: `http://${host}:${port}`,
      stop: async () => {
        await app.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
