import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { City, LatLng } from '../../city/city.js';
import type { PagesConfig } from '../../config/pages.js';
import type { Config } from '../../config.js';
import type { Sales } from '../sales/sales.js';
import { type SessionOptions, serveSession } from '../sales/session-route.js';
import type { SketchBrand } from '../sketch/print.js';
import type { TileArchive } from '../tiles/pmtiles.js';
import { CityTiles, serveTiles } from '../tiles/tiles-route.js';

/** A page as it is sent. */
export interface BuiltPage {
  html: Buffer;
  etag: string;
}

/** Beside the built service (dist/http/pages), and as seen from its sources (src/http/pages). */
const FOLDERS = ['../../web', '../../../dist/web'].map((folder) => join(import.meta.dirname, folder));

/** The folder that the pages were built into; null when they were not built. */
export function builtPages(): string | null {
  return FOLDERS.find((folder) => existsSync(join(folder, 'assets'))) ?? null;
}

/** A page of that folder; null where it was not built. */
export function builtPage(folder: string, name: string): BuiltPage | null {
  return builtFile(join(folder, `${name}.html`));
}

function builtFile(file: string): BuiltPage | null {
  return existsSync(file) ? built(readFileSync(file)) : null;
}

function built(html: Buffer): BuiltPage {
  return { html, etag: `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"` };
}

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

/** Where a map without city and without MAP_CENTER begins: all of Brazil. */
const BRAZIL = { center: { lat: -15.8, lng: -47.9 }, zoom: 4 };
const STREET_ZOOM = 15.5;
/** A town as a whole, about. */
const ARCHIVE_ZOOM = 13;
const OSM = '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors';
/** How much of a map's width a city should fill at first, in tiles of 512 pixels. */
const TILES_ACROSS = 2;

/** `config.json`, as src/web reads it. Nothing in it is secret. */
function pageSettings(
  { language, contact, map }: PagesConfig,
  { city, demoToken, platformSignIn, brand, archived }: Omit<PagesOptions, 'sales'>,
): object {
  const byDefault = (city && viewOf(city)) ?? (archived && { ...archived, zoom: ARCHIVE_ZOOM }) ?? BRAZIL;
  const { lat, lng } = map.center ?? byDefault.center;
  return {
    graphqlUrl: 'graphql',
    sessionUrl: 'ozloc/session',
    ...(language !== null && { language }),
    ...(contact !== null && { contact }),
    ...(demoToken !== null && { demoToken }),
    ...(platformSignIn && { platformSignIn }),
    ...brandSettings(brand),
    suggestions: city !== null,
    map: {
      ...mapSettings(map, archived),
      ...(city && { cityTilesUrl: 'tiles/{z}/{x}/{y}.pbf' }),
      center: [lng, lat],
      zoom: map.zoom ?? (map.center ? STREET_ZOOM : byDefault.zoom),
    },
  };
}

function brandSettings({ name, phone, logo }: SketchBrand): object {
  return {
    ...(name !== null && { brandName: name }),
    ...(phone !== null && { brandPhone: phone }),
    ...(logo !== null && { brandLogo: { url: 'ozloc/logo.png', width: logo.width, height: logo.height } }),
  };
}

function mapSettings({ styleUrl, tilesUrl, attribution }: PagesConfig['map'], archived: TileArchive | null): object {
  const said = attribution ?? (archived ? OSM : null);
  return {
    ...(styleUrl !== null && { styleUrl }),
    ...(tilesUrl !== null && { tilesUrl }),
    ...(said !== null && { attribution: said }),
    ...(archived && { osmTilesUrl: 'tiles/osm/{z}/{x}/{y}.pbf', osmZooms: archived.zooms }),
  };
}

/** The middle of the city's streets, and all of them on screen. */
function viewOf({ streets }: City): { center: LatLng; zoom: number } | null {
  const box = { south: 90, north: -90, west: 180, east: -180 };
  for (const { lat, lng } of streets.flatMap(({ path }) => path)) {
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
    box.west = Math.min(box.west, lng);
    box.east = Math.max(box.east, lng);
  }
  if (box.south > box.north) return null;
  const across = Math.max(box.east - box.west, box.north - box.south, 1e-6);
  const zoom = Math.log2((TILES_ACROSS * 360) / across);
  return {
    center: { lat: (box.south + box.north) / 2, lng: (box.west + box.east) / 2 },
    zoom: Math.min(STREET_ZOOM, Math.round(zoom * 10) / 10),
  };
}

/** What the pages need. */
export interface PagesOptions {
  /** The embedded city: its streets are the base map. */
  city: City | null;
  /** A token that anyone may use: the embedded OZmap's, never a real one. */
  demoToken: string | null;
  /** Whoever types a token types one of the platform's (AUTH=jwt). */
  platformSignIn: boolean;
  brand: SketchBrand;
  /** The streets of MAP_PMTILES. */
  archived: TileArchive | null;
  sales: Sales;
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
    const page = builtPage(folder, name);
    if (page) servePage(app, `${basePath}/${name}`, headers, page);
  }
  const kit = {
    'cache-control': 'no-cache',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  };
  serveFile(
    app,
    `${basePath}/ozloc.js`,
    { ...kit, 'content-type': 'text/javascript; charset=utf-8' },
    builtFile(join(folder, 'ozloc.js')),
  );
  serveFile(
    app,
    `${basePath}/ozloc.d.ts`,
    { ...kit, 'content-type': 'text/plain; charset=utf-8' },
    builtFile(join(folder, 'ozloc.d.ts')),
  );
  if (options.demoToken !== null)
    serveFile(app, `${basePath}/cnt-page`, EXAMPLE_HEADERS, builtFile(join(folder, 'cnt-page.html')));
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

function servePage(app: FastifyInstance, url: string, headers: Record<string, string>, page: BuiltPage): void {
  serveFile(app, url, { ...headers, 'content-type': HTML_TYPE }, page);
  // Relative addresses in the page would otherwise point one level too deep.
  app.get(`${url}/`, (request, reply) => {
    const query = request.url.indexOf('?');
    return reply.redirect(url + (query < 0 ? '' : request.url.slice(query)), 308);
  });
}

/** One file as it was built, under a name that does not change with it; none where it was not built. */
function serveFile(app: FastifyInstance, url: string, headers: Record<string, string>, file: BuiltPage | null): void {
  if (!file) return;
  app.get(url, (request, reply) => {
    reply.headers({ ...headers, etag: file.etag });
    return request.headers['if-none-match'] === file.etag ? reply.code(304).send(null) : reply.send(file.html);
  });
}
