import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Accounts } from '../auth/accounts.js';
import type { LoggedRequest } from '../faults/request-log.js';
import type { QueryParameters } from '../query/query-options.js';
import type { Caller } from '../resource.js';
import type { Store } from '../store/store.js';
import { resourceFor, routes } from './index.js';

/** Puts the emulated routes on a server, under its prefix. A request's caller is checked before its body is read. */
export function mountRoutes(
  app: FastifyInstance,
  store: Store,
  entryOf: (request: FastifyRequest) => LoggedRequest | undefined,
): void {
  const accounts = new Accounts(store);
  const callers = new WeakMap<FastifyRequest, Caller>();

  for (const route of routes) {
    if ('handleOpen' in route) {
      app.route({
        method: route.method,
        url: `/${route.path}`,
        handler: async (request, reply) => {
          const { status, body } = route.handleOpen({ accounts, body: request.body });
          return reply.code(status).send(body);
        },
      });
      continue;
    }
    app.route({
      method: route.method,
      url: `/${route.path}`,
      onRequest: async (request) => {
        const caller = accounts.caller(request.headers.authorization);
        callers.set(request, caller);
        const entry = entryOf(request);
        if (entry) entry.token = caller.user.username;
      },
      handler: async (request, reply) => {
        const { status, body } = await route.handle({
          store,
          accounts,
          caller: callers.get(request) ?? accounts.caller(request.headers.authorization),
          resourceFor,
          path: request.url.split('?', 1)[0] ?? '',
          params: request.params as Record<string, string>,
          query: request.query as QueryParameters,
          body: request.body,
        });
        return reply.code(status).send(body);
      },
    });
  }
}
