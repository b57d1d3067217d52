import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../src/app.js';
import { readConfig } from '../../../src/config.js';
import { placeFeatures } from '../../../src/http/tiles/tiles-route.js';
import { startTestSubgraph, type TestSubgraph } from '../../support/start-subgraph.js';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph({
    env: { SESSION_SECRET: 'seals the tickets of this file only', BASE_PATH: '/maps' },
  });
});
afterAll(() => subgraph?.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(subgraph.url + path, { headers, redirect: 'manual' });

const assetNamed = (pattern: RegExp) =>
  readdirSync(join(import.meta.dirname, '../../../dist/web/assets')).find((name) => pattern.test(name));

/** As it came over the wire: `fetch` unpacks. */
function raw(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; encoding: string; body: Buffer }> {
  return new Promise((resolve, reject) => {
    request(subgraph.url + path, { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          encoding: response.headers['content-encoding'] ?? '',
          body: Buffer.concat(parts),
        }),
      );
    })
      .on('error', reject)
      .end();
  });
}

describe('The map page', () => {
  it('may load from this origin only, runs nothing inline, and is asked for anew each time', async () => {
    const page = await get('/ozloc');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>OZloc</title>');
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    );
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'permissions-policy': 'geolocation=(self)',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    const again = await get('/ozloc', { 'if-none-match': page.headers.get('etag') ?? '' });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('is found with a slash behind it, its query kept', async () => {
    const moved = await get('/ozloc/?lat=1&lng=2');
    expect([moved.status, moved.headers.get('location')]).toEqual([308, '/maps/ozloc?lat=1&lng=2']);
  });

  it('loads its assets compressed, brotli before gzip, for a year', async () => {
    const script = assetNamed(/^ozloc-.*\.js$/);
    const asset = await get(`/assets/${script}`, { 'accept-encoding': 'gzip, br' });
    expect(Object.fromEntries(asset.headers)).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
      'x-content-type-options': 'nosniff',
    });
    expect(asset.headers.get('content-type')).toMatch(/javascript/);
    expect((await raw(`/assets/${script}`, { 'accept-encoding': 'gzip' })).encoding).toBe('gzip');
    expect((await raw(`/assets/${script}`, {})).encoding).toBe('');
    expect((await get('/assets/../../../package.json')).status).toBe(404);
  });

  it("starts a worker under the page's own policy, whatever was kept of it under an older one", async () => {
    const worker = await get(`/assets/${assetNamed(/^map-worker-.*\.js$/)}`);
    expect(worker.headers.get('cache-control')).toBe('no-cache');
    const page = await get('/ozloc');
    expect(worker.headers.get('content-security-policy')).toBe(page.headers.get('content-security-policy'));
  });

  it('is told where things are, and nothing secret', async () => {
    const config = await get('/ozloc/config.json');
    expect(config.headers.get('cache-control')).toBe('no-cache');
    expect(await config.json()).toEqual({
      graphqlUrl: 'graphql',
      sessionUrl: 'ozloc/session',
      demoToken: 'demo',
      suggestions: true,
      map: {
        cityTilesUrl: 'tiles/{z}/{x}/{y}.pbf',
        center: [expect.any(Number), expect.any(Number)],
        zoom: expect.any(Number),
      },
    });
  });
});

describe('The streets of the city at hand', () => {
  const tileAt = (z: number, { lat, lng }: { lat: number; lng: number }) => {
    const across = 2 ** z;
    const sin = Math.sin((lat * Math.PI) / 180);
    const y = (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * across;
    return `/tiles/${z}/${Math.floor((lng / 360 + 0.5) * across)}/${Math.floor(y)}.pbf`;
  };

  it('come as vector tiles: names and kinds at any zoom, doors from 15 on', async () => {
    const { map } = (await (await get('/ozloc/config.json')).json()) as { map: { center: [number, number] } };
    const center = { lat: map.center[1], lng: map.center[0] };
    const far = await raw(tileAt(12, center), { 'accept-encoding': 'gzip' });
    expect([far.status, far.encoding]).toEqual([200, 'gzip']);
    const text = gunzipSync(far.body).toString('latin1');
    for (const word of ['streets', 'neighbourhoods', 'avenue', 'street']) expect(text).toContain(word);
    expect(text).not.toContain('doors');
    const near = await get(tileAt(15, center));
    expect(near.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile');
    expect(near.headers.get('cache-control')).toBe('public, max-age=3600');
    expect(Buffer.from(await near.arrayBuffer()).toString('latin1')).toContain('doors');
    expect((await raw(tileAt(15, center), {})).encoding).toBe('');
  });

  it('say each name once, in the middle of its area, however many tiles that is cut into', () => {
    const square = (lat: number, lng: number, side: number) =>
      [0, 1, 2, 3, 4].map((at) => ({
        lat: lat + (at % 4 > 1 ? side : 0),
        lng: lng + ([1, 2].includes(at) ? side : 0),
      }));
    const neighbourhoods = [
      { name: 'Centro', polygons: [[square(-19, -44, 0.01)], [square(-19, -44.5, 0.001)]] },
      { name: 'Vila', polygons: [[square(-19.02, -44, 0.02)]] },
    ];
    const city = { name: 'Lagoa', state: 'MG', streets: [], addresses: [], neighbourhoods };
    const named = placeFeatures(city).features.map(({ properties, geometry }) => [
      properties?.name,
      geometry.type === 'Point' && geometry.coordinates.map((degrees) => degrees.toFixed(4)),
    ]);
    expect(named).toEqual([
      ['Centro', ['-43.9950', '-18.9950']],
      ['Vila', ['-43.9900', '-19.0100']],
      ['Lagoa', ['-43.9925', '-19.0025']],
    ]);
  });

  it('are 204 where the city is not, and 404 for what is no tile', async () => {
    expect((await get('/tiles/12/0/0.pbf')).status).toBe(204);
    for (const path of ['/tiles/9/0/0.pbf', '/tiles/16/0/0.pbf', '/tiles/12/5000/0.pbf', '/tiles/12/0/0.png']) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
  });
});

describe('A provider', () => {
  it('may embed the pages, bring a map, and begin where it works', async () => {
    const other = await startTestSubgraph({
      env: {
        OZLOC_FRAME_ANCESTORS: "'self', https://cnt.example",
        OZLOC_LANGUAGE: 'en',
        MAP_TILES_URL: 'https://tiles.example/{z}/{x}/{y}.png',
        MAP_STYLE_URL: 'https://style.example/v1/style.json',
        MAP_ORIGINS: 'https://*.tiles.example, https://letters.example:8443',
        MAP_ATTRIBUTION: 'made by us',
        MAP_CENTER: '-20.5, -43.25',
      },
    });
    const policy = (await fetch(`${other.url}/ozloc`)).headers.get('content-security-policy') ?? '';
    const config = (await (await fetch(`${other.url}/ozloc/config.json`)).json()) as object;
    await other.stop();
    const maps = 'https://style.example https://tiles.example https://*.tiles.example https://letters.example:8443';
    expect(policy).toContain(`connect-src 'self' ${maps};`);
    expect(policy).toContain(`img-src 'self' data: blob: ${maps};`);
    expect(policy).toMatch(/frame-ancestors 'self' https:\/\/cnt\.example$/);
    expect(config).toMatchObject({
      language: 'en',
      map: {
        tilesUrl: 'https://tiles.example/{z}/{x}/{y}.png',
        styleUrl: 'https://style.example/v1/style.json',
        attribution: 'made by us',
        center: [-43.25, -20.5],
        zoom: 15.5,
      },
    });
  });

  it.each(['OZLOC_FRAME_ANCESTORS', 'MAP_ORIGINS'])('cannot add a rule to the policy by %s', (variable) => {
    for (const value of ["https://a.example; script-src 'unsafe-inline'", '*', 'https:', "'unsafe-inline'"]) {
      expect(() => readConfig({ [variable]: value })).toThrow(variable);
    }
  });

  it('names who may embed the map page by exact origins, and each is one whom a link may name', () => {
    const pages = (env: object) => readConfig({ ...env }).pages;
    expect(pages({ OZLOC_ORIGINS: 'https://cnt.example, http://localhost:8080' })).toMatchObject({
      frameAncestors: "https://cnt.example http://localhost:8080 'self'",
      origins: ['https://cnt.example', 'http://localhost:8080'],
    });
    expect(pages({ OZLOC_FRAME_ANCESTORS: "'self' https://cnt.example https://*.cnt.example" }).origins).toEqual([
      'https://cnt.example',
    ]);
    expect(pages({}).origins).toEqual([]);
    const wrong = ['*', 'http://cnt.example', 'https://*.cnt.example', 'https://cnt.example/x', "'self'", 'https:'];
    for (const value of [...wrong, 'https://a@cnt.example', '//cnt.example', 'https://cnt.example https:'])
      expect(() => readConfig({ OZLOC_ORIGINS: value })).toThrow('OZLOC_ORIGINS');
    expect(() =>
      readConfig({ OZLOC_ORIGINS: 'https://a.example', OZLOC_FRAME_ANCESTORS: 'https://b.example' }),
    ).toThrow('one of them');
  });

  it('finds no query in the log, whatever was asked for', async () => {
    const stream = new PassThrough();
    const lines: Buffer[] = [];
    stream.on('data', (line: Buffer) => lines.push(line));
    const env = { HOST: '127.0.0.1', PORT: '0', EMULATOR_PORT: '0', SHUTDOWN_GRACE_MS: '0' };
    const dataDir = mkdtempSync(join(tmpdir(), 'pages-'));
    const logger = pino({ level: 'trace' }, stream);
    const app = await startApp(readConfig({ ...env, DATA_DIR: dataDir }), { logger });
    for (const path of ['ozloc', 'ozloc/', 'nowhere', 'assets/none.js', 'tiles/1/2/3.pbf', 'graphql', '%']) {
      await fetch(`${app.url}/${path}?authorization=hidden-key`).then((response) => response.text());
    }
    await app.stop();
    rmSync(dataDir, { recursive: true, force: true });
    expect(Buffer.concat(lines).toString()).not.toContain('hidden-key');
    expect(lines.length).toBeGreaterThan(0);
  });
});
