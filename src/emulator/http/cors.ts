import type { FastifyInstance } from 'fastify';

/** Lets pages of any origin call the API with a token, as OZmap does. */
export function allowAllOrigins(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('access-control-allow-origin', '*');
    if (request.method !== 'OPTIONS') return;
    reply.header('access-control-allow-methods', 'GET, POST, PATCH, DELETE, OPTIONS');
    reply.header('access-control-allow-headers', 'Authorization, Content-Type, integration');
    reply.header('access-control-max-age', '600');
    return reply.code(204).send(null);
  });
}
