import type { Page } from 'playwright-core';
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
