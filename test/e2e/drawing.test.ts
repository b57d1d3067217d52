import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homesOf } from './support/home.js';
import { clickAt, pixelOf } from './support/map.js';
import { PATIENT, type Stage, startStage } from './support/open-page.js';
import { shown } from './support/plant.js';

interface StoredPole {
  id: string;
  lat: number;
  lng: number;
}

let stage: Stage;
let poles: StoredPole[];
beforeAll(async () => {
  stage = await startStage();
  poles = await stage.subgraph.emulator.all<StoredPole>('poles');
});
afterAll(() => stage?.stop());

const metres = (a: { lat: number; lng: number }, b: { lat: number; lng: number }) =>
  Math.hypot((a.lat - b.lat) * 111_195, (a.lng - b.lng) * 104_840);

/** A client some way off the box, and two poles between them. */
function wayToBox() {
  const box = shown(stage.plant, 'freeBox');
  const client = { lat: box.lat + 0.0002, lng: box.lng + 0.0004 };
  const between = poles
    .filter((pole) => metres(pole, box) > 12 && metres(pole, client) < 90)
    .sort((a, b) => metres(a, client) + metres(a, box) - metres(b, client) - metres(b, box))
    .slice(0, 2)
    .sort((a, b) => metres(a, client) - metres(b, client));
  return { box, client, between };
}

async function startDrawing(page: Page) {
  await page.getByRole('button', { name: 'Desenhar drop' }).click();
  await page.getByRole('heading', { name: 'Desenhar o drop' }).waitFor();
  await page.getByRole('heading', { name: 'Próximo poste' }).waitFor();
}

describe('drawing the drop', PATIENT, () => {
  it('by mouse: the poles in OZmap are the ones that were clicked, from the box to the home', async () => {
    const { box, client, between } = wayToBox();
    const page = await stage.enter(`?lat=${client.lat}&lng=${client.lng}`);
    await page.getByRole('table').waitFor();
    await startDrawing(page);
    for (const [index, pole] of between.entries()) {
      // A few pixels beside it: the drop snaps.
      const { x, y } = await pixelOf(page, pole);
      await page.mouse.click(x + 5, y - 4);
      await page.getByText(index === 0 ? '1 poste' : `${index + 1} postes`, { exact: true }).waitFor();
    }
    await clickAt(page, box);
    await page.getByText(`Drop desenhado por ${between.length} postes`).waitFor();
    await page.getByLabel('Código do contrato').fill('DRAWN-1');
    await page.getByRole('button', { name: 'Confirmar reserva' }).click();
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();

    const [home] = await homesOf(stage, 'DRAWN-1');
    const drop = await stage.subgraph.emulator.api<{ poles: { id: string }[] }>(`cables/${home?.drop}`);
    expect(drop.poles.map(({ id }) => id)).toEqual(between.map(({ id }) => id).reverse());
  });

  it('by keyboard: from the list of next poles, with undo; Escape leaves without a drop', async () => {
    const { box, client } = wayToBox();
    const page = await stage.enter(`?lat=${client.lat}&lng=${client.lng}`);
    await page.getByRole('button', { name: box.name, exact: true }).press('Enter');
    await startDrawing(page);
    const length = page.locator('.meter strong');
    const nextPole = page.getByRole('button', { name: /^Poste a/ }).first();
    await nextPole.press('Enter');
    const afterOne = await length.textContent();
    await nextPole.press('Enter');
    await page.getByText('2 postes', { exact: true }).waitFor();
    expect(await length.textContent()).not.toBe(afterOne);
    await page.getByRole('button', { name: 'Desfazer poste' }).press('Enter');
    await page.getByText('1 poste', { exact: true }).waitFor();
    expect(await length.textContent()).toBe(afterOne);
    await page.keyboard.press('Escape');
    await page.getByText('Drop reto, sem desenho').waitFor();

    await startDrawing(page);
    await nextPole.press('Enter');
    await page.getByRole('button', { name: `Terminar em ${box.name}` }).press('Enter');
    await page.getByText('Drop desenhado por 1 poste').waitFor();
  });

  it('takes no point that is on no pole, and says why', async () => {
    const { client } = wayToBox();
    const page = await stage.enter(`?lat=${client.lat}&lng=${client.lng}`);
    await page.getByRole('table').waitFor();
    await startDrawing(page);
    const far = poles.every((pole) => metres(pole, client) > 1);
    expect(far).toBe(true);
    const { x, y } = await pixelOf(page, client);
    const free = [0, 45, 90, 135, 180, 225, 270, 315].map((angle) => ({
      x: x + 60 * Math.cos(angle),
      y: y + 60 * Math.sin(angle),
    }));
    const taken = await Promise.all(
      poles.filter((pole) => metres(pole, client) < 300).map((pole) => pixelOf(page, pole)),
    );
    const spot = free.find((point) => taken.every((pole) => Math.hypot(pole.x - point.x, pole.y - point.y) > 25));
    if (!spot) throw new Error('poles all around');
    await page.mouse.click(spot.x, spot.y);
    await page.getByRole('alert').filter({ hasText: 'Ali não há poste' }).waitFor();
    await page.getByText('0 postes', { exact: true }).waitFor();
  });
});
