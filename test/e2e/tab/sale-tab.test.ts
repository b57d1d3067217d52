import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeLong } from '../../support/long.js';
import { violations } from '../support/accessible.js';
import { drawOver, polesOfDrop, startDrawing, wayToBox } from '../support/drop.js';
import { homesOf, writesSeen } from '../support/home.js';
import { type OpenOptions, PATIENT, type Stage, startStage, WITH_MAP } from '../support/open-page.js';
import { shown } from '../support/plant.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ OZLOC_SALE_RADIUS_M: '300' }, { map: false });
});
afterAll(() => stage?.stop());

const PERSON = { name: 'Padaria do Zé', observation: 'portão azul', phone: '31 98888-0000' };
const TYPED = /Padaria do Zé|portão azul|98888-0000/;

/** At a box that has a port for each of these sales, and for those that are tried once more. */
const place = () => {
  const { lat, lng } = shown(stage.plant, 'roomyBox');
  return { lat, lng };
};
const field = (page: Page, label: string) => page.getByLabel(label);
const confirm = (page: Page) => page.getByRole('button', { name: 'Confirmar reserva' }).click();
const reserved = (page: Page) => page.getByRole('heading', { name: 'Porta reservada' }).waitFor({ timeout: 30_000 });
const gone = (page: Page) => page.getByRole('alert').filter({ hasText: 'não está mais nesta aba' }).waitFor();

/** A ticket's sale with what is typed about the client, not yet confirmed. */
async function halfSold(contractCode: string, options?: OpenOptions): Promise<{ page: Page; link: string }> {
  const link = await stage.link({ contractCode, location: place() });
  const page = await stage.open(link, options);
  await fill(page);
  return { page, link };
}

async function fill(page: Page) {
  await page.getByRole('button', { name: shown(stage.plant, 'roomyBox').name, exact: true }).click();
  await field(page, 'Nome do cliente').fill(PERSON.name);
  await field(page, 'Observação').fill(PERSON.observation);
}

/** What the tab keeps, as text; `{}` for nothing. */
const kept = (page: Page) => page.evaluate<string>('JSON.stringify({ ...sessionStorage })');
/** Neither the bearer nor a command's key, and of what was typed only the code. */
async function keepsReceiptAlone(page: Page, contractCode: string): Promise<void> {
  const form = { contractCode, name: '', address: '', observation: '', phone: '' };
  const sale = async () => JSON.parse(JSON.parse(await kept(page))['ozloc.sale']);
  await expect.poll(sale, PATIENT).toMatchObject({ token: null, keys: [], state: { form, sent: null } });
}

const bearerIn = async (page: Page) => JSON.parse(JSON.parse(await kept(page))['ozloc.sale']).token as string;

async function bearerIsOver(token: string): Promise<boolean> {
  const { errors } = await stage.subgraph.query('{ viability(input: { address: "x" }) { verdict } }', {}, { token });
  return errors[0]?.extensions?.code === 'UNAUTHENTICATED';
}

describe('a sale by link, when the page is loaded anew', PATIENT, () => {
  it('goes on where it stood, and sells what was typed', async () => {
    const { page } = await halfSold('TAB-1');
    await page.reload();
    expect(await field(page, 'Nome do cliente').inputValue()).toBe(PERSON.name);
    expect(await field(page, 'Observação').inputValue()).toBe(PERSON.observation);
    expect(await page.locator('.chip').textContent()).toBe('TAB-1');
    expect(await violations(page)).toEqual([]);
    await page.reload();
    await stage.subgraph.emulator.clearRequests();
    await confirm(page);
    await reserved(page);
    expect(await homesOf(stage, 'TAB-1')).toMatchObject([
      { client: { name: PERSON.name, observation: PERSON.observation } },
    ]);
    const writes = await writesSeen(stage);
    const asked: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && asked.push(request.url()));
    await page.reload();
    await reserved(page);
    expect(await page.getByText(PERSON.name).count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    expect(asked).toEqual([]);
    expect(await writesSeen(stage)).toBe(writes);
  });

  it('keeps its bearer in the session storage of its tab and nowhere else, and the ticket nowhere', async () => {
    const { page, link } = await halfSold('TAB-2');
    await page.reload();
    await field(page, 'Nome do cliente').waitFor();
    const ticket = new URL(link).hash.slice('#t='.length);
    expect(await bearerIn(page)).toMatch(/^ozloc\./);
    const everywhere = await page.evaluate<string>(
      'JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie, history.state, location.href, name])',
    );
    expect(everywhere).not.toContain(ticket);
    expect(await page.evaluate('localStorage.length')).toBe(0);
    expect(await page.context().cookies()).toEqual([]);
    const other = await page.context().newPage();
    await other.goto(stage.url);
    expect(await kept(other)).toBe('{}');
    await other.getByRole('search').waitFor();
    await other.close();
  });
});

describeLong('a sale by link that was further on, when the page is loaded anew', PATIENT, () => {
  it('keeps a drawn drop, and goes on drawing', async () => {
    const { box, client, between } = await wayToBox(stage);
    const page = await stage.open(await stage.link({ contractCode: 'TAB-3', location: client }), WITH_MAP);
    await page.getByRole('table').waitFor();
    await startDrawing(page);
    await drawOver(page, between);
    await page.reload();
    await page.getByRole('heading', { name: 'Desenhar o drop' }).waitFor();
    await page.getByText(`${between.length} poste`).first().waitFor();
    await page.getByRole('button', { name: `Terminar em ${box.name}` }).click();
    await page.getByText(`Drop desenhado por ${between.length} poste`).waitFor();
    await page.reload();
    await confirm(page);
    await reserved(page);
    const [home] = await homesOf(stage, 'TAB-3');
    expect(await polesOfDrop(stage, home?.drop)).toEqual(between.map(({ id }) => id).reverse());
  });

  it('follows a reservation that was under way, and reserves once', async () => {
    const { page } = await halfSold('TAB-4');
    await stage.subgraph.emulator.clearRequests();
    let cut = false;
    await page.route('**/graphql', async (route) => {
      if (cut || !route.request().postData()?.includes('OzlocReservePort')) return route.continue();
      cut = true;
      // Carried out, and its answer never comes: the page is loaded anew before.
      await route.fetch();
    });
    await confirm(page);
    await expect.poll(() => homesOf(stage, 'TAB-4').then(({ length }) => length), PATIENT).toBe(1);
    await page.reload();
    await reserved(page);
    expect(await writesSeen(stage)).toBe(1);
    await keepsReceiptAlone(page, 'TAB-4');
  });

  it('is there again after Back and Forward', async () => {
    const { page } = await halfSold('TAB-5');
    await page.goto('about:blank');
    await page.goBack();
    expect(await field(page, 'Observação').inputValue()).toBe(PERSON.observation);
    await page.goBack();
    await page.getByRole('table').waitFor();
    await page.goForward();
    expect(await field(page, 'Observação').inputValue()).toBe(PERSON.observation);
  });
});

describe('a link that was used', PATIENT, () => {
  it('opens nothing a second time, and offers the sale that its tab has', async () => {
    const { page, link } = await halfSold('TAB-6');
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByRole('alert').filter({ hasText: 'já foi usado ou venceu' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Continuar a venda TAB-6' }).click();
    expect(await field(page, 'Nome do cliente').inputValue()).toBe(PERSON.name);
    await confirm(page);
    await reserved(page);
  });

  it('offers nothing in another tab', async () => {
    const { page, link } = await halfSold('TAB-7');
    const other = await page.context().newPage();
    await other.goto(link);
    await other.getByRole('alert').filter({ hasText: 'já foi usado ou venceu' }).waitFor();
    expect(await other.getByText('Volte ao CNT').count()).toBe(1);
    expect(await other.getByRole('button').allTextContents()).not.toContainEqual(expect.stringContaining('Continuar'));
    await other.reload();
    await gone(other);
    await other.close();
  });
});

describeLong('where the browser refuses storage', PATIENT, () => {
  it('sells from memory, and sends the seller back to CNT once the page was loaded anew', async () => {
    const page = await stage.open('', { serviceWorkers: 'block' });
    await page.addInitScript(
      "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('refused', 'SecurityError'); } })",
    );
    await page.goto('about:blank');
    await page.goto(await stage.link({ contractCode: 'TAB-8', location: place() }));
    await fill(page);
    await page.reload();
    await gone(page);
    expect(await page.getByText('Volte ao CNT').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Novo link do CNT').fill(await stage.link({ contractCode: 'TAB-8', location: place() }));
    await page.getByRole('button', { name: 'Abrir o novo link' }).click();
    await fill(page);
    await confirm(page);
    await reserved(page);
  });
});

describeLong('the end of a sale by link', PATIENT, () => {
  it('keeps the receipt alone, also after F5 and with its sketch, ends the bearer, and lets go of it with the tab or in time', async () => {
    const { page } = await halfSold('TAB-9', WITH_MAP);
    await expect.poll(() => kept(page), PATIENT).toMatch(TYPED);
    const token = await bearerIn(page);
    const endsAt = async () => JSON.parse(JSON.parse(await kept(page))['ozloc.sale']).endsAt;
    const linkEndsAt = await endsAt();
    await confirm(page);
    await reserved(page);
    await keepsReceiptAlone(page, 'TAB-9');
    expect(await endsAt()).toBeGreaterThan(linkEndsAt);
    await expect.poll(() => bearerIsOver(token), PATIENT).toBe(true);
    await page.reload();
    await reserved(page);
    expect(await violations(page)).toEqual([]);
    const download = page.waitForEvent('download', { timeout: 40_000 });
    await page.getByRole('button', { name: 'Baixar PNG' }).click();
    await download;
    // As 90 minutes later.
    await page.evaluate(
      "sessionStorage.setItem('ozloc.sale', sessionStorage.getItem('ozloc.sale').replace(/\"endsAt\":\\d+/, '\"endsAt\":1'))",
    );
    await page.reload();
    await gone(page);
    expect(await kept(page)).toBe('{}');
    expect(await page.locator('body').textContent()).not.toMatch(TYPED);
  });

  it('comes with a lead too', async () => {
    const { lat, lng } = shown(stage.plant, 'notViable');
    const page = await stage.open(await stage.link({ contractCode: 'TAB-10', location: { lat, lng } }));
    await page.getByRole('button', { name: 'Criar prospecto' }).click();
    await field(page, 'Nome do cliente').fill(PERSON.name);
    await field(page, 'Telefone').fill(PERSON.phone);
    await page.reload();
    expect(await field(page, 'Telefone').inputValue()).toBe(PERSON.phone);
    await page.getByRole('button', { name: 'Criar prospecto' }).click();
    await page.getByRole('heading', { name: 'Prospecto criado' }).waitFor();
    await keepsReceiptAlone(page, 'TAB-10');
    await page.reload();
    await page.getByRole('heading', { name: 'Prospecto criado' }).waitFor();
  });

  it('comes when its time is over, in the storage at once and in memory with the page', async () => {
    const page = await stage.open();
    await page.clock.install();
    await page.goto('about:blank');
    await page.goto(await stage.link({ contractCode: 'TAB-11', location: place(), expiresInMs: 300_000 }));
    await fill(page);
    await page.reload();
    await field(page, 'Observação').waitFor();
    await page.clock.fastForward(300_000);
    await page.getByRole('alert').filter({ hasText: 'O acesso a esta venda acabou' }).waitFor();
    expect(await kept(page)).toBe('{}');
    expect(await field(page, 'Observação').inputValue()).toBe(PERSON.observation);
    await page.reload();
    await gone(page);
  });

  it('comes when the owner revokes its link', async () => {
    const { page } = await halfSold('TAB-12');
    const { data } = await stage.subgraph.query(
      'mutation { revokeOzlocLinks(input: { contractCode: "TAB-12" }) { revoked } }',
    );
    expect(data).toEqual({ revokeOzlocLinks: { revoked: 1 } });
    await confirm(page);
    await page.getByRole('alert').filter({ hasText: 'Volte ao CNT' }).waitFor();
    expect(await homesOf(stage, 'TAB-12')).toEqual([]);
    expect(await kept(page)).toBe('{}');
  });
});

describeLong('a seller whose sale ended while he looked around', PATIENT, () => {
  it('is told once what to do, above what he had', async () => {
    const { lat, lng } = place();
    const page = await stage.open(await stage.link({ contractCode: 'TAB-14', location: { lat, lng } }));
    await page.getByRole('table').waitFor();
    await stage.subgraph.query('mutation { revokeOzlocLinks(input: { contractCode: "TAB-14" }) { revoked } }');
    const search = page.getByLabel('Endereço ou coordenadas do cliente');
    await search.fill(`${lat}, ${lng}`);
    await search.press('Enter');
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByRole('alert').allTextContents()).toEqual([expect.stringContaining('Volte ao CNT')]);
    expect(await violations(page)).toEqual([]);
  });
});

describeLong('the place of a sale by link', PATIENT, () => {
  it('is told to a seller who looks elsewhere, and the sale goes on', async () => {
    const { lat, lng } = place();
    const page = await stage.open(await stage.link({ contractCode: 'TAB-13', location: { lat, lng } }));
    await page.getByRole('table').waitFor();
    const search = page.getByLabel('Endereço ou coordenadas do cliente');
    await search.fill(`${lat + 0.01}, ${lng}`);
    await search.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'do lugar desta venda' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await search.fill(`${lat}, ${lng}`);
    await search.press('Enter');
    await page.getByRole('table').waitFor();
  });
});
