import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { City } from '../../city/city.js';
import type { Config } from '../../config.js';
import type { AuditLog } from '../audit/audit-log.js';
import type { Authenticator } from '../authenticator.js';
import type { Sales } from '../sales/sales.js';
import { serveSession } from '../sales/session-route.js';
import { serveTiles } from '../tiles/tiles-route.js';
import { builtPage, builtPages } from './built-pages.js';
import { contentSecurityPolicy, pageHeaders } from './page-policy.js';
import { pageSettings } from './page-settings.js';

/** What the pages need. */
export interface PagesOptions {
  /** The city at hand: its streets are the map's ground. */
  city: City | null;
  /** A token that anyone may use: the embedded OZmap's, never a real one. */
  demoToken: string | null;
  sales: Sales;
}

const PAGES = ['ozloc', 'logs'];
/** The map library's worker: a few bytes that import the rest. */
const WORKER = /\/map-worker-[^/]+\.js$/;
const YEAR_MS = 365 * 24 * 3_600_000;

/** Serves the pages, what they load, and what they ask for besides GraphQL. */
export async function servePages(
  app: FastifyInstance,
  { pages: settings, basePath }: Config,
  { city, demoToken, sales, authenticator, audit }: PagesOptions & { authenticator: Authenticator; audit: AuditLog },
): Promise<void> {
  serveSession(app, `${basePath}/ozloc/session`, { sales, authenticator, audit });
  if (city) serveTiles(app, `${basePath}/tiles`, city);
  const folder = builtPages();
  if (folder === null) return app.log.warn('the pages are not built: run `npm run build`');

  const headers = pageHeaders(settings);
  for (const name of PAGES) {
    const page = builtPage(folder, name);
    if (page) servePage(app, `${basePath}/${name}`, { ...headers, etag: page.etag }, page.html);
  }
  const policy = contentSecurityPolicy(settings);
  const config = pageSettings(settings, city, demoToken);
  app.get(`${basePath}/ozloc/config.json`, (_request, reply) => reply.header('cache-control', 'no-cache').send(config));
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: `${basePath}/assets/`,
    index: false,
    decorateReply: false,
    preCompressed: true,
    // Their names change with their contents.
    immutable: true,
    maxAge: YEAR_MS,
    setHeaders: (reply, path) => {
      // A worker obeys the policy that it came with, and the policy may change while the worker does not.
      if (WORKER.test(path)) reply.headers({ 'content-security-policy': policy, 'cache-control': 'no-cache' });
    },
  });
}

function servePage(app: FastifyInstance, url: string, headers: Record<string, string>, html: Buffer): void {
  app.get(url, (request, reply) => {
    reply.headers(headers);
    if (request.headers['if-none-match'] === headers.etag) return reply.code(304).send(null);
    return reply.type('text/html; charset=utf-8').send(html);
  });
  // Relative addresses in the page would otherwise point one level too deep.
  app.get(`${url}/`, (request, reply) => {
    const query = request.url.indexOf('?');
    return reply.redirect(url + (query < 0 ? '' : request.url.slice(query)), 308);
  });
}
