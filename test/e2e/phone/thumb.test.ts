import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/accessible.js';
import { polesOfDrop } from '../support/drop.js';
import { homesOf } from '../support/home.js';
import { pixelOf } from '../support/map.js';
import { PATIENT, PHONE, type Stage, startStage } from '../support/open-page.js';
import { shown } from '../support/plant.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({}, { map: false });
});
afterAll(() => stage?.stop());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const way = (page: Page) => page.getByRole('button', { name: /Pelos? postes?: \d+ postes?, \d+\sm/ });
/** A box that sells, and a client some poles down its street. */
function alongTheStreet() {
  const box = shown(stage.plant, 'freeBox');
  return { box, client: { lat: box.lat + 0.0002, lng: box.lng + 0.0009 } };
}

/** From a chosen box: the box, the way, the confirmation. Typing is no tap. */
const MOST_TAPS = 3;

describe('with one thumb at 360 px', PATIENT, () => {
  it('a drop along the poles is reserved in three taps from the choice of its box', async () => {
    const { box, client } = alongTheStreet();
    const page = await stage.enter(`?lat=${client.lat}&lng=${client.lng}`, PHONE);
    let taps = 0;
    const tap = async (what: Locator) => {
      await what.tap();
      taps += 1;
    };
    await tap(button(page, box.name));
    await tap(way(page));
    // The code's field has the focus.
    await page.keyboard.type('POSTES-1');
    await tap(button(page, 'Confirmar reserva'));
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    expect(taps).toBeLessThanOrEqual(MOST_TAPS);
    const [home] = await homesOf(stage, 'POSTES-1');
    expect((await polesOfDrop(stage, home?.drop)).length).toBeGreaterThan(0);
  });

  it('offers whole ways to the nearest boxes, with their length and limit, where none is chosen, and the rest of one begun', async () => {
    const { box, client } = alongTheStreet();
    const page = await stage.enter(`?lat=${client.lat}&lng=${client.lng}`, PHONE);
    await button(page, 'Desenhar drop').tap();
    const whole = way(page).filter({ hasText: box.name });
    await whole.waitFor();
    expect(await whole.textContent()).toMatch(/\(limite \d+\sm\)/);
    expect(await violations(page)).toEqual([]);
    const postes = async () => Number(/: (\d+) poste/.exec((await whole.textContent()) ?? '')?.[1]);
    const before = await postes();
    await page
      .getByRole('button', { name: /^Poste a / })
      .first()
      .tap();
    await page.getByText('1 poste', { exact: true }).waitFor();
    expect(await postes()).toBeGreaterThanOrEqual(Math.min(2, before));
    await whole.tap();
    await page.getByRole('heading', { name: 'Confirmar reserva' }).waitFor();
    await page.getByText(/^Drop desenhado por \d+ postes?$/).waitFor();
  });

  it('the code is typed in sight: nothing that sticks lies over its field once a way along the poles is offered', async () => {
    const { box, client } = alongTheStreet();
    const small = { ...PHONE, viewport: { width: 360, height: 640 } };
    const page = await stage.enter(`?lat=${client.lat}&lng=${client.lng}`, small);
    await button(page, box.name).tap();
    await way(page).waitFor();
    // Before a key is pressed: with it the browser itself would bring the field into view.
    const focused = `(() => {
      const field = document.activeElement;
      const { left, top, bottom } = field.getBoundingClientRect();
      const seen = [top + 2, bottom - 2].filter((y) => document.elementFromPoint(left + 20, y) === field);
      return { is: field.tagName, edgesInSight: seen.length };
    })()`;
    await expect.poll(() => page.evaluate(focused)).toEqual({ is: 'INPUT', edgesInSight: 2 });
  });

  it('the keyboard stays away until somebody wants to type, and on a desk the search box has the focus', async () => {
    const focused = (page: Page) =>
      page.evaluate<string>('document.activeElement.id || document.activeElement.className');
    const page = await stage.enter('', PHONE);
    await expect.poll(() => focused(page)).toBe('view');
    expect(await violations(page)).toEqual([]);
    const desk = await stage.enter('');
    await expect.poll(() => focused(desk)).toBe('search');
  });

  it('the way from the log shows the home of a contract and its box above the sheet, and before the token which contract it is', async () => {
    const home = shown(stage.plant, 'activeHome');
    const code = home.clientCode ?? '';
    const page = await stage.open(`?contract=${encodeURIComponent(code)}`, { ...PHONE, map: true });
    const title = page.getByRole('heading', { name: `Contrato ${code} no mapa` });
    await title.waitFor();
    expect(await page.locator('[inert] h2').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await button(page, 'Usar a demonstração').tap();
    await button(page, 'Mudar de endereço').waitFor();
    await page.locator('.map-canvas[data-idle]').waitFor();
    const [lives] = await homesOf(stage, code);
    const box = await stage.subgraph.emulator.api<{ lat: number; lng: number }>(`boxes/${lives?.box}`);
    const onMap = (place: { lat: number; lng: number } | undefined) => async () => {
      const { x, y } = await pixelOf(page, place ?? box);
      return page.evaluate(`document.elementFromPoint(${x}, ${y})?.closest('.map-canvas') != null`);
    };
    await expect.poll(onMap(lives), PATIENT).toBe(true);
    await expect.poll(onMap(box), PATIENT).toBe(true);
    // Also where he is to move at once.
    await page.goto(`${stage.url}?integration_code=${encodeURIComponent(code)}`);
    await button(page, 'Usar a demonstração').tap();
    await page.getByText(`Mudando o contrato ${code}`).waitFor();
    await expect.poll(onMap(lives), PATIENT).toBe(true);
  });

  it('the legend covers neither the place nor where the client lives now, and goes with the next touch', async () => {
    const home = shown(stage.plant, 'activeHome');
    const { lat, lng } = shown(stage.plant, 'freeBox');
    const query = `?integration_code=${encodeURIComponent(home.clientCode ?? '')}&lat=${lat}&lng=${lng}`;
    const page = await stage.enter(query, { ...PHONE, map: true });
    await page.getByRole('table').waitFor();
    await page.locator('.map-canvas[data-idle]').waitFor();
    const [lives] = await homesOf(stage, home.clientCode ?? '');
    const legend = page.locator('.legend');
    await legend.locator('summary').tap();
    await legend.getByText('Última porta livre').waitFor();
    expect(await violations(page)).toEqual([]);
    for (const place of [{ lat, lng }, lives ?? { lat, lng }]) {
      const { x, y } = await pixelOf(page, place);
      const over = `document.elementFromPoint(${x}, ${y})?.closest('.legend, .panel') === null`;
      expect(await page.evaluate<boolean>(over)).toBe(true);
    }
    await page.locator('.map-canvas').tap({ position: { x: 180, y: 30 } });
    await expect.poll(() => page.evaluate("document.querySelector('.legend').open")).toBe(false);
  });
});

describe('a place that is known by its street alone', PATIENT, () => {
  /** What of the panel's list is cut off, or lies beyond its edge. */
  const CUT = `(() => {
    const panel = document.querySelector('.panel');
    const edge = panel.getBoundingClientRect().left + panel.clientWidth;
    return [...panel.querySelectorAll('.offers th, .offers td')]
      .filter((cell) => cell.scrollWidth > cell.clientWidth + 1 || cell.getBoundingClientRect().right > edge)
      .map((cell) => cell.textContent);
  })()`;

  it.each([
    ['a desk and a tablet', { viewport: { width: 1280, height: 800 } }],
    ['a phone', PHONE],
  ])('has its whole circle on the map, and its uncertain offers whole in the panel, on %s', async (_, options) => {
    const address = 'Avenida Santos Dumont';
    type Found = { viability: { location: { lat: number; lng: number; accuracyM: number } } };
    const { data } = await stage.subgraph.query<Found, object>(
      'query ($input: ViabilityInput!) { viability(input: $input) { location { lat lng accuracyM } } }',
      { input: { address } },
    );
    const { lat = 0, lng = 0, accuracyM = 0 } = data?.viability.location ?? {};
    expect(accuracyM).toBeGreaterThan(400);
    const page = await stage.enter(`?address=${encodeURIComponent(address)}`, { ...options, map: true });
    await page.getByText('conforme a posição').first().waitFor();
    await page.locator('.map-canvas[data-idle]').waitFor();
    const [north, east] = [accuracyM / 111_195, accuracyM / 104_840];
    const edge = [
      { lat: lat + north, lng },
      { lat: lat - north, lng },
      { lat, lng: lng + east },
      { lat, lng: lng - east },
    ];
    const onMap = async () => {
      const spots = await Promise.all(edge.map((place) => pixelOf(page, place)));
      const seen = spots.map(({ x, y }) => `document.elementFromPoint(${x}, ${y})?.closest('.map') != null`);
      return page.evaluate(`[${seen.join()}]`);
    };
    await expect.poll(onMap).toEqual([true, true, true, true]);
    for (const width of options === PHONE ? [360] : [1280, 768]) {
      await page.setViewportSize({ width, height: 740 });
      expect(await page.evaluate(CUT)).toEqual([]);
    }
  });
});

describe('a box that is not deployed yet', PATIENT, () => {
  it('looks unlike those that are: an outline, and a word of warning beside it and where it is confirmed', async () => {
    const { id, lat, lng, name } = shown(stage.plant, 'freeBox');
    const implant = (implanted: boolean) =>
      stage.subgraph.emulator.api(`boxes/${id}`, { method: 'PATCH', body: { implanted, certified: implanted } });
    const look = async (page: Page) => {
      await button(page, name).waitFor();
      const row = page.getByRole('row').filter({ has: button(page, name) });
      const mark = `tr[data-box="${id}"] .box-mark`;
      const fill = await page.evaluate<string>(`getComputedStyle(document.querySelector('${mark}')).fill`);
      return { fill, warned: await row.locator('.tag.warn').allTextContents() };
    };
    const deployed = await look(await stage.enter(`?lat=${lat}&lng=${lng}`, PHONE));
    await implant(false);
    try {
      const page = await stage.enter(`?lat=${lat}&lng=${lng}`, PHONE);
      const planned = await look(page);
      expect(planned.warned).toEqual(['Não implantada']);
      expect(deployed.warned).toEqual([]);
      expect(planned.fill).not.toBe(deployed.fill);
      expect(await violations(page)).toEqual([]);
      await button(page, name).tap();
      await page.locator('.facts .tag.warn').getByText('Não implantada').waitFor();
    } finally {
      await implant(true);
    }
  });
});
