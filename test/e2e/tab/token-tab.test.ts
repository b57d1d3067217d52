import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/accessible.js';
import { homesOf } from '../support/home.js';
import { viewOf } from '../support/map.js';
import { PATIENT, type Stage, startStage, WITH_MAP } from '../support/open-page.js';
import { shown } from '../support/plant.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({}, { map: false });
});
afterAll(() => stage?.stop());

const TYPED = /Padaria do Zé|portão azul/;
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const address = (page: Page) => page.getByRole('textbox', { name: /^Endereço \(/ });
const heading = (page: Page, name: string) => page.getByRole('heading', { name });
const list = (page: Page) => page.getByRole('table').waitFor();
/** What the tab keeps, as text. */
const kept = (page: Page) => page.evaluate<string>('JSON.stringify({ ...sessionStorage })');

async function give(page: Page, token: string) {
  await page.getByLabel('Token da integração').fill(token);
  await page.getByRole('button', { name: 'Entrar' }).click();
}

/** The page by token, at the form of the box that has ports enough. */
async function atForm(query = ''): Promise<Page> {
  const { lat, lng, name } = shown(stage.plant, 'roomyBox');
  const page = await stage.open(`?lat=${lat}&lng=${lng}${query}`);
  await give(page, 'demo');
  await page.getByRole('button', { name, exact: true }).click();
  return page;
}

describe('a sale by token, when the page is loaded anew', PATIENT, () => {
  it('has the map where it was left, once the token is given again, until the sale goes on', async () => {
    const { lat, lng, name } = shown(stage.plant, 'roomyBox');
    const page = await stage.enter(`?lat=${lat}&lng=${lng}`, WITH_MAP);
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('button', { name: 'Aproximar' }).click();
    await page.locator('.map-canvas[data-idle]').waitFor();
    const left = await viewOf(page);
    await page.reload();
    await page.getByRole('button', { name: 'Usar a demonstração' }).click();
    await field(page, 'Código do contrato').waitFor();
    await page.locator('.map-canvas[data-idle]').waitFor();
    const back = await viewOf(page);
    for (const what of ['lat', 'lng', 'zoom'] as const) expect(back[what]).toBeCloseTo(left[what], 9);
    // And follows the sale from there on.
    await page.goBack();
    await page.getByLabel('Endereço ou coordenadas do cliente').fill(`${lat + 0.01}, ${lng}`);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await viewOf(page)).lat, PATIENT).toBeGreaterThan(lat + 0.005);
  });

  it('goes on where it stood once the token is given again, sells what was typed, shows it sold after F5, and leaves nothing in the tab', async () => {
    const page = await atForm();
    await field(page, 'Código do contrato').fill('TOKEN-1');
    await page.getByLabel('Nome do cliente').fill('Padaria do Zé');
    await page.getByLabel('Observação').fill('portão azul');
    await page.reload();
    await page.getByText('esta aba volta para onde estava').waitFor();
    expect(await page.locator('body').textContent()).not.toMatch(TYPED);
    expect(await kept(page)).toMatch(TYPED);
    expect(await kept(page)).not.toContain('"demo');
    expect(await violations(page)).toEqual([]);
    await give(page, 'errado');
    await page.getByText('O token não foi aceito').waitFor();
    await page.reload();
    await give(page, 'demo');
    expect(await field(page, 'Código do contrato').inputValue()).toBe('TOKEN-1');
    expect(await page.getByLabel('Observação').inputValue()).toBe('portão azul');
    await page.goBack();
    await list(page);
    await page.goForward();
    await page.getByRole('button', { name: 'Confirmar reserva' }).click();
    await heading(page, 'Porta reservada').waitFor();
    expect(await homesOf(stage, 'TOKEN-1')).toMatchObject([
      { client: { name: 'Padaria do Zé', observation: 'portão azul' } },
    ]);
    await page.reload();
    await page.getByText('esta aba volta para onde estava').waitFor();
    expect(await page.locator('body').textContent()).not.toMatch(TYPED);
    // The receipt alone: nothing of what was typed but what it says, and no key to send it by.
    const { state, keys } = JSON.parse(JSON.parse(await kept(page))['ozloc.token-sale']);
    expect([state.form.name, state.form.observation, keys]).toEqual(['', '', []]);
    const asked: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && asked.push(request.url()));
    await give(page, 'demo');
    await heading(page, 'Porta reservada').waitFor();
    expect(asked).toEqual([]);
    expect(await homesOf(stage, 'TOKEN-1')).toHaveLength(1);
    await page.goBack();
    await page.getByRole('search').waitFor();
    await expect.poll(() => kept(page), PATIENT).not.toMatch(TYPED);
    await page.goForward();
    await expect.poll(() => page.evaluate('history.state.ozloc.depth')).toBe(0);
    expect(await page.locator('body').textContent()).not.toMatch(TYPED);
  });

  it('goes on with a move and its way back to the list, and shows another token nothing of it', async () => {
    const code = shown(stage.plant, 'activeHome').clientCode ?? '';
    const page = await atForm(`&integration_code=${encodeURIComponent(code)}`);
    await address(page).fill('Rua da Mudança, 7');
    await page.getByLabel('Manter o imóvel antigo no mapa').uncheck();
    await page.reload();
    await give(page, 'demo');
    await heading(page, 'Confirmar mudança').waitFor();
    expect(await address(page).inputValue()).toBe('Rua da Mudança, 7');
    expect(await page.getByLabel('Manter o imóvel antigo no mapa').isChecked()).toBe(false);
    await page.goBack();
    await list(page);
    await page.reload();
    await give(page, 'demo');
    await list(page);
    await page.getByRole('button', { name: shown(stage.plant, 'roomyBox').name, exact: true }).click();
    expect(await address(page).inputValue()).toBe('Rua da Mudança, 7');
    await page.reload();
    await give(page, 'demo-norte');
    await page
      .getByRole('alert')
      .filter({ hasText: `O contrato ${code} não foi encontrado` })
      .waitFor();
    await expect.poll(() => kept(page), PATIENT).not.toContain('Rua da Mudança');
    expect(await heading(page, 'Confirmar mudança').count()).toBe(0);
    await page.reload();
    await give(page, 'demo');
    await list(page);
    await page.getByRole('button', { name: shown(stage.plant, 'roomyBox').name, exact: true }).click();
    expect(await address(page).inputValue()).not.toBe('Rua da Mudança, 7');
  });
});

describe('a sale that a token began', PATIENT, () => {
  it('is not shown at another address of the same tab, goes on when Back leads to it, and ends with a link', async () => {
    const page = await atForm('&cod_cli=TOKEN-2');
    await page.getByLabel('Observação').fill('portão azul');
    const { lat, lng, name } = shown(stage.plant, 'roomyBox');
    await page.goto(`${stage.url}?lat=${lat}&lng=${lng}&cod_cli=TOKEN-3`);
    await page.getByLabel('Token da integração').waitFor();
    expect(await page.getByText('a venda desta aba continua').count()).toBe(0);
    await page.goBack();
    await give(page, 'demo');
    expect(await page.getByLabel('Observação').inputValue()).toBe('portão azul');
    const link = await stage.link({ contractCode: 'TOKEN-4', location: { lat, lng } });
    await page.reload();
    await page.evaluate(`location.hash = ${JSON.stringify(new URL(link).hash)}`);
    await page.getByRole('button', { name, exact: true }).click();
    expect(await page.getByLabel('Observação').inputValue()).toBe('');
    await page.reload();
    expect(await field(page, 'Código do contrato').inputValue()).toBe('TOKEN-4');
    expect(await kept(page)).not.toMatch(TYPED);
  });
});
