import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wayToBox } from '../support/drop.js';
import { isRinged } from '../support/highlight.js';
import { pixelOf } from '../support/map.js';
import { PATIENT, type Stage, startStage } from '../support/open-page.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.stop());

/** The page with the list and the map of a client some way off a box that sells. */
async function atWay() {
  const { box, client } = await wayToBox(stage);
  const page = await stage.enter(`?lat=${client.lat}&lng=${client.lng}`, { deviceScaleFactor: 1 });
  const row = page.getByRole('row').filter({ has: page.getByRole('button', { name: box.name, exact: true }) });
  await row.waitFor();
  // Off the list, which came up under it.
  await page.mouse.move(2, 2);
  await page.locator('.map-canvas[data-idle]').waitFor();
  await shows(page, box, false);
  return { page, box, row, button: row.getByRole('button') };
}

const shows = (page: Page, place: { lat: number; lng: number }, ringed: boolean) =>
  expect.poll(() => isRinged(page, place)).toBe(ringed);
const lit = (row: ReturnType<Page['getByRole']>) => expect.poll(() => row.getAttribute('class'));

describe('list and map light up together', PATIENT, () => {
  it('the box on the map, while the pointer is on its row', async () => {
    const { page, box, button } = await atWay();
    await button.hover();
    await shows(page, box, true);
    await page.getByRole('heading', { level: 2 }).first().hover();
    await shows(page, box, false);
  });

  it('the box on the map, while the keyboard is on its row, and the next one after an arrow', async () => {
    const { page, box, button } = await atWay();
    await button.focus();
    await shows(page, box, true);
    await page.keyboard.press((await isLast(page, box.name)) ? 'ArrowUp' : 'ArrowDown');
    await shows(page, box, false);
    await button.focus();
    await shows(page, box, true);
    await button.blur();
    await shows(page, box, false);
  });

  it('the row in the list, while the pointer is on its box on the map', async () => {
    const { page, box, row } = await atWay();
    const { x, y } = await pixelOf(page, box);
    await page.mouse.move(x + 3, y - 3);
    await lit(row).toBe('hot');
    await shows(page, box, true);
    await page.mouse.move(x + 60, y + 60, { steps: 3 });
    await lit(row).toBe(null);
    await shows(page, box, false);
  });
});

async function isLast(page: Page, name: string): Promise<boolean> {
  return (await page.locator('tbody button').allTextContents()).at(-1) === name;
}
