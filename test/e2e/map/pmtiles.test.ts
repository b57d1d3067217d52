import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeatureCollection } from 'geojson';
import type { Browser } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSubgraph, type TestSubgraph } from '../../support/start-subgraph.js';
import { writeTinyPmtiles } from '../../support/tiny-pmtiles.js';
import { leaveBrowser, sharedBrowser } from '../support/browser.js';

const folder = mkdtempSync(join(tmpdir(), 'pmtiles-'));
const file = join(folder, 'town.pmtiles');
/** Far from the embedded town: whatever is drawn here is the archive's. */
const PLACE = { lat: -20.5, lng: -45.5 };

const collection = (geometry: object, properties: object): FeatureCollection =>
  ({ type: 'FeatureCollection', features: [{ type: 'Feature', geometry, properties }] }) as FeatureCollection;
const { lat, lng } = PLACE;
const corners = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
  [-1, -1],
].map(([x = 0, y = 0]) => [lng + x / 50, lat + y / 50]);
const street = [
  [lng - 0.02, lat],
  [lng + 0.02, lat],
];
const LAYERS = {
  earth: collection({ type: 'Polygon', coordinates: [corners] }, { kind: 'earth' }),
  roads: collection({ type: 'LineString', coordinates: street }, { kind: 'minor_road', name: 'Rua do Arquivo' }),
};

let subgraph: TestSubgraph;
let browser: Browser;
beforeAll(async () => {
  writeTinyPmtiles(file, LAYERS, { ...PLACE, zoom: 14 });
  const env = { MAP_PMTILES: file, MAP_CENTER: `${lat},${lng}`, MAP_ZOOM: '16' };
  [browser, subgraph] = await Promise.all([sharedBrowser(), startTestSubgraph({ env })]);
});
afterAll(async () => {
  await leaveBrowser();
  await subgraph?.stop();
  rmSync(folder, { recursive: true });
});

describe('A map from a PMTiles archive', () => {
  it.each([
    ['light', [255, 255, 255], [233, 237, 238]],
    ['dark', [84, 108, 128], [18, 27, 34]],
  ] as const)(
    'draws its streets and its ground, %s, and says whose data they are',
    async (colorScheme, road, ground) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme });
      const page = await context.newPage();
      const refused: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') refused.push(message.text());
      });
      await page.goto(`${subgraph.url}/ozloc`);
      await page.locator('.map-canvas[data-idle]').waitFor({ timeout: 60_000 });
      const map = page.locator('.map-canvas');
      const { data, width, height } = PNG.sync.read(await map.screenshot());
      const at = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
      const column = Array.from({ length: 60 }, (_, y) =>
        at(Math.round(width / 2) - 120, Math.round(height / 2) - 30 + y),
      );
      expect(column).toContainEqual(road);
      expect(at(Math.round(width / 2) - 120, Math.round(height / 2) - 60)).toEqual(ground);
      expect(await map.textContent()).toContain('OpenStreetMap');
      expect(refused).toEqual([]);
    },
  );

  it('answers parts of the archive as tiles, and 204 where it has none', async () => {
    const tile = async (path: string) => (await fetch(`${subgraph.url}/tiles/osm/${path}.pbf`)).status;
    const across = 2 ** 14;
    const x = Math.floor(((lng + 180) / 360) * across);
    const y = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * across);
    expect([await tile(`14/${x}/${y}`), await tile('14/0/0'), await tile('3/0/0')]).toEqual([200, 204, 404]);
  });
});

describe('MAP_PMTILES', () => {
  it('stops the start when it is no archive', async () => {
    const wrong = join(folder, 'wrong.pmtiles');
    writeFileSync(wrong, 'hello '.repeat(200));
    await expect(startTestSubgraph({ env: { MAP_PMTILES: wrong } })).rejects.toThrow(/^MAP_PMTILES: .*PMTiles/);
  });

  it('stops the start when it does not exist, or stands beside another map', async () => {
    await expect(startTestSubgraph({ env: { MAP_PMTILES: '/no/such.pmtiles' } })).rejects.toThrow(
      /MAP_PMTILES got .*exist/,
    );
    const both = { MAP_PMTILES: file, MAP_TILES_URL: 'https://tiles.example/{z}/{x}/{y}.png' };
    await expect(startTestSubgraph({ env: both })).rejects.toThrow(/MAP_PMTILES is set beside/);
  });
});
