import type { FastifyInstance } from 'fastify';

const ALLOWED_HEADERS =
  'authorization, content-type, x-cnt-user, apollo-require-preflight, apollo-federation-include-trace';
const PREFLIGHT_MAX_AGE_S = 86_400;

/**
 * Lets pages of other origins (CNT's front end) ask from a browser. Credentials are never allowed: a page shows a token in a header,
 * and has nothing of the user's to borrow.
 */
export function allowOrigins(app: FastifyInstance, paths: readonly string[], origins: readonly string[]): void {
  const any = origins.includes('*');
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    if (origin === undefined || !paths.includes(request.url.split('?')[0] ?? '')) return;
    if (!any) reply.header('vary', 'origin');
    if (!any && !origins.includes(origin)) return;
    reply
      .header('access-control-allow-origin', any ? '*' : origin)
      .header('access-control-expose-headers', 'retry-after');
  });
  for (const url of paths) {
    app.options(url, async (_request, reply) =>
      reply
        .code(204)
        .header('access-control-allow-methods', 'GET, POST')
        .header('access-control-allow-headers', ALLOWED_HEADERS)
        .header('access-control-max-age', PREFLIGHT_MAX_AGE_S)
        .send(),
    );
  }
}
