import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { PagesConfig } from '../../config/parts.js';
import type { Config } from '../../config.js';
import { type SessionOptions, serveSession } from '../sales/session-route.js';
import { CityTiles, serveTiles } from '../tiles/tiles-route.js';
import { type BuiltFile, built, builtFile, builtPages, serveFile } from './built-pages.js';
import { type PagesOptions, pageSettings } from './page-settings.js';

/** Headers of every page: it may load from us only, and from the map that the provider configured. */
function pageHeaders(settings: PagesConfig): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(settings),
    'permissions-policy': 'geolocation=(self)',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
  };
}

/** Of the pages and of the worker that their map starts. */
export function contentSecurityPolicy({ map, frameAncestors }: PagesConfig): string {
  const named = [map.styleUrl, map.tilesUrl].flatMap((url) => (url === null ? [] : [new URL(url).origin]));
  const withMaps = (...sources: string[]) => [...new Set([...sources, ...named, ...map.origins])].join(' ');
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src ${withMaps("'self'", 'data:', 'blob:')}`,
    "font-src 'self'",
    `connect-src ${withMaps("'self'")}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors ?? "'self'"}`,
  ].join('; ');
}

const HTML_TYPE = 'text/html; charset=utf-8';
/** Of the example of CNT's page: plain HTML with its script inside, of a service that shows nothing but a demonstration. */
const EXAMPLE_HEADERS = {
  'content-type': HTML_TYPE,
  'cache-control': 'no-cache',
  'content-security-policy':
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
};
const LOGO_HEADERS = { 'content-type': 'image/png', 'cache-control': 'no-cache' };
const PAGES = ['ozloc', 'logs'];
/** For pages of others that embed the map. */
const KIT = { 'ozloc.js': 'text/javascript', 'ozloc.d.ts': 'text/plain' };
/** The map library's worker: a few bytes that import the rest. */
const WORKER = /\/map-worker-[^/]+\.js$/;
/** The explorer's own: its examples name what is in the schema. */
const OF_EXPLORER = /\/explorer-[^/]+\.js/;
const YEAR_MS = 365 * 24 * 3_600_000;

/** Serves the pages, what they load, and what they ask for besides GraphQL. */
export async function servePages(
  app: FastifyInstance,
  { pages: settings, basePath, explorer, policy: { cancelDisconnectsDrop } }: Config,
  options: PagesOptions & SessionOptions,
): Promise<void> {
  const { city } = options;
  serveSession(app, `${basePath}/ozloc/session`, options);
  if (options.archived) serveTiles(app, `${basePath}/tiles/osm`, options.archived);
  if (city) serveTiles(app, `${basePath}/tiles`, new CityTiles(city));
  else if (!options.archived && settings.map.styleUrl === null && settings.map.tilesUrl === null)
    app.log.warn(
      'the map page has no streets: set MAP_PMTILES, MAP_STYLE_URL or MAP_TILES_URL, or GAZETTEER_DIR for those of your addresses',
    );
  const folder = builtPages();
  if (folder === null) return app.log.warn('the pages are not built: run `npm run build`');

  const headers = pageHeaders(settings);
  for (const name of PAGES) {
    const page = builtFile(folder, `${name}.html`);
    if (page) servePage(app, `${basePath}/${name}`, headers, page);
  }
  const kit = {
    'cache-control': 'no-cache',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  };
  for (const [name, type] of Object.entries(KIT))
    serveFile(
      app,
      `${basePath}/${name}`,
      { ...kit, 'content-type': `${type}; charset=utf-8` },
      builtFile(folder, name),
    );
  if (options.demoToken !== null)
    serveFile(app, `${basePath}/cnt-page`, EXAMPLE_HEADERS, builtFile(folder, 'cnt-page.html'));
  const { logo } = options.brand;
  if (logo) serveFile(app, `${basePath}/ozloc/logo.png`, LOGO_HEADERS, built(logo.png));
  const policy = contentSecurityPolicy(settings);
  const config = { ...pageSettings(settings, options), ...(cancelDisconnectsDrop && { freesOldPort: true }) };
  app.get(`${basePath}/ozloc/config.json`, (_request, reply) => reply.header('cache-control', 'no-cache').send(config));
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: `${basePath}/assets/`,
    index: false,
    decorateReply: false,
    preCompressed: true,
    allowedPath: (path) => explorer === 'local' || !OF_EXPLORER.test(path),
    // Their names change with their contents.
    immutable: true,
    maxAge: YEAR_MS,
    setHeaders: (reply, path) => {
      // A worker obeys the policy that it came with, and the policy may change while the worker does not.
      if (WORKER.test(path)) reply.headers({ 'content-security-policy': policy, 'cache-control': 'no-cache' });
    },
  });
}

function servePage(app: FastifyInstance, url: string, headers: Record<string, string>, page: BuiltFile): void {
  serveFile(app, url, { ...headers, 'content-type': HTML_TYPE }, page);
  // Relative addresses in the page would otherwise point one level too deep.
  app.get(`${url}/`, (request, reply) => {
    const query = request.url.indexOf('?');
    return reply.redirect(url + (query < 0 ? '' : request.url.slice(query)), 308);
  });
}
