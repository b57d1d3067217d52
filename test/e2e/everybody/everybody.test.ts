import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeLong, inLong } from '../../support/long.js';
import { COLORS, violations } from '../support/accessible.js';
import { homesOf } from '../support/home.js';
import { type OpenOptions, PATIENT, PHONE, type Stage, startStage } from '../support/open-page.js';
import { shown } from '../support/plant.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.stop());

/** What has nothing to do with the map. */
const WITHOUT_MAP = { map: false };

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
  await page.getByLabel('Código do contrato').fill(`WALK-${Date.now()}`);
  await page.getByRole('button', { name: 'Confirmar reserva' }).click();
  await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
  await tell('done');
}

describe('everybody can use the page', PATIENT, () => {
  it.each([['on a phone', PHONE], ...inLong<[string, OpenOptions]>(['on a desk', {}])])(
    'axe finds nothing in any state of a sale %s, by day and in the dark',
    async (_, options) => {
      const { lat, lng } = shown(stage.plant, 'freeBox');
      const page = await stage.open(`?lat=${lat}&lng=${lng}`, options);
      const found: Record<string, string[]> = {};
      await walk(page, async (state) => {
        found[state] = await violations(page);
        await page.emulateMedia({ colorScheme: 'dark' });
        found[state].push(...(await violations(page, COLORS)));
        await page.emulateMedia({ colorScheme: 'light' });
      });
      expect(found).toEqual({ access: [], list: [], sale: [], draw: [], refused: [], done: [] });
    },
  );
});

describeLong('everybody can use the page', PATIENT, () => {
  it('axe finds nothing before anything was asked', async () => {
    const page = await stage.open('', WITHOUT_MAP);
    await page.getByText('Busque o endereço do cliente').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('axe finds nothing where there is no viability, and a prospect to be made', async () => {
    const { lat, lng } = shown(stage.plant, 'notViable');
    const page = await stage.enter(`?lat=${lat}&lng=${lng}`, WITHOUT_MAP);
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
        const { width, height } = e.getBoundingClientRect(); return e.matches('.button, .input, .field *, summary') ? height < 44 : width < 24 || height < 24; }).map((e) => e.outerHTML.slice(0, 120))`,
    );
    expect(small).toEqual([]);
    await page.getByRole('button', { name: 'Confirmar reserva' }).tap();
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    expect(await homesOf(stage, 'PHONE-1')).toHaveLength(1);
  });

  it('marks the row and the edge of the sheet with lines where the system forces its colours', async () => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const page = await stage.enter(`?lat=${lat}&lng=${lng}`, { ...WITHOUT_MAP, forcedColors: 'active' });
    await page.getByRole('button', { name, exact: true }).hover();
    const lines = ['.offers .hot', '.panel'].map((part) =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('${part}')).outlineStyle`),
    );
    expect(await Promise.all(lines)).toEqual(['solid', 'solid']);
  });

  it('says whose page it is and that it needs JavaScript, on the first screen of a phone without it', async () => {
    const page = await stage.open('', { ...PHONE, javaScriptEnabled: false });
    expect(await page.locator('main').innerText()).toMatch(/^OZloc\s+O OZloc precisa de JavaScript/);
  });

  it('reads the boxes to a blind seller as a table, on a phone too, where they are laid out in two lines each', async () => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const page = await stage.enter(`?lat=${lat}&lng=${lng}`, { ...PHONE, map: false });
    await page.getByRole('button', { name, exact: true }).waitFor();
    const devtools = await page.context().newCDPSession(page);
    // What the browser tells screen readers; `getByRole` goes by the tags alone, whatever the layout takes from them.
    const { nodes } = await devtools.send('Accessibility.getFullAXTree');
    const roles = nodes.filter(({ ignored }) => !ignored).map(({ role }) => role?.value);
    const rows = await page.locator('.offers tr').count();
    const times = (wanted: string) => roles.filter((role) => role === wanted).length;
    expect([times('table'), times('columnheader'), times('row'), times('rowheader')]).toEqual([1, 5, rows, rows - 1]);
  });

  it('speaks English to who asks for it', async () => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const page = await stage.open(`?lang=en&lat=${lat}&lng=${lng}&cod_cli=ENGLISH-1`, WITHOUT_MAP);
    await page.getByRole('button', { name: 'Use the demonstration' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByRole('heading', { name: 'Boxes with a free port' }).waitFor();
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('button', { name: 'Confirm reservation' }).click();
    await page.getByRole('heading', { name: 'Port reserved' }).waitFor();
    expect(await page.getByRole('main').innerText()).not.toMatch(/Caixa|Porta|Contrato|Endereço|Baixar|Nova/);
  });
});

describeLong('the sketch', PATIENT, () => {
  it.each([
    ['without WebGL, on plain ground', 'SKETCH-2', false],
    ['with the streets of its map', 'SKETCH-1', true],
  ] as const)('comes as PDF and as PNG, made in the page %s', async (_, code, map) => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const page = await stage.enter(`?lat=${lat + 0.0002}&lng=${lng}&cod_cli=${code}`, { map });
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('button', { name: 'Confirmar reserva' }).click();
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    expect(await violations(page)).toEqual([]);
    for (const [button, signature] of [
      ['Baixar PDF', '%PDF'],
      ['Baixar PNG', '\x89PNG'],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download', { timeout: 40_000 }),
        page.getByRole('button', { name: button }).click(),
      ]);
      const bytes = readFileSync(await download.path());
      expect(bytes.subarray(0, 4).toString('latin1')).toBe(signature);
      expect(bytes.length).toBeGreaterThan(8_000);
      expect(download.suggestedFilename()).toBe(`croqui-${code}.${button.slice(-3).toLowerCase()}`);
    }
  });
});
