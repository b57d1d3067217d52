import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/accessible.js';
import { drawOver, metres, polesOfDrop, startDrawing, wayToBox } from '../support/drop.js';
import { homesOf } from '../support/home.js';
import { clickAt, pixelOf, projectionOf, viewOf } from '../support/map.js';
import { PATIENT, PHONE, type Stage, startStage } from '../support/open-page.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.stop());

describe('drawing the drop', PATIENT, () => {
  it('by mouse: the poles in OZmap are the ones that were clicked, from the box to the home', async () => {
    const { box, client, between } = await wayToBox(stage);
    const page = await stage.enter(`?lat=${client.lat}&lng=${client.lng}`);
    await page.getByRole('table').waitFor();
    await startDrawing(page);
    await drawOver(page, between);
    await clickAt(page, box);
    await page.getByText(`Drop desenhado por ${between.length} postes`).waitFor();
    await page.getByLabel('Código do contrato').fill('DRAWN-1');
    await page.getByRole('button', { name: 'Confirmar reserva' }).click();
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();

    const [home] = await homesOf(stage, 'DRAWN-1');
    expect(await polesOfDrop(stage, home?.drop)).toEqual(between.map(({ id }) => id).reverse());
  });

  it('by keyboard: from the list of next poles, with undo; Escape leaves without a drop', async () => {
    const { box, client } = await wayToBox(stage);
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
    // That button goes with what it took back: the keys go on beside it.
    await page.getByRole('button', { name: 'Usar reto' }).press('Enter');
    await page.getByText('Drop reto, sem desenho').waitFor();
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Desenhar drop');
  });

  it('shows all that the list names on a phone, the end of the drop in reach, and after F5 the map as it was left', async () => {
    const { box, client, poles } = await wayToBox(stage);
    const page = await stage.open(await stage.link({ contractCode: 'DRAWN-2', location: client }), PHONE);
    await page.getByRole('button', { name: box.name, exact: true }).click();
    await startDrawing(page);
    await page.locator('.map-canvas[data-idle]').waitFor();
    const seen = await page.locator('.map-canvas').boundingBox();
    const [project, names] = [await projectionOf(page), page.getByRole('button', { name: /^Poste a/ })];
    for (const name of await names.allTextContents()) {
      const away = Number.parseFloat((/Poste a ([\d,]+)/.exec(name)?.[1] ?? '').replace(',', '.'));
      const spots = poles.filter((pole) => Math.abs(metres(pole, client) - away) < 1).map(project);
      expect(spots.some(({ x, y }) => x > 0 && x < 360 && y > 0 && y < (seen?.height ?? 0) - 14)).toBe(true);
    }
    const end = await page.getByRole('button', { name: `Terminar em ${box.name}` }).boundingBox();
    expect((end?.y ?? 1000) + (end?.height ?? 0)).toBeLessThanOrEqual(740);
    expect(await violations(page)).toEqual([]);

    await page.setViewportSize({ width: 1100, height: 680 });
    await page.getByRole('button', { name: 'Aproximar' }).click();
    await page.locator('.map-canvas[data-idle]').waitFor();
    const left = await viewOf(page);
    await page.reload();
    await page.getByRole('heading', { name: 'Próximo poste' }).waitFor();
    await page.locator('.map-canvas[data-idle]').waitFor();
    const back = await viewOf(page);
    for (const what of ['lat', 'lng', 'zoom'] as const) expect(back[what]).toBeCloseTo(left[what], 9);
  });

  it('takes no point that is on no pole, and says why', async () => {
    const { client, poles } = await wayToBox(stage);
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

  it('never takes it past the limit of the project, says so, and ends at the box only once it is short enough', async () => {
    const { box, client } = await wayToBox(stage);
    const page = await stage.enter(`?lat=${client.lat}&lng=${client.lng}`);
    await page.getByRole('button', { name: box.name, exact: true }).press('Enter');
    await startDrawing(page);
    const [, limit] =
      /^limite (.*)$/.exec(
        (await page
          .locator('.meter')
          .getByText(/^limite/)
          .textContent()) ?? '',
      ) ?? [];
    const tooLong = page.getByRole('alert').filter({ hasText: `Assim o drop passaria do limite de ${limit}` });
    const count = page.locator('.meter').getByText(/^\d+ postes?$/);
    const length = async () => Number.parseFloat((await page.locator('.meter strong').textContent()) ?? '');

    // Away from the box, by the pole that leads there least, until no further one fits.
    let drawn = 0;
    for (; drawn < 40; drawn += 1) {
      await page
        .getByRole('button', { name: /^Poste a/ })
        .last()
        .press('Enter');
      await tooLong.or(page.getByText(`${drawn + 1} poste${drawn === 0 ? '' : 's'}`, { exact: true })).waitFor();
      if (await tooLong.isVisible()) break;
    }
    expect(drawn).toBeGreaterThan(1);
    expect(await count.textContent()).toBe(`${drawn} postes`);
    expect(await length()).toBeLessThanOrEqual(Number.parseFloat(limit ?? ''));
    expect(await violations(page)).toEqual([]);

    const finish = page.getByRole('button', { name: `Terminar em ${box.name}` });
    const undo = page.getByRole('button', { name: 'Desfazer poste' });
    // Too long to end there as well: the drawing goes on, so that there is something to undo.
    await finish.press('Enter');
    for (let left = drawn - 1; left > 0; left -= 1) {
      await undo.press('Enter');
      await tooLong.waitFor({ state: 'detached' });
      await finish.press('Enter');
      await tooLong.or(page.getByRole('heading', { name: 'Confirmar reserva' })).waitFor();
      if (!(await tooLong.isVisible())) break;
    }
    await page.getByText(/^Drop desenhado por/).waitFor();
  });
});
