import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { applyFaults } from './faults/apply-faults.js';
import { controlRoutes } from './faults/control-routes.js';
import { FaultBox } from './faults/fault-box.js';
import { type LoggedRequest, RequestLog } from './faults/request-log.js';
import { answerErrors } from './http/answer-errors.js';
import { allowAllOrigins } from './http/cors.js';
import { jsonBodies } from './http/json-bodies.js';
import type { EmulatorLogger } from './logger.js';
import { mountRoutes } from './routes/mount.js';
import type { Store } from './store/store.js';

/** Where the API lives, here and at the real one. */
const API_BASE = '/api/v2';

/** Far above any body of the API's. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** Codes and ids in paths may be long. */
const MAX_PARAMETER_LENGTH = 1_000;

/** The HTTP side of the embedded OZmap over a store. `control` adds the routes for faults and counting. */
export function buildServer(store: Store, control: boolean, logger: EmulatorLogger): FastifyInstance {
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
