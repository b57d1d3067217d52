import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSubgraph, type TestSubgraph } from '../../support/start-subgraph.js';
import { leaveBrowser, sharedBrowser } from '../support/browser.js';
import { type CountingProxy, startCountingProxy, type Transfer } from '../support/counting-proxy.js';

let subgraph: TestSubgraph;
let browser: Browser;
let proxy: CountingProxy;
beforeAll(async () => {
  [subgraph, browser] = await Promise.all([startTestSubgraph(), sharedBrowser()]);
  proxy = await startCountingProxy(subgraph.root, 'gzip');
});
afterAll(async () => {
  await leaveBrowser();
  await proxy?.stop();
  await subgraph?.stop();
});

const weight = (transfers: Transfer[]) => transfers.reduce((total, { bytes }) => total + bytes, 0);
const isMap = ({ path }: Transfer) =>
  /\/(create-map|overlays|theme|maplibre[^/]*|map-worker)-[^/]*\.(js|css)$/.test(path);
const isData = ({ path }: Transfer) => /\/tiles\/|config\.json$/.test(path);

/** All that a browser without cache fetches until the map stands and nothing more is asked for. */
async function firstLook(): Promise<Transfer[]> {
  proxy.transfers.length = 0;
  // No routes in this context: with one, Chromium fetches everything past its cache.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${subgraph.url.replace(subgraph.root, proxy.url)}/ozloc`);
  await page.locator('.map-canvas[data-view]').waitFor();
  await page.waitForLoadState('networkidle');
  // The worker is no part of the page's idleness: the last tile has come when half a second brings no other.
  await expect.poll(() => proxy.transfers.some(({ path }) => path.includes('/tiles/'))).toBe(true);
  for (let before = -1; before !== proxy.transfers.length; ) {
    before = proxy.transfers.length;
    await page.waitForTimeout(500);
  }
  return [...proxy.transfers];
}

describe('The first load of the map page', () => {
  it('stays under 450 kB as gzip, with the map library apart from the shell and fetched once', async () => {
    const all = await firstLook();
    const map = all.filter(isMap);
    const shell = all.filter((transfer) => !isMap(transfer) && !isData(transfer));
    process.stdout.write(
      `first load, gzip: ${weight(all)} bytes in ${all.length} answers (shell ${weight(shell)}, map ${weight(map)})\n`,
    );
    expect(all.filter(({ status }) => status >= 400)).toEqual([]);
    expect(new Set(all.map(({ path }) => path)).size).toBe(all.length);
    expect(weight(map)).toBeGreaterThan(200_000);
    expect(weight(shell)).toBeLessThan(72_000);
    expect(weight(all)).toBeLessThan(450_000);
  });
});
