import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../support/emulator-control.js';
import { violations } from '../support/accessible.js';
import { homesOf, writesSeen } from '../support/home.js';
import { PATIENT, type Stage, startStage } from '../support/open-page.js';
import { shown } from '../support/plant.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ OUTCOME_SETTLE_S: '3' }, { map: false });
});
afterEach(() => stage.subgraph.emulator.clearFaults());
afterAll(() => stage?.stop());

const CREATE = { method: 'POST', path: '^/api/v2/properties' };
const confirmButton = (page: Page) => page.getByRole('button', { name: 'Confirmar reserva' });

/** Everything filled in, one press away from the sale. */
async function readyToConfirm(contractCode: string): Promise<Page> {
  const { lat, lng, name } = shown(stage.plant, 'freeBox');
  const page = await stage.enter(`?lat=${lat}&lng=${lng}&cod_cli=${contractCode}`);
  await page.getByRole('button', { name, exact: true }).click();
  await confirmButton(page).waitFor();
  await stage.subgraph.emulator.clearRequests();
  return page;
}

const waiting = (page: Page) => page.getByRole('alert').filter({ hasText: 'Ainda sem resposta do OZmap' });
const reserved = (page: Page) => page.getByRole('heading', { name: 'Porta reservada' }).waitFor({ timeout: 30_000 });

describe('a reservation whose answer was lost', PATIENT, () => {
  it.each<[string, string, Fault]>([
    ['at once', 'SURE-1', { fault: 'reset-after' }],
    ['late', 'SURE-2', { fault: 'late', lateMs: 1_500 }],
  ])('waits, and shows box and port when OZmap applied it %s', async (_, code, fault) => {
    const page = await readyToConfirm(code);
    await stage.subgraph.emulator.fault({ ...fault, times: 1, match: CREATE });
    await confirmButton(page).click();
    await waiting(page).waitFor();
    expect(await violations(page)).toEqual([]);
    await reserved(page);
    const homes = await homesOf(stage, code);
    expect(homes).toHaveLength(1);
    expect(await page.locator('.ticket').textContent()).toContain(`Porta${homes[0]?.connections[0]?.port}`);
    expect(await writesSeen(stage)).toBe(1);
  });

  it('waits, says that nothing was reserved when OZmap never applied it, and sells at the next press', async () => {
    const page = await readyToConfirm('LOST-1');
    await page.getByLabel('Observação').fill('portão azul');
    await stage.subgraph.emulator.fault({ fault: 'reset-before', times: 1, match: CREATE });
    await confirmButton(page).click();
    await waiting(page).waitFor();
    const ended = page.getByRole('alert').filter({ hasNotText: 'Ainda sem resposta' });
    await ended.waitFor({ timeout: 30_000 });
    expect(await ended.textContent()).toMatch(/OZmap/);
    expect(await homesOf(stage, 'LOST-1')).toEqual([]);
    expect(await page.getByLabel('Observação').inputValue()).toBe('portão azul');
    await confirmButton(page).click();
    await reserved(page);
    expect(await homesOf(stage, 'LOST-1')).toHaveLength(1);
  });

  it('repeats the same command when the connection to the service broke, and reserves once', async () => {
    const page = await readyToConfirm('CUT-1');
    let cut = 0;
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('OzlocReservePort') || cut >= 2) return route.continue();
      cut += 1;
      // The first is carried out and its answer lost, the second never arrives.
      if (cut === 1) await route.fetch();
      await route.abort('connectionreset');
    });
    await confirmButton(page).click();
    await page.getByRole('alert').filter({ hasText: 'Sem conexão com o serviço' }).waitFor();
    await reserved(page);
    expect(cut).toBe(2);
    expect(await homesOf(stage, 'CUT-1')).toHaveLength(1);
    expect(await writesSeen(stage)).toBe(1);
  });

  it('is one reservation however often the button is pressed, while it is sent and while it waits', async () => {
    const page = await readyToConfirm('MANY-1');
    await stage.subgraph.emulator.fault({ fault: 'reset-after', times: 1, match: CREATE });
    const press = () => page.evaluate("document.querySelector('.view-foot button')?.click()");
    await Promise.all([press(), press(), press()]);
    await waiting(page).waitFor();
    await Promise.all([press(), press(), page.keyboard.press('Escape'), press()]);
    await reserved(page);
    expect(await homesOf(stage, 'MANY-1')).toHaveLength(1);
    expect(await writesSeen(stage)).toBe(1);
  });
});

describe('a prospect whose answer was lost', PATIENT, () => {
  const create = (page: Page) => page.getByRole('button', { name: 'Criar prospecto' });
  const created = (page: Page) => page.getByRole('heading', { name: 'Prospecto criado' }).waitFor({ timeout: 30_000 });
  const leadsOf = async (name: string) =>
    (await stage.subgraph.emulator.all<{ name: string }>('prospects')).filter((lead) => lead.name === name);

  /** The form of a prospect, one press away from the lead. */
  async function readyToCreate(name: string, query = ''): Promise<Page> {
    const { lat, lng } = shown(stage.plant, 'notViable');
    const page = await stage.enter(`?lat=${lat}&lng=${lng}${query}`);
    await create(page).click();
    await page.getByLabel('Nome do cliente').fill(name);
    await stage.subgraph.emulator.clearRequests();
    return page;
  }

  it('is one prospect when the connection to the service broke, however often the button is pressed', async () => {
    const page = await readyToCreate('Chácara Cortada');
    let cut = 0;
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('OzlocCreateProspect') || cut >= 2) return route.continue();
      cut += 1;
      // The first is carried out and its answer lost, the second never arrives.
      if (cut === 1) await route.fetch();
      await route.abort('connectionreset');
    });
    const press = () => page.evaluate("document.querySelector('.view-foot button')?.click()");
    await Promise.all([press(), press()]);
    await page.getByRole('alert').filter({ hasText: 'Sem conexão com o serviço' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await Promise.all([press(), page.keyboard.press('Escape'), press()]);
    await created(page);
    expect(cut).toBe(2);
    expect(await leadsOf('Chácara Cortada')).toHaveLength(1);
    expect(await writesSeen(stage)).toBe(1);
  });

  it('waits, and is one prospect when OZmap kept it without a word', async () => {
    const page = await readyToCreate('Chácara Calada', '&cod_cli=LEAD-1');
    const match = { method: 'POST', path: '^/api/v2/prospects' };
    await stage.subgraph.emulator.fault({ fault: 'reset-after', times: 1, match });
    await create(page).click();
    await waiting(page).waitFor();
    await created(page);
    expect(await leadsOf('Chácara Calada')).toHaveLength(1);
    expect(await writesSeen(stage)).toBe(1);
  });
});
