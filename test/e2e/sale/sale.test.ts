import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atFreeBox } from '../support/free-box.js';
import { homesOf, writesSeen } from '../support/home.js';
import { pixelOf } from '../support/map.js';
import { PATIENT, PHONE, type Stage, startStage, WITH_MAP } from '../support/open-page.js';
import { shown } from '../support/plant.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({}, { map: false });
});
afterAll(() => stage?.stop());

const choose = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

describe('a sale on the map', PATIENT, () => {
  it('finds an address, lists the boxes by distance with their five columns, and reserves by mouse', async () => {
    const door = stage.plant.city.addresses.find(({ number }) => number !== null);
    const page = await stage.enter();
    await page.getByLabel('Endereço ou coordenadas').fill(`${door?.street}, ${door?.number}`);
    await page.getByRole('button', { name: 'Buscar' }).click();
    await page
      .getByRole('table')
      .or(page.getByText('lugares com este endereço'))
      .or(page.getByText('Sem viabilidade'))
      .first()
      .waitFor();

    const { page: near, name, boxId } = await atFreeBox(stage);
    expect(await near.getByRole('columnheader').allTextContents()).toEqual([
      'Caixa',
      'Distância',
      'Livres',
      'Situação',
      'Tipo',
    ]);
    const distances = await near.locator('tbody tr td:nth-of-type(1)').allTextContents();
    const metres = distances.map((text) => Number(text.replace(/\s?m$/, '').replace('.', '').replace(',', '.')));
    expect(metres).toEqual([...metres].sort((a, b) => a - b));

    await choose(near, name);
    await near.getByLabel('Código do contrato').fill('E2E-1');
    await near.getByLabel('Nome do cliente').fill('Mercearia Boa Vista');
    const confirm = near.getByRole('button', { name: 'Confirmar reserva' });
    await stage.subgraph.emulator.clearRequests();
    await confirm.dblclick();
    await near.getByRole('heading', { name: 'Porta reservada' }).waitFor();

    const homes = await homesOf(stage, 'E2E-1');
    expect(homes).toHaveLength(1);
    expect(homes[0]).toMatchObject({ box: boxId, client: { code: 'E2E-1', implanted: false } });
    expect(homes[0]?.connections).toHaveLength(1);
    const port = homes[0]?.connections[0]?.port;
    expect(await near.locator('.ticket').textContent()).toContain(`Porta${port}`);
    expect(await writesSeen(stage)).toBe(1);
  });

  it('explains free ports that one splitter of the type could not have', async () => {
    const page = await stage.enter(`?address=${encodeURIComponent('Avenida Getúlio Vargas')}`);
    await page.getByRole('row').filter({ hasText: '19' }).filter({ hasText: 'CTO 1:16' }).waitFor();
    await page.getByText('As portas livres somam todos os splitters da caixa.').waitFor();
  });

  it('sells a flat by its building and number', async () => {
    const [building] = await stage.subgraph.emulator.all<{ id: string; name: string; lat: number; lng: number }>(
      'buildings',
    );
    const page = await stage.enter(`?lat=${building?.lat}&lng=${building?.lng}`);
    await page.getByRole('button', { name: building?.name ?? '' }).click();
    await page.getByLabel('Código do contrato').fill('E2E-APTO');
    const confirm = page.getByRole('button', { name: 'Confirmar reserva' });
    await page.getByText('Informe o apartamento.').waitFor();
    await page.getByLabel('Apartamento').fill('1503');
    await confirm.click();
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    expect(await page.locator('.ticket').textContent()).toContain(building?.name);
    const [flat] = await homesOf(stage, 'E2E-APTO');
    expect(flat).toMatchObject({ address: expect.stringMatching(/, apto 1503$/) });
  });

  it('goes from search to reservation by keyboard alone', async () => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const page = await stage.open();
    const press = async (key: string) => page.keyboard.press(key);
    await untilFocused(page, 'Endereço ou coordenadas do cliente');
    await page.keyboard.type(`${lat}, ${lng - 0.0001}`);
    await press('Enter');
    await untilFocused(page, 'Token da integração');
    await page.keyboard.type('demo');
    await press('Enter');
    await page.getByRole('table').waitFor();
    await untilFocused(page, 'Endereço ou coordenadas do cliente');
    await tabTo(page, name);
    await press('ArrowDown');
    await press('ArrowUp');
    await press('Enter');
    await untilFocused(page, 'Código do contrato');
    await press('Escape');
    await untilFocused(page, name);
    await press('Enter');
    await untilFocused(page, 'Código do contrato');
    await page.keyboard.type('E2E-2');
    await press('Enter');
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    expect(await homesOf(stage, 'E2E-2')).toMatchObject([{ client: { implanted: false } }]);
  });

  it('moves the client by arrow keys, by typed coordinates and by drag, and reserves where he was dropped', async () => {
    const { page, name } = await atFreeBox(stage, WITH_MAP);
    const marker = page.getByRole('button', { name: /^Cliente\. Setas/ });
    const place = page.locator('.position .number');
    const before = await place.textContent();
    await marker.focus();
    await page.keyboard.press('Shift+ArrowUp');
    await page.waitForFunction(`document.querySelector('.position .number').textContent !== ${JSON.stringify(before)}`);
    const latNow = async () => Number((await place.textContent())?.split(',')[0]);
    expect(((await latNow()) - Number(before?.split(',')[0])) * 111_195).toBeCloseTo(10, 0);
    const big = await latNow();
    await page.keyboard.press('ArrowUp');
    await expect.poll(latNow).not.toBe(big);
    const lat = await latNow();
    expect((lat - big) * 111_195).toBeCloseTo(1, 0);

    const typed = `${(lat - 0.0001).toFixed(6)}, ${(await place.textContent())?.split(', ')[1]}`;
    await page.getByRole('button', { name: 'Editar coordenadas' }).click();
    await page.getByLabel('Coordenadas (latitude, longitude)').fill(typed);
    await page.keyboard.press('Enter');
    await expect.poll(() => place.textContent()).toBe(typed);

    const box = await marker.boundingBox();
    if (!box) throw new Error('no marker');
    const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 15, from.y + 10, { steps: 4 });
    await page.mouse.up();
    await page.locator('[data-stale]').waitFor({ state: 'detached' });
    const [dropLat, dropLng] = ((await place.textContent()) ?? '').split(',').map(Number);
    await choose(page, name);
    await page.getByLabel('Código do contrato').fill('E2E-3');
    await page.getByRole('button', { name: 'Confirmar reserva' }).click();
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    const [home] = await homesOf(stage, 'E2E-3');
    expect(home?.lat).toBeCloseTo(dropLat ?? 0, 5);
    expect(home?.lng).toBeCloseTo(dropLng ?? 0, 5);
    expect((await pixelOf(page, { lat: dropLat ?? 0, lng: dropLng ?? 0 })).x).toBeCloseTo(from.x + 15, -1);
  });

  it('goes a step back by Back, and on by Forward without a loss, up to what was sold', async () => {
    const { page, name } = await atFreeBox(stage);
    await choose(page, name);
    await page.getByLabel('Observação').fill('portão azul');
    await page.getByRole('button', { name: 'Desenhar drop' }).click();
    await page.getByRole('heading', { name: 'Desenhar o drop' }).waitFor();
    await page.goBack();
    await page.getByLabel('Código do contrato').fill('BACK-1');
    await page.goBack();
    await page.getByRole('table').waitFor();
    await page.goForward();
    expect(await page.getByLabel('Observação').inputValue()).toBe('portão azul');
    await page.goForward();
    await page.getByRole('heading', { name: 'Desenhar o drop' }).waitFor();
    await page.getByRole('button', { name: 'Sair sem desenhar' }).click();
    await page.getByRole('button', { name: 'Voltar', exact: true }).click();
    await choose(page, name);
    await page.getByRole('button', { name: 'Confirmar reserva' }).click();
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    const share = page.getByRole('link', { name: 'WhatsApp' });
    expect(decodeURIComponent((await share.getAttribute('href')) ?? '')).toMatch(/BACK-1\n.*maps.*query=-19/s);
    await page.goBack();
    await page.getByRole('search').waitFor();
    expect(page.url()).toContain('/ozloc');
  });

  it('opens no keyboard for what a link has filled in', async () => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const sale = { contractCode: 'E2E-FILLED', name: 'Padaria', location: { lat, lng } };
    const page = await stage.open(await stage.link(sale), PHONE);
    await choose(page, name);
    await untilFocused(page, 'Confirmar reserva');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H2');
  });
});

/** Views put the focus where they begin, a moment after they are drawn. */
async function untilFocused(page: Page, name: string): Promise<void> {
  await expect.poll(() => focused(page)).toBe(name);
}

/** Tab until the focus is on what is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${name}`);
}

const focused = (page: Page) =>
  page.evaluate<string>(
    `(() => { const e = document.activeElement; return e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent.trim() ?? e.textContent; })()`,
  );
