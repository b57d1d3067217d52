import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { built, builtFile, builtPages, sendFile } from './pages/built-pages.js';

/** Things of the embedded OZmap that examples are filled in with. */
export interface Demo {
  address: string;
  location: { lat: number; lng: number };
  /** Offered at `location`. */
  boxId: string;
  /** Implanted. */
  activeCode: string;
  /** Reserved, and not implanted yet. */
  reservedCode: string;
}

/** What the explorer shows first. */
export interface ExplorerOptions {
  /** local: our own page · sandbox: Apollo's, on Apollo's site · off: none. */
  mode: 'local' | 'sandbox' | 'off';
  basePath: string;
  query: string;
  /** Sent with each query until the user changes it: a demo token, never a real one. */
  token: string | null;
  /** Null where there is no embedded OZmap. */
  demo(): Promise<Demo | null>;
  /** Address of the endpoint, as the sender of this request reaches it. */
  endpointUrl(request: FastifyRequest): string;
}

/** Answers a browser that opens the endpoint. */
export type Explorer = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** No request leaves this server. The editor sets styles and fonts of its own while it runs, hence the one `unsafe-`. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': POLICY,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
};

const SANDBOX = 'https://studio.apollographql.com/sandbox/explorer';

/** Serves the explorer: GraphiQL, built into our own pages, or the way to Apollo's Sandbox. Null: there is none. */
export function serveExplorer(app: FastifyInstance, options: ExplorerOptions): Explorer | null {
  if (options.mode === 'sandbox') return (request, reply) => reply.redirect(sandboxUrl(options, request), 302);
  const folder = builtPages();
  const page = options.mode === 'local' && folder !== null ? builtFile(folder, 'explorer.html') : null;
  if (page === null) return null;

  const { basePath, query, token, demo } = options;
  app.get(`${basePath}/explorer/config.json`, async (_request, reply) => {
    reply.header('cache-control', 'no-cache');
    return { endpoint: `${basePath}/graphql`, query, token, demo: await demo() };
  });
  // The page is at addresses of different depth; what it loads is below the base path.
  const html = page.content.toString().replace('<head>', `<head><base href="${basePath}/">`);
  const based = built(Buffer.from(html));
  return (request, reply) => sendFile(request, reply, HEADERS, based);
}

/** The same query in Apollo's Sandbox, which asks us from the browser. */
function sandboxUrl({ endpointUrl, query }: ExplorerOptions, request: FastifyRequest): string {
  const sent = request.query as { query?: unknown; variables?: unknown };
  const url = new URL(SANDBOX);
  url.searchParams.set('endpoint', endpointUrl(request));
  url.searchParams.set('document', typeof sent.query === 'string' ? sent.query : query);
  if (typeof sent.variables === 'string') url.searchParams.set('variables', sent.variables);
  return url.href;
}
