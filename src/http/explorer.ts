import { createRequire } from 'node:module';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

const { getDistDirectory, renderAltair, renderInitSnippet } = createRequire(import.meta.url)(
  'altair-static',
) as typeof import('altair-static');

/** What the explorer shows first. */
export interface ExplorerOptions {
  /** Path of the GraphQL route. */
  endpoint: string;
  /** Path of the explorer's own files. */
  files: string;
  query: string;
  /** Sent with each query until the user changes it: a demo token, never a real one. */
  token: string | null;
}

/** No request leaves this server. Altair's editor sets styles while it runs, hence the one `unsafe-`. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "frame-src 'self'",
  "manifest-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the GraphQL explorer Altair from its npm package. Returns what answers a browser that opens the endpoint. */
export async function serveExplorer(
  app: FastifyInstance,
  { endpoint, files, query, token }: ExplorerOptions,
): Promise<(reply: FastifyReply) => FastifyReply> {
  const options = {
    baseURL: `${files}/`,
    endpointURL: endpoint,
    initialQuery: query,
    initialHeaders: { Authorization: token ?? '' },
    disableAccount: true,
    serveInitialOptionsInSeperateRequest: `${files}/initial_options.js`,
  };
  const page = renderAltair(options);
  const snippet = renderInitSnippet(options);
  app.get(`${files}/initial_options.js`, (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/javascript; charset=utf-8').send(snippet),
  );
  await app.register(fastifyStatic, {
    root: getDistDirectory(),
    prefix: `${files}/`,
    index: false,
    decorateReply: false,
    setHeaders: (reply) => {
      reply.header('x-content-type-options', 'nosniff');
    },
  });
  return (reply) =>
    reply
      .header('content-security-policy', POLICY)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(page);
}
