import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/accessible.js';
import { drawOver, polesOfDrop, startDrawing, wayToBox } from '../support/drop.js';
import { homesOf } from '../support/home.js';
import { clickAt } from '../support/map.js';
import { PATIENT, type Stage, startStage, WITH_MAP } from '../support/open-page.js';
import { shown } from '../support/plant.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({}, { map: false });
});
afterAll(() => stage?.stop());

const search = (page: Page) => page.getByLabel('Endereço ou coordenadas do cliente');
const token = (page: Page) => page.getByLabel('Token da integração');

/** A ticket's sale at the box that sells, the observation typed. Time goes on by itself, and jumps where a test says so. */
async function halfSold(contractCode: string, more: { expiresInMs?: number } = {}): Promise<Page> {
  const { lat, lng, name } = shown(stage.plant, 'freeBox');
  const page = await stage.open();
  await page.clock.install();
  // Past another address: the same one with a ticket would be the same page.
  await page.goto('about:blank');
  await page.goto(await stage.link({ contractCode, location: { lat, lng }, ...more }));
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByLabel('Observação').fill('portão azul');
  return page;
}

const confirm = (page: Page) => page.getByRole('button', { name: 'Confirmar reserva' }).click();

/** From now on the service takes the page's bearer for one whose time is over. */
async function takeNoBearer(page: Page) {
  await page.route('**/graphql', (route) =>
    route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer ozloc.over' } }),
  );
}

async function goOnBy(page: Page, link: string) {
  await page.getByLabel('Novo link do CNT').fill(link);
  await page.getByRole('button', { name: 'Abrir o novo link' }).click();
}

describe('a page without a ticket', PATIENT, () => {
  it('shows the search box first, asks for the token at the first search, and goes on with it', async () => {
    const { lat, lng } = shown(stage.plant, 'freeBox');
    const page = await stage.open();
    await search(page).fill(`${lat}, ${lng}`);
    expect(await token(page).count()).toBe(0);
    await search(page).press('Enter');
    await token(page).fill('errado');
    expect(await violations(page)).toEqual([]);
    await token(page).press('Enter');
    await page.getByText('O token não foi aceito').waitFor();
    expect(await violations(page)).toEqual([]);
    await token(page).fill('demo');
    await token(page).press('Enter');
    await page.getByRole('table').waitFor();
    expect(await search(page).evaluate('document.activeElement.id')).toBe('search');
  });

  it('asks for the token at once when its address says where', async () => {
    const page = await stage.open('?address=Avenida%20Amazonas%2C%20310');
    await token(page).waitFor();
    expect(await search(page).inputValue()).toBe('Avenida Amazonas, 310');
  });

  it('takes a click on the map before it has a token, and asks there once it has one', async () => {
    const page = await stage.open('', WITH_MAP);
    await page.locator('.map-canvas[data-view]').click({ position: { x: 300, y: 300 } });
    await token(page).fill('demo');
    await token(page).press('Enter');
    await page.getByText('Ponto exato').waitFor();
    await page.locator('.notice').first().waitFor();
  });

  it('refuses an API key in the address, hides it, and says what to use', async () => {
    const page = await stage.open('?address=Rua%20A&authorization=segredo');
    const alert = page.getByRole('alert').filter({ hasText: 'chave de API' });
    await alert.waitFor();
    expect(await alert.textContent()).toContain('createOzlocLink');
    expect(await violations(page)).toEqual([]);
    expect(page.url()).not.toContain('segredo');
    expect(page.url()).toContain('address=Rua');
    await token(page).waitFor();
  });
});

describe('a page with a ticket', PATIENT, () => {
  it('opens one sale, takes the ticket out of the address, and sells', async () => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const page = await stage.open(await stage.link({ contractCode: 'T-1', name: 'Padaria', location: { lat, lng } }));
    await page.getByRole('button', { name, exact: true }).click();
    expect(new URL(page.url()).hash).toBe('');
    const code = page.getByLabel('Código do contrato');
    expect(await code.inputValue()).toBe('T-1');
    expect(await code.getAttribute('readonly')).not.toBeNull();
    await confirm(page);
    await page.getByText('Já pode fechar esta página.').waitFor();
    expect(await homesOf(stage, 'T-1')).toMatchObject([{ client: { name: 'Padaria' } }]);
  });

  it.each([
    ['was used already', () => stage.link({ contractCode: 'T-2' }), true],
    ['is too old', () => stage.oldLink('T-2'), false],
  ])('says what to do when it %s', async (_, makeLink, useFirst) => {
    const link = await makeLink();
    if (useFirst) await (await stage.open(link)).getByRole('search').waitFor();
    const page = await stage.open(link);
    await page.getByRole('alert').filter({ hasText: 'já foi usado ou venceu' }).waitFor();
    expect(await page.getByText('Volte ao CNT').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    await goOnBy(page, link);
    await page.getByText('Este link não serve').waitFor();
    await goOnBy(page, await stage.link({ contractCode: 'T-2' }));
    await search(page).waitFor();
  });

  it('keeps what was typed when the time of the sale is over, and goes on by another link', async () => {
    const page = await halfSold('T-3', { expiresInMs: 300_000 });
    await page.clock.fastForward(300_000);
    await page.getByRole('alert').filter({ hasText: 'O acesso a esta venda acabou' }).waitFor();
    expect(await page.getByLabel('Observação').inputValue()).toBe('portão azul');
    expect(await violations(page)).toEqual([]);
    await goOnBy(page, await stage.link({ contractCode: 'T-3' }));
    await confirm(page);
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    expect(await homesOf(stage, 'T-3')).toMatchObject([{ client: { observation: 'portão azul' } }]);
  });

  it('keeps what was typed when the service takes its bearer no more, and has sold nothing', async () => {
    const page = await halfSold('T-4');
    await takeNoBearer(page);
    await confirm(page);
    await page.getByRole('alert').filter({ hasText: 'O acesso a esta venda acabou' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(1);
    expect(await homesOf(stage, 'T-4')).toEqual([]);
    await page.unroute('**/graphql');
    await goOnBy(page, await stage.link({ contractCode: 'T-4' }));
    await confirm(page);
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    expect(await homesOf(stage, 'T-4')).toMatchObject([{ client: { observation: 'portão azul' } }]);
  });

  it('keeps what was drawn when the time of the sale is over, and sells it so by another link', async () => {
    const { box, client, between } = await wayToBox(stage);
    const page = await stage.open(await stage.link({ contractCode: 'T-7', location: client }), WITH_MAP);
    await page.getByRole('table').waitFor();
    await startDrawing(page);
    await drawOver(page, between);
    await clickAt(page, box);
    const drawn = page.getByText(`Drop desenhado por ${between.length} postes`);
    await drawn.waitFor();
    await takeNoBearer(page);
    await confirm(page);
    await page.getByRole('alert').filter({ hasText: 'O acesso a esta venda acabou' }).waitFor();
    expect(await drawn.count()).toBe(1);
    await page.unroute('**/graphql');
    await goOnBy(page, await stage.link({ contractCode: 'T-7', location: client }));
    await confirm(page);
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    const [home] = await homesOf(stage, 'T-7');
    expect(await polesOfDrop(stage, home?.drop)).toEqual(between.map(({ id }) => id).reverse());
  });

  it('begins anew when a tab that sells by token is given a link: nothing of the other customer goes on, and no log is offered', async () => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const code = shown(stage.plant, 'activeHome').clientCode ?? '';
    const page = await stage.enter(`?lat=${lat}&lng=${lng}`);
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByLabel('Observação').fill('de outro cliente');
    const home = { lat: lat - 0.0002, lng };
    const link = await stage.link({ contractCode: code, location: home, relocate: true });
    await page.evaluate(`location.hash = ${JSON.stringify(new URL(link).hash)}`);
    await page.getByText(`Mudando o contrato ${code}`).waitFor();
    await page.getByText(`${home.lat.toFixed(6)}, ${lng.toFixed(6)}`).waitFor();
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('heading', { name: 'Confirmar mudança' }).waitFor();
    expect(await page.getByRole('link', { name: 'Ver no registro de operações' }).count()).toBe(0);
    const sale = await stage.link({ contractCode: 'T-ANEW', location: home });
    await page.evaluate(`location.hash = ${JSON.stringify(new URL(sale).hash)}`);
    await page.locator('.chip', { hasText: 'T-ANEW' }).waitFor();
    await page.getByRole('button', { name, exact: true }).click();
    expect(await page.getByLabel('Observação').inputValue()).toBe('');
  });

  it('begins another sale when the same page is given the ticket of another contract', async () => {
    const page = await halfSold('T-5');
    const other = await stage.link({ contractCode: 'T-6', name: 'Açougue' });
    await page.evaluate(`location.hash = ${JSON.stringify(new URL(other).hash)}`);
    await page.locator('.chip', { hasText: 'T-6' }).waitFor();
    expect(new URL(page.url()).hash).toBe('');
    expect(await search(page).inputValue()).toBe('');
  });
});
