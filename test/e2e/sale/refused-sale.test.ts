import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/accessible.js';
import { atFreeBox } from '../support/free-box.js';
import { homesOf } from '../support/home.js';
import { PATIENT, PHONE, type Stage, startStage } from '../support/open-page.js';
import { shown } from '../support/plant.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({}, { map: false });
});
afterAll(() => stage?.stop());

const choose = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

describe('a sale that OZmap or another seller stops', PATIENT, () => {
  it('keeps what was typed when the code is taken, says so in Portuguese, and offers to move that client here', async () => {
    const { page, name } = await atFreeBox(stage, PHONE);
    const code = shown(stage.plant, 'activeHome').clientCode ?? '';
    const [holder] = await homesOf(stage, code);
    await choose(page, name);
    const confirm = page.getByRole('button', { name: 'Confirmar reserva' });
    const missing = await confirm.boundingBox();
    await page.getByLabel('Código do contrato').fill(code);
    // What it waited for is said no more, and it stays under the thumb.
    expect(await confirm.boundingBox()).toEqual(missing);
    await page.getByLabel('Observação').fill('portão azul');
    await confirm.click();
    const refusal = page.getByRole('alert').filter({ hasText: 'Já existe no OZmap um cliente' });
    await refusal.getByText(holder?.client?.name ?? 'nobody').waitFor();
    expect(await violations(page)).toEqual([]);
    const [field, said] = [await page.getByLabel('Código do contrato').boundingBox(), await refusal.boundingBox()];
    expect(said?.y).toBeGreaterThanOrEqual((field?.y ?? 0) + (field?.height ?? 0));
    const { x = 0, y = 0 } = field ?? {};
    expect(await page.evaluate(`document.elementFromPoint(${x + 9}, ${y + 9})?.tagName`)).toBe('INPUT');
    expect(await confirm.getAttribute('aria-disabled')).toBe('true');
    await page.getByText('Este código já tem cliente: troque-o.').waitFor();
    const log = refusal.getByRole('link', { name: 'Ver no registro de operações' });
    expect(await log.getAttribute('href')).toBe(`logs?contract=${code}`);
    const move = refusal.getByRole('link', { name: 'Mudar este cliente para cá' });
    expect(await move.getAttribute('href')).toMatch(`ozloc?integration_code=${code}&lat=-`);
    expect(await page.getByLabel('Observação').inputValue()).toBe('portão azul');
    await page.getByLabel('Código do contrato').fill(`${code}-2`);
    await refusal.waitFor({ state: 'detached' });
    expect(await confirm.getAttribute('aria-disabled')).toBe('false');
  });

  it('sends whom a link brought back to CNT where its contract is on the map already', async () => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const contractCode = shown(stage.plant, 'activeHome').clientCode ?? '';
    const page = await stage.open(await stage.link({ contractCode, location: { lat, lng } }), PHONE);
    await choose(page, name);
    await page.getByRole('button', { name: 'Confirmar reserva' }).click();
    await page.getByText('Este contrato já tem cliente no mapa: volte ao CNT.').waitFor();
    expect(await page.getByText('troque-o').count()).toBe(0);
  });

  it("says in OZmap's own words what OZmap refused", async () => {
    const { page, name } = await atFreeBox(stage);
    await choose(page, name);
    await page.getByLabel('Código do contrato').fill('E2E-REFUSED');
    const match = { method: 'POST', path: '^/api/v2/properties' };
    await stage.subgraph.emulator.fault({ fault: 'status', status: 422, times: 1, match });
    await page.getByRole('button', { name: 'Confirmar reserva' }).click();
    const refusal = page.locator('.view-foot').getByRole('alert');
    await refusal.waitFor();
    expect(await refusal.textContent()).toBe('O OZmap recusou: Falha simulada 422');
    expect(await homesOf(stage, 'E2E-REFUSED')).toEqual([]);
  });

  it('sells the port that was chosen, and says in words that one was taken meanwhile', async () => {
    const { lat, lng, id: boxId, name } = shown(stage.plant, 'freeBox');
    const page = await stage.open(await stage.link({ contractCode: 'E2E-PORT', location: { lat, lng } }));
    await choose(page, name);
    await page.getByText('Escolher porta automática').click();
    const ports = page.getByLabel('Splitter e porta');
    const free = ports.getByRole('option', { name: /^Porta \d+$/ });
    await free.nth(1).waitFor({ state: 'attached' });
    const wanted = (await free.nth(1).textContent()) ?? '';
    const [, splitterId, port] = /^(\S+) (\d+)$/.exec((await free.nth(1).getAttribute('value')) ?? '') ?? [];
    await ports.selectOption({ label: wanted });
    const other = { contractCode: 'E2E-FASTER', boxId, location: { lat, lng }, splitterId, port: Number(port) };
    const { data } = await stage.subgraph.query<{ reservePort: { problem: null } }, object>(
      'mutation ($input: ReservePortInput!) { reservePort(input: $input) { problem { message } } }',
      { input: other },
    );
    expect(data?.reservePort.problem).toBeNull();

    await page.getByRole('button', { name: 'Confirmar reserva' }).click();
    await page.getByRole('alert').filter({ hasText: 'A porta já está ocupada; escolha outra.' }).waitFor();
    await ports.getByRole('option', { name: `${wanted} (ocupada)` }).waitFor({ state: 'attached' });
    const instead = (await free.first().textContent()) ?? '';
    await ports.selectOption({ label: instead });
    await page.getByRole('button', { name: 'Confirmar reserva' }).click();
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    const [home] = await homesOf(stage, 'E2E-PORT');
    expect(`Porta ${home?.connections[0]?.port}`).toBe(instead);
  });

  it('says which port was lost, refreshes the list and keeps the form', async () => {
    const { lat, lng, id } = shown(stage.plant, 'notImplantedBox');
    const { name } = shown(stage.plant, 'notImplantedBox');
    const page = await stage.enter(`?lat=${lat}&lng=${lng}`);
    await choose(page, name);
    await page.getByLabel('Código do contrato').fill('E2E-LOST');
    // Somebody else sells every port that is left, behind the page's back.
    for (let sold = 0; sold < 64; sold += 1) {
      const body = { address: 'x', box: id, lat, lng, auto_connect: true, client: { code: `OTHER-${sold}` } };
      const done = await stage.subgraph.emulator.api('properties', { method: 'POST', body }).catch(() => null);
      if (done === null) break;
    }
    await page.getByRole('button', { name: 'Confirmar reserva' }).click();
    const refusal = page.getByRole('alert');
    await refusal.first().waitFor();
    expect((await refusal.allTextContents()).join(' ')).toMatch(/caixa|porta/i);
    expect(await page.getByLabel('Código do contrato').inputValue()).toBe('E2E-LOST');
    await page.keyboard.press('Escape');
    await page.locator('[data-stale]').waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
    expect(await homesOf(stage, 'E2E-LOST')).toEqual([]);
  });
});
