import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './support/accessible.js';
import { homesOf } from './support/home.js';
import { type Stage, startStage } from './support/open-page.js';
import { shown } from './support/plant.js';
import { longestTaskMs } from './support/tasks.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.stop());

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const DARK = { colorScheme: 'dark' as const };

/** `window.listed`: milliseconds from the end of the next viability answer until the list is on screen with it. */
const LISTED_AFTER_ANSWER = `window.listed = new Promise((done) => {
  performance.clearResourceTimings();
  const answered = () => performance.getEntriesByType('resource').findLast(({ name }) => name.endsWith('/graphql'))?.responseEnd;
  new MutationObserver((_, observer) => {
    if (document.querySelector('[data-stale]') || answered() === undefined) return;
    observer.disconnect();
    requestAnimationFrame(() => done(performance.now() - answered()));
  }).observe(document.querySelector('.panel'), { childList: true, subtree: true, attributes: true });
}); undefined`;

/** Walks through the states of a sale and tells each by name. */
async function walk(page: Page, tell: (state: string) => Promise<void>): Promise<void> {
  const { name } = shown(stage.plant, 'freeBox');
  await page.getByRole('button', { name: 'Usar a demonstração' }).waitFor();
  await tell('access');
  await page.getByRole('button', { name: 'Usar a demonstração' }).click();
  await page.getByRole('table').waitFor();
  await page.locator('.map-canvas[data-view]').waitFor();
  await page.getByText('Legenda').click();
  await page.getByRole('button', { name: 'Editar coordenadas' }).click();
  await tell('list');
  await page.getByText('Legenda').click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('heading', { name: 'Confirmar reserva' }).waitFor();
  await tell('sale');
  await page.getByRole('button', { name: 'Desenhar drop' }).click();
  await page.getByRole('heading', { name: 'Próximo poste' }).waitFor();
  await tell('draw');
  await page.keyboard.press('Escape');
  await page.getByLabel('Código do contrato').fill(shown(stage.plant, 'activeHome').clientCode ?? '');
  await page.getByRole('button', { name: 'Confirmar reserva' }).click();
  await page.getByRole('alert').first().waitFor();
  await tell('refused');
}

describe('everybody can use the page', () => {
  it.each([
    ['on a desk', {}],
    ['on a phone', PHONE],
    ['in the dark', DARK],
  ])('axe finds nothing in any state of a sale %s', async (_, options) => {
    const { lat, lng } = shown(stage.plant, 'freeBox');
    const page = await stage.open(`?lat=${lat}&lng=${lng}`, options);
    const found: Record<string, string[]> = {};
    await walk(page, async (state) => {
      found[state] = await violations(page);
    });
    expect(found).toEqual({ access: [], list: [], sale: [], draw: [], refused: [] });
  });

  it('axe finds nothing where there is no viability, no address, and a prospect to be made', async () => {
    const { lat, lng } = shown(stage.plant, 'notViable');
    const page = await stage.enter(`?lat=${lat}&lng=${lng}`);
    await page.getByText('Sem viabilidade neste ponto').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Criar prospecto' }).click();
    await page.getByRole('heading', { name: 'Criar prospecto' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('a phone of 360 pixels holds the whole sale: nothing is wider than the screen, every target big enough', async () => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const page = await stage.enter(`?lat=${lat}&lng=${lng}&cod_cli=PHONE-1`, PHONE);
    const row = page.getByRole('button', { name, exact: true });
    await row.waitFor();
    const wide = 'document.scrollingElement.scrollWidth > innerWidth';
    expect(await page.evaluate(wide)).toBe(false);
    await row.tap();
    await page.getByRole('heading', { name: 'Confirmar reserva' }).waitFor();
    expect(await page.evaluate(wide)).toBe(false);
    const small = await page.evaluate<string[]>(
      `[...document.querySelectorAll('button, input, summary')].filter((e) => e.checkVisibility()).filter((e) => {
        const { width, height } = e.getBoundingClientRect(); return width < 24 || height < 24; }).map((e) => e.outerHTML.slice(0, 120))`,
    );
    expect(small).toEqual([]);
    await page.getByRole('button', { name: 'Confirmar reserva' }).tap();
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    expect(await homesOf(stage, 'PHONE-1')).toHaveLength(1);
  });

  it('speaks English to who asks for it', async () => {
    const page = await stage.open('?lang=en');
    await page.getByRole('button', { name: 'Use the demonstration' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });
});

describe('the sketch', () => {
  it('comes as PDF and as PNG, made in the page', async () => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const page = await stage.enter(`?lat=${lat + 0.0002}&lng=${lng}&cod_cli=SKETCH-1`);
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('button', { name: 'Confirmar reserva' }).click();
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    expect(await violations(page)).toEqual([]);
    for (const [button, signature] of [
      ['Baixar PDF', '%PDF'],
      ['Baixar PNG', '\x89PNG'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download', { timeout: 15_000 }),
        page.getByRole('button', { name: button }).click(),
      ]);
      const bytes = readFileSync(await download.path());
      expect(bytes.subarray(0, 4).toString('latin1')).toBe(signature);
      expect(bytes.length).toBeGreaterThan(8_000);
      expect(download.suggestedFilename()).toBe(`croqui-SKETCH-1.${button.slice(-3).toLowerCase()}`);
    }
  });
});

describe('the page is quick and keeps to itself', () => {
  it('asks no third party, breaks no rule of its content security policy, and lists what each answer brings', async () => {
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
    // Told, not judged: on a busy machine any answer may be drawn late, and the page can do nothing about it.
    const delays: number[] = [];
    for (const key of ['Shift+ArrowUp', 'Shift+ArrowDown', 'Shift+ArrowUp']) {
      await page.evaluate(LISTED_AFTER_ANSWER);
      await page.getByRole('button', { name: /^Cliente\. Setas/ }).press(key);
      delays.push(await page.evaluate<number>('window.listed'));
    }
    process.stdout.write(`listed ${delays.map(Math.round).join(', ')} ms after the answer\n`);
    expect(delays.every(Number.isFinite)).toBe(true);
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('pans over 500 boxes without a task over 100 ms', async () => {
    const { lat, lng } = shown(stage.plant, 'freeBox');
    const page = await stage.open(`?lat=${lat}&lng=${lng}`, { viewport: { width: 960, height: 600 } });
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('OzlocBoxes')) return route.continue();
      const boxes = Array.from({ length: 500 }, (_, index) => ({
        box: {
          id: `many-${index}`,
          name: `CTO ${index}`,
          lat: lat + ((index % 25) - 12) * 0.0003,
          lng: lng + (Math.floor(index / 25) - 10) * 0.0004,
          status: (['IMPLANTED', 'NOT_IMPLANTED', 'CERTIFIED', 'DRAFT'] as const)[index % 4],
        },
      }));
      return route.fulfill({ json: { data: { boxes } } });
    });
    await page.getByRole('button', { name: 'Usar a demonstração' }).click();
    await page.getByRole('table').waitFor();
    const canvas = await page.locator('.map-canvas[data-view]').boundingBox();
    if (!canvas) throw new Error('no map');
    const from = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height * 0.8 };
    await page.locator('.map-canvas').hover({ position: { x: 20, y: 20 } });
    await page.waitForTimeout(500);
    const longest = await longestTaskMs(page, async () => {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      for (let step = 1; step <= 14; step += 1) await page.mouse.move(from.x - step * 18, from.y - step * 8);
      await page.mouse.up();
      await page.waitForTimeout(300);
    });
    expect(longest).toBeLessThanOrEqual(100);
  });

  it('sells without tiles and without a map', async () => {
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
