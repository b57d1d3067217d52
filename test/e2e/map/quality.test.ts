import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeLong } from '../../support/long.js';
import { violations } from '../support/accessible.js';
import { projectionOf, viewOf } from '../support/map.js';
import { PATIENT, type Stage, startStage } from '../support/open-page.js';
import { shown } from '../support/plant.js';
import { longestTaskMs } from '../support/tasks.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.stop());

/** `window.listed`: how many frames the browser began between the next viability answer and the list that shows it. */
const FRAMES_UNTIL_LISTED = `window.listed = new Promise((done) => {
  const { json } = Response.prototype;
  let frames = null;
  const count = () => { frames += 1; requestAnimationFrame(count); };
  Response.prototype.json = async function () {
    const answer = await json.call(this);
    if (answer.data && 'viability' in answer.data) {
      Response.prototype.json = json;
      frames = 0;
      requestAnimationFrame(count);
    }
    return answer;
  };
  new MutationObserver((_, observer) => {
    if (frames === null || document.querySelector('[data-stale]')) return;
    observer.disconnect();
    done(frames);
  }).observe(document.querySelector('.panel'), { childList: true, subtree: true, attributes: true });
}); undefined`;

/** As many boxes as one question may bring, all within the map as it stands. */
async function fiveHundredBoxes(page: Page) {
  const { lat, lng, zoom } = await viewOf(page);
  const degreesPerPixel = 360 / (512 * 2 ** zoom);
  return Array.from({ length: 500 }, (_, index) => ({
    box: {
      id: `many-${index}`,
      name: `CTO ${index}`,
      lat: lat + ((index % 25) - 12) * 20 * degreesPerPixel * Math.cos((lat * Math.PI) / 180),
      lng: lng + (Math.floor(index / 25) - 9.5) * 20 * degreesPerPixel,
      status: ['IMPLANTED', 'NOT_IMPLANTED', 'CERTIFIED', 'DRAFT'][index % 4] ?? 'DRAFT',
    },
  }));
}

describe('the page is quick and keeps to itself', PATIENT, () => {
  it('asks no third party, breaks no rule of its content security policy, and shows each list in the first frame after its answer', async () => {
    const { lat, lng } = shown(stage.plant, 'freeBox');
    const page = await stage.open(`?lat=${lat}&lng=${lng}`);
    const elsewhere: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== new URL(stage.url).origin) elsewhere.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.locator('.map-canvas[data-view]').waitFor();
    await page.getByRole('button', { name: 'Usar a demonstração' }).click();
    await page.getByRole('table').waitFor();
    // Counted in frames, not in milliseconds: however busy the machine, the list is in the first picture after its answer.
    for (const key of ['Shift+ArrowUp', 'Shift+ArrowDown', 'Shift+ArrowUp']) {
      await page.evaluate(FRAMES_UNTIL_LISTED);
      await page.getByRole('button', { name: /^Cliente\. Setas/ }).press(key);
      expect(await page.evaluate('window.listed')).toBe(0);
    }
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describeLong('the page sells and moves', PATIENT, () => {
  it('pans over 500 boxes on screen without a task over 100 ms', async () => {
    const { lat, lng } = shown(stage.plant, 'freeBox');
    const page = await stage.open(`?lat=${lat}&lng=${lng}`, { viewport: { width: 960, height: 600 } });
    let boxes: { box: { id: string; name: string; lat: number; lng: number; status: string } }[] = [];
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('OzlocBoxes')) return route.continue();
      boxes = await fiveHundredBoxes(page);
      return route.fulfill({ json: { data: { boxes } } });
    });
    await page.getByRole('button', { name: 'Usar a demonstração' }).click();
    await page.getByRole('table').waitFor();
    await expect.poll(() => boxes.length).toBe(500);
    await page.locator('.map-canvas[data-idle]').waitFor({ timeout: 30_000 });
    const canvas = await page.locator('.map-canvas[data-view]').boundingBox();
    if (!canvas) throw new Error('no map');
    const from = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height * 0.8 };
    const project = await projectionOf(page);
    const onScreen = boxes
      .map(({ box }) => project(box))
      .filter(({ x, y }) => {
        return x > canvas.x && x < canvas.x + canvas.width && y > canvas.y && y < canvas.y + canvas.height;
      });
    expect(onScreen).toHaveLength(500);
    await page.locator('.map-canvas').hover({ position: { x: 20, y: 20 } });
    const longest = await longestTaskMs(page, async () => {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      for (let step = 1; step <= 14; step += 1) await page.mouse.move(from.x - step * 18, from.y - step * 8);
      await page.mouse.up();
      await page.waitForTimeout(300);
    });
    expect(longest).toBeLessThanOrEqual(100);
  });

  it('sells when every tile fails, says that the sketch has no streets, and draws them once for both formats when they come', async () => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const page = await stage.open();
    await page.route('**/tiles/**', (route) => route.abort());
    await page.goto(`${stage.url}?lat=${lat}&lng=${lng}&cod_cli=TILES-1`);
    await page.getByRole('button', { name: 'Usar a demonstração' }).click();
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('button', { name: 'Confirmar reserva' }).click();
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 40_000 }),
      page.getByRole('button', { name: 'Baixar PNG' }).click(),
    ]);
    expect(readFileSync(await download.path()).length).toBeGreaterThan(8_000);
    const bare = page.getByRole('alert').filter({ hasText: 'As ruas do mapa não vieram' });
    await bare.waitFor();
    expect(await violations(page)).toEqual([]);

    await page.unroute('**/tiles/**');
    const tiles: string[] = [];
    page.context().on('request', (request) => /\/tiles\//.test(request.url()) && tiles.push(request.url()));
    const fetchedFor = async (format: string) => {
      tiles.length = 0;
      const whole = page.waitForEvent('download', { timeout: 40_000 });
      await page.getByRole('button', { name: `Baixar ${format}` }).click();
      await whole;
      await bare.waitFor({ state: 'detached' });
      return tiles.length;
    };
    expect(await fetchedFor('PNG')).toBeGreaterThan(0);
    expect(await fetchedFor('PDF')).toBe(0);
    expect(await bare.count()).toBe(0);
  });

  it('sells without a map', async () => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const page = await stage.open(`?lat=${lat}&lng=${lng}`);
    await page.route('**/create-map*', (route) => route.abort());
    await page.reload();
    await page.getByRole('button', { name: 'Usar a demonstração' }).click();
    await page.getByText('O mapa não abriu neste navegador').waitFor();
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('heading', { name: 'Confirmar reserva' }).waitFor();
  });
});
