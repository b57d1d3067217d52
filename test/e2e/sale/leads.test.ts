import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/accessible.js';
import { PATIENT, PHONE, type Stage, startStage } from '../support/open-page.js';
import { shown } from '../support/plant.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({}, { map: false });
});
afterAll(() => stage?.stop());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const leadsNamed = async (name: string) =>
  (await stage.subgraph.emulator.all<{ id: string; name: string }>('prospects')).filter((lead) => lead.name === name);

/** Nothing is on offer some metres from a place where nothing is. */
async function notViable(eastM = 0, options = {}): Promise<Page> {
  const { lat, lng } = shown(stage.plant, 'notViable');
  const page = await stage.enter(`?lat=${lat}&lng=${lng + eastM / 104_840}`, options);
  await page.getByText('Sem viabilidade neste ponto').waitFor();
  return page;
}

async function leave(page: Page, { name = '', phone = '' }): Promise<void> {
  await button(page, 'Criar prospecto').click();
  await page.getByLabel('Nome do cliente').fill(name);
  await page.getByLabel('Telefone').fill(phone);
  await button(page, 'Criar prospecto').click();
}
const created = (page: Page) => page.getByRole('heading', { name: 'Prospecto criado' }).waitFor();

describe('a lead that is there already', PATIENT, () => {
  it('is told by its phone, under another name and written otherwise, and a second one is made only if wished', async () => {
    const first = await notViable();
    await leave(first, { name: 'Sítio da Serra', phone: '(31) 99876-5432' });
    await created(first);
    const log = first.getByRole('link', { name: 'Ver no registro de operações' });
    expect(await log.getAttribute('href')).toMatch(/^logs\?operation=\S+$/);
    const [kept] = await leadsNamed('Sítio da Serra');

    const page = await notViable(40, PHONE);
    await leave(page, { name: 'Dona Zilda', phone: '+55 31 998765432' });
    const told = page.getByRole('alert').filter({ hasText: 'Já há um prospecto aqui com este telefone.' });
    await told.waitFor();
    expect(await told.textContent()).toContain(kept?.id);
    expect(
      await page.evaluate(
        "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.notice'))",
      ),
    ).toBe(0);
    // Whose it is, is nobody's business who did not write it.
    expect(await page.locator('main').textContent()).not.toContain('Sítio da Serra');
    expect(await leadsNamed('Dona Zilda')).toEqual([]);
    expect(await violations(page)).toEqual([]);
    // Asked again in a hurry, by the same tap or by Enter.
    expect(await button(page, 'Criar prospecto').isDisabled()).toBe(true);
    await page.getByLabel('Telefone').press('Enter');
    expect(await leadsNamed('Dona Zilda')).toEqual([]);

    await button(page, 'Criar mesmo assim').click();
    await created(page);
    expect(await leadsNamed('Dona Zilda')).toHaveLength(1);
  });

  it('is no longer spoken of once the phone is corrected', async () => {
    const first = await notViable(250);
    await leave(first, { phone: '31 91111-2222' });
    await created(first);
    const page = await notViable(250);
    await leave(page, { name: 'Bar do Porto', phone: '31911112222' });
    await button(page, 'Criar mesmo assim').waitFor();
    await page.getByLabel('Telefone').fill('31 91111-2223');
    await button(page, 'Criar prospecto').click();
    await created(page);
    expect(await leadsNamed('Bar do Porto')).toHaveLength(1);
  });
});

describe('a place without viability', PATIENT, () => {
  it('tells the search radius, and that a name or a phone is enough', async () => {
    const page = await notViable(0, PHONE);
    await page.getByText(/^Raio de busca: \d+\sm\.$/).waitFor();
    await button(page, 'Criar prospecto').click();
    const hint = page.getByText('Basta o nome ou o telefone.');
    await hint.waitFor();
    for (const field of ['Nome do cliente', 'Telefone'])
      expect(await page.getByLabel(field).getAttribute('aria-describedby')).toBe(await hint.getAttribute('id'));
    expect(await violations(page)).toEqual([]);
  });

  it('says that the network is in project where only such boxes stand, how far, and how far is the next that is more', async () => {
    type Box = { name: string; lat: number; lng: number; draft: boolean };
    const boxes = await stage.subgraph.emulator.all<Box>('boxes');
    const metres = (a: Box, b: Box) => Math.hypot((a.lat - b.lat) * 111_195, (a.lng - b.lng) * 104_840);
    const alone = boxes.find((one) => one.draft && boxes.every((other) => other.draft || metres(one, other) > 300));
    if (!alone) throw new Error('this town has no street in project');
    const page = await stage.enter(`?lat=${alone.lat + 0.0002}&lng=${alone.lng}`, PHONE);
    await page.getByText('Aqui a rede ainda está em projeto').waitFor();
    await page
      .getByText(`A caixa mais próxima, ${alone.name}, fica a 22 m, mas em projeto: ainda não vende.`)
      .waitFor();
    await page.getByText(/^A mais próxima fora de projeto, .+, fica a \d+\sm\.$/).waitFor();
    expect(await page.getByText('Nenhuma caixa dentro do raio').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await button(page, 'Criar prospecto').waitFor();
  });

  it.each([
    ['shared by what the device shares with', '{ value: async ({ text }) => { window.given = text; } }', null],
    ['copied', '{ value: undefined }', '{ value: { writeText: async (text) => { window.given = text; } } }'],
    ['selected by hand where nothing else is allowed', '{ value: undefined }', '{ value: undefined }'],
  ])('is %s for the engineers: where, how far from which box, and why', async (how, share, clipboard) => {
    const { lat, lng } = shown(stage.plant, 'notViable');
    const page = await stage.open(`?lat=${lat}&lng=${lng}`, PHONE);
    await page.evaluate(
      how.startsWith('shared')
        ? `Object.defineProperty(navigator, 'share', ${share})`
        : `delete Navigator.prototype.share; Object.defineProperty(navigator, 'clipboard', ${clipboard})`,
    );
    await button(page, 'Usar a demonstração').click();
    await page.getByRole('button', { name: /para a engenharia$|^Avisar a engenharia$/ }).click();
    const byHand = page.getByLabel('Aviso para a engenharia');
    const given = how.startsWith('selected') ? await byHand.inputValue() : await page.evaluate<string>('window.given');
    const whatsApp = await page.getByRole('link', { name: 'WhatsApp' }).getAttribute('href');
    expect(new URL(whatsApp ?? '').searchParams.get('text')).toBe(given);
    for (const part of [
      /^Sem viabilidade: /,
      new RegExp(`${lat.toFixed(6)}, ${lng.toFixed(6)}`),
      /https:\/\/www\.google\.com\/maps/,
      /A caixa mais próxima, .+, fica a/,
      /Nenhuma caixa dentro do raio de busca/,
      /Raio de busca: \d+/,
    ])
      expect(given).toMatch(part);
    expect(await violations(page)).toEqual([]);
  });
});

describe('a move of a contract that OZmap does not know', PATIENT, () => {
  const MISSING = /O contrato .+ não foi encontrado no OZmap\. Confira o código no CNT\./;
  const enter = (code = 'NUNCA-HOUVE') => {
    const { lat, lng } = shown(stage.plant, 'freeBox');
    return stage.enter(`?integration_code=${code}&lat=${lat}&lng=${lng}`, PHONE);
  };

  it('says so before anything can be chosen, and goes on with the right code', async () => {
    const page = await enter();
    await page.getByRole('alert').filter({ hasText: MISSING }).waitFor();
    await button(page, 'Usar este código').waitFor();
    expect(await page.getByRole('table').isVisible()).toBe(false);
    expect(await page.getByRole('search').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    const code = shown(stage.plant, 'activeHome').clientCode ?? '';
    await page.getByLabel('Código do contrato').fill(code);
    await button(page, 'Usar este código').tap();
    await page.getByText(`Mudando o contrato ${code}`).waitFor();
    expect(await page.getByRole('table').isVisible()).toBe(true);
    // Loaded anew it is still that contract.
    expect(new URL(page.url()).searchParams.get('integration_code')).toBe(code);
  });

  it('becomes the sale to a new client', async () => {
    const page = await enter('NOVO-1&contract=VELHO-1');
    await button(page, 'Vender como cliente novo').tap();
    await button(page, shown(stage.plant, 'freeBox').name).tap();
    await page.getByRole('heading', { name: 'Confirmar reserva' }).waitFor();
    expect(await page.getByLabel('Código do contrato').inputValue()).toBe('NOVO-1');
    // Loaded anew it stays that sale.
    const codes = ['integration_code', 'contract', 'cod_cli'].map((name) => new URL(page.url()).searchParams.get(name));
    expect(codes).toEqual([null, null, 'NOVO-1']);
    await button(page, 'Confirmar reserva').tap();
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
  });

  it('says by a link, which can sell nothing else, what to do instead, and sells once a link for that has come', async () => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const sale = { contractCode: 'LINK-NUNCA', relocate: true, location: { lat, lng } };
    const page = await stage.open(await stage.link(sale), PHONE);
    await page.getByRole('alert').filter({ hasText: MISSING }).waitFor();
    await page.getByText('este link só serve para mudança').waitFor();
    expect(await page.getByRole('table').isVisible()).toBe(false);
    expect(await button(page, 'Vender como cliente novo').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    // As it was said: back in CNT the map is opened from the sale, maybe in the same tab or frame.
    await page.goto(await stage.link({ ...sale, relocate: false }));
    await button(page, name).tap();
    await page.getByRole('heading', { name: 'Confirmar reserva' }).waitFor();
  });

  it('is nothing to the sale whose link comes before it is known', async () => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const sale = { contractCode: 'LINK-TARDE', location: { lat, lng } };
    const [toMove, toSell] = [await stage.link({ ...sale, relocate: true }), await stage.link(sale)];
    const page = await stage.open();
    let answer = () => {};
    const released = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const isAboutClient = (request: Request) => /query OzlocClient\b/.test(request.postData() ?? '');
    await page.route('**/graphql', async (route) => {
      if (isAboutClient(route.request())) await released;
      await route.continue();
    });
    await page.goto(toMove);
    await page.getByText('Mudando o contrato LINK-TARDE').waitFor();
    await page.goto(toSell);
    await button(page, name).waitFor();
    const late = page.waitForResponse((response) => isAboutClient(response.request()));
    answer();
    await (await late).finished();
    await page.waitForTimeout(200);
    await button(page, name).click();
    await page.getByRole('heading', { name: 'Confirmar reserva' }).waitFor();
  });

  it('promises nothing where a box was chosen before the answer came', async () => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const page = await stage.open(`?integration_code=NUNCA-HOUVE&lat=${lat}&lng=${lng}`, PHONE);
    let answer = () => {};
    const late = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('OzlocClient')) await late;
      await route.continue();
    });
    await button(page, 'Usar a demonstração').tap();
    await button(page, name).tap();
    await page.getByRole('heading', { name: 'Confirmar mudança' }).waitFor();
    answer();
    await page.getByRole('alert').filter({ hasText: MISSING }).waitFor();
    expect(await button(page, 'Confirmar mudança').getAttribute('aria-disabled')).toBe('true');
  });
});
