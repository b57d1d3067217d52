import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSubgraph, type TestSubgraph } from '../../support/start-subgraph.js';
import { leaveBrowser, sharedBrowser } from '../support/browser.js';
import { type MapServer, startMapServer } from '../support/map-server.js';

let browser: Browser;
let subgraph: TestSubgraph;
let named: MapServer;
let further: MapServer;
let foreign: MapServer;
beforeAll(async () => {
  [browser, named, further, foreign] = await Promise.all([
    sharedBrowser(),
    startMapServer(),
    startMapServer(),
    startMapServer(),
  ]);
  const env = { MAP_STYLE_URL: `${named.url}/style.json`, MAP_ORIGINS: further.url };
  subgraph = await startTestSubgraph({ env });
});
afterAll(async () => {
  await leaveBrowser();
  await Promise.all([named, further, foreign, subgraph].map((server) => server?.stop()));
});

/** A style whose streets (read by the worker) and pictures (read by the page) come from two other origins. */
function styleOf(...origins: string[]): object {
  const of = (kind: 'vector' | 'raster') =>
    origins.map((origin, at) => [
      `${kind}-${at}`,
      { type: kind, tiles: [`${origin}/${kind}/{z}/{x}/{y}`], tileSize: 512 },
    ]);
  const sources = Object.fromEntries([...of('vector'), ...of('raster')]);
  const layers = Object.keys(sources).map((source) =>
    source.startsWith('vector')
      ? { id: source, type: 'line', source, 'source-layer': 'streets' }
      : { id: source, type: 'raster', source },
  );
  return { version: 8, sources, layers };
}

describe("A provider's style that takes its tiles from further origins", () => {
  it('gets them from those in MAP_ORIGINS and from no other, in the page and in the worker', async () => {
    named.style = styleOf(further.url, foreign.url);
    const page = await browser.newPage();
    const refused: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) refused.push(message.text());
    });
    await page.goto(`${subgraph.url}/ozloc`);
    await expect.poll(() => further.asked.some((path) => path.startsWith('/vector/'))).toBe(true);
    await expect.poll(() => further.asked.some((path) => path.startsWith('/raster/'))).toBe(true);
    await expect.poll(() => refused.join('\n')).toContain(`${foreign.url}/raster/`);
    await page.waitForLoadState('networkidle');
    expect(foreign.asked).toEqual([]);
  });
});
