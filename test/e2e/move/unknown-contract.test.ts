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
