import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeLong } from '../../support/long.js';
import { violations } from '../support/accessible.js';
import { homesOf } from '../support/home.js';
import { pixelOf } from '../support/map.js';
import { PATIENT, PHONE, type Stage, startStage } from '../support/open-page.js';
import { shown } from '../support/plant.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.stop());

/** The map is looked at while a port is sold; what else is tapped stands beside it. */
const WITHOUT_MAP = { ...PHONE, map: false };
const MOST_TAPS = 6;

/** A newcomer with one thumb: every tap is counted, and the time is told, which on a busy machine is only an upper bound. Typing is no tap. */
function stopwatch(page: Page) {
  const began = performance.now();
  let taps = 0;
  return {
    async tap(what: ReturnType<Page['locator']>) {
      await what.tap();
      taps += 1;
    },
    type: (text: string) => page.keyboard.type(text),
    stop(task: string): number {
      const seconds = (performance.now() - began) / 1000;
      process.stdout.write(`${task} at 360 px: ${taps} taps, ${seconds.toFixed(1)} s by machine\n`);
      return taps;
    },
  };
}

const search = (page: Page) => page.getByRole('combobox', { name: 'Endereço ou coordenadas do cliente' });
const suggestion = (page: Page, text: string) => page.getByRole('option').filter({ hasText: text }).first();
const firstBox = (page: Page) => page.locator('tbody tr:first-child button');

/** An address whose first box sells. */
const ADDRESS = 'Avenida Getúlio Vargas, 61';
const TYPED = 'getulio vargas 61';

describe('somebody who never saw the page, with one thumb at 360 px', PATIENT, () => {
  it('sells from an address to a reserved port in six taps at most', async () => {
    const page = await stage.enter('', PHONE);
    const { tap, type, stop } = stopwatch(page);
    await tap(search(page));
    await type(TYPED);
    await tap(suggestion(page, ADDRESS));
    await tap(firstBox(page));
    // The code's field has the focus already.
    await type('PHONE-1');
    await tap(page.getByLabel('Nome do cliente'));
    await type('Padaria da Esquina');
    await tap(page.getByRole('button', { name: 'Confirmar reserva' }));
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    const taps = stop('a sale');
    expect(taps).toBeLessThanOrEqual(MOST_TAPS);
    const [home] = await homesOf(stage, 'PHONE-1');
    expect(home).toMatchObject({
      address: expect.stringContaining(ADDRESS),
      client: { code: 'PHONE-1', name: 'Padaria da Esquina', implanted: false },
    });
  });

  it('moves a client to another address in six taps at most, seeing who moves, from where and how far', async () => {
    const code = shown(stage.plant, 'activeHome').clientCode ?? '';
    const page = await stage.enter(`?integration_code=${encodeURIComponent(code)}`, WITHOUT_MAP);
    await page.getByText('Mudança de endereço').waitFor();
    await page.getByText(/Hoje em /).waitFor();
    expect(await violations(page)).toEqual([]);
    const [before] = await homesOf(stage, code);
    const { tap, type, stop } = stopwatch(page);
    await tap(search(page));
    await type(TYPED);
    await tap(suggestion(page, ADDRESS));
    await page.getByText(/a [\d.,]+\s(m|km) do novo endereço/).waitFor();
    // The old address makes room for the first boxes.
    expect(await page.getByText(/Hoje em /).count()).toBe(0);
    expect((await firstBox(page).boundingBox())?.y).toBeLessThan(740);
    expect(await violations(page)).toEqual([]);
    await tap(firstBox(page));
    await page
      .locator('.facts')
      .getByText(before?.client?.name ?? 'nobody')
      .waitFor();
    await tap(page.getByRole('button', { name: 'Confirmar mudança' }));
    await page.getByRole('heading', { name: 'Cliente mudado' }).waitFor();
    const taps = stop('a relocation');
    expect(taps).toBeLessThanOrEqual(MOST_TAPS);
    const [after] = await homesOf(stage, code);
    expect(after?.id).not.toBe(before?.id);
  });

  it('keeps a lead where nothing can be sold in six taps at most', async () => {
    const { lat, lng } = shown(stage.plant, 'notViable');
    const page = await stage.enter('', WITHOUT_MAP);
    const { tap, type, stop } = stopwatch(page);
    await tap(search(page));
    await type(`${lat}, ${lng}`);
    await tap(page.getByRole('button', { name: 'Buscar' }));
    await tap(page.getByRole('button', { name: 'Criar prospecto' }));
    await tap(page.getByLabel('Nome do cliente'));
    await type('Sítio do Alto');
    await tap(page.getByRole('button', { name: 'Criar prospecto' }));
    await page.getByRole('heading', { name: 'Prospecto criado' }).waitFor();
    const taps = stop('a lead');
    expect(taps).toBeLessThanOrEqual(MOST_TAPS);
    const leads = await stage.subgraph.emulator.all<{ name: string }>('prospects');
    expect(leads).toContainEqual(expect.objectContaining({ name: 'Sítio do Alto' }));
  });
});

async function heights(page: Page) {
  const [map, panel] = await Promise.all(['.map', '.panel'].map((part) => page.locator(part).boundingBox()));
  return { map: map?.height ?? 0, panel: panel?.height ?? 0, edge: panel?.y ?? 0 };
}

describe('the sheet on a phone', PATIENT, () => {
  it('is dragged to any height, and tapped to give the map its room', async () => {
    const { lat, lng } = shown(stage.plant, 'freeBox');
    const page = await stage.enter(`?lat=${lat}&lng=${lng}`, PHONE);
    await page.getByRole('table').waitFor();
    const before = await heights(page);
    const drag = async (toY: number) => {
      const { edge } = await heights(page);
      await page.mouse.move(180, edge + 5);
      await page.mouse.down();
      await page.mouse.move(180, toY, { steps: 5 });
      await page.mouse.up();
    };
    await drag(120);
    const high = await heights(page);
    expect(high.panel).toBeGreaterThan(before.panel + 100);
    await drag(560);
    const low = await heights(page);
    expect(low.map).toBeGreaterThan(before.map + 150);
    await page.getByRole('button', { name: 'Ampliar o mapa' }).tap();
    await page.getByRole('button', { name: 'Ampliar a lista' }).tap();
    expect((await heights(page)).panel).toBeCloseTo(before.panel, -1);
    expect(await violations(page)).toEqual([]);
  });

  it('leaves boxes and their names to be seen: no control lies over a box on offer, nor the marker over a name', async () => {
    const { lat, lng } = shown(stage.plant, 'freeBox');
    const page = await stage.enter(`?lat=${lat + 0.0002}&lng=${lng}`, PHONE);
    await page.getByRole('table').waitFor();
    await page.locator('.map-canvas[data-idle]').waitFor();
    const names = await page.locator('tbody tr button').allTextContents();
    const boxes = (await stage.subgraph.emulator.all<{ name: string; lat: number; lng: number }>('boxes')).filter(
      ({ name }) => names.slice(0, 3).includes(name),
    );
    expect(boxes.length).toBeGreaterThan(0);
    for (const box of boxes) {
      const { x, y } = await pixelOf(page, box);
      const over = await page.evaluate<string>(
        `document.elementFromPoint(${x}, ${y})?.closest('button, details, .map-canvas')?.className ?? 'none'`,
      );
      expect(over, box.name).toMatch(/map-canvas|client-marker/);
    }
  });
});

describeLong('drawing and reading on a phone', PATIENT, () => {
  it.each(['to the chosen box', 'to no box yet, as to the nearest'])(
    'draws with both ends of the drop filling the map, not a corner of it: %s',
    async (to) => {
      const { lat, lng, name } = shown(stage.plant, 'freeBox');
      const client = { lat: lat + 0.0004, lng };
      const page = await stage.enter(`?lat=${client.lat}&lng=${client.lng}`, PHONE);
      await page.getByRole('table').waitFor();
      if (to === 'to the chosen box') await page.getByRole('button', { name, exact: true }).tap();
      await page.getByRole('button', { name: 'Desenhar drop' }).tap();
      await page.getByRole('heading', { name: 'Desenhar o drop' }).waitFor();
      await page.locator('.map-canvas[data-idle]').waitFor();
      const { map } = await heights(page);
      const [home, box] = [await pixelOf(page, client), await pixelOf(page, { lat, lng })];
      for (const { x, y } of [home, box]) {
        expect(x).toBeGreaterThan(0);
        expect(x).toBeLessThan(360);
        expect(y).toBeGreaterThan(30);
        expect(y).toBeLessThan(map - 14);
      }
      expect(Math.abs(home.y - box.y)).toBeGreaterThan(map * 0.3);
    },
  );

  it.each([
    ['a phone on its side', { width: 740, height: 360 }, 150],
    ['400 % zoom', { width: 320, height: 256 }, 140],
  ])('shows rows of the list on %s', async (_, viewport, least) => {
    const { lat, lng } = shown(stage.plant, 'freeBox');
    const page = await stage.enter(`?lat=${lat}&lng=${lng}`, { viewport });
    await page.getByRole('table').waitFor();
    expect((await heights(page)).panel).toBeGreaterThan(least);
    const row = firstBox(page);
    await row.scrollIntoViewIfNeeded();
    const place = await row.boundingBox();
    expect((place?.y ?? 999) + (place?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
    const overflow = await page.evaluate<number>(
      "document.querySelector('.panel').scrollWidth - document.querySelector('.panel').clientWidth",
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await row.click();
    const field = page.getByLabel('Código do contrato');
    await field.fill('SIDE-1');
    const button = page.getByRole('button', { name: 'Confirmar reserva' });
    await button.scrollIntoViewIfNeeded();
    const [a, b] = [await field.boundingBox(), await button.boundingBox()];
    // Nothing that sticks lies over what is typed.
    expect(a && b && a.y < b.y + b.height && b.y < a.y + a.height).toBe(false);
    expect(await violations(page)).toEqual([]);
  });
});
