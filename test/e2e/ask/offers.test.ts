import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/accessible.js';
import { homesOf } from '../support/home.js';
import { clickAt } from '../support/map.js';
import { PATIENT, type Stage, startStage, WITH_MAP } from '../support/open-page.js';
import { shown } from '../support/plant.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ OZLOC_CONTACT: 'expansao@fibra.example' }, { map: false });
});
afterAll(() => stage?.stop());

describe('what is offered at a place', PATIENT, () => {
  it('offers a kept home nearby, and sells it with its drop and port', async () => {
    const { propertyId, boxId, port } = shown(stage.plant, 'keptHome');
    const home = await stage.subgraph.emulator.api<{ lat: number; lng: number; observation: string }>(
      `properties/${propertyId}`,
    );
    const page = await stage.enter(`?lat=${home.lat}&lng=${home.lng}&cod_cli=KEPT-1&client_name=Volta`);
    await page.getByRole('heading', { name: 'Aqui já houve cliente' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.locator('.choice.home').first().click();
    const log = page.getByRole('link', { name: 'Ver no registro de operações' });
    const [, code] = (await log.getAttribute('href'))?.split('contract=') ?? [];
    expect(home.observation).toContain(`[CNT ${code}] cancelado `);
    await page.getByRole('button', { name: 'Confirmar reserva' }).click();
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    const [sold] = await homesOf(stage, 'KEPT-1');
    expect(sold).toMatchObject({ id: propertyId, box: boxId, connections: [{ port }] });
    expect(sold).toMatchObject({ client: { code: 'KEPT-1', implanted: false } });
  });

  it('says in words why an address cannot be served, and keeps the interest as a prospect', async () => {
    const { lat, lng } = shown(stage.plant, 'notViable');
    const page = await stage.enter(`?lat=${lat}&lng=${lng}`);
    await page.getByText('Nenhuma caixa dentro do raio de busca.').waitFor();
    await page.getByText(/^A caixa mais próxima, .+, fica a \d+\sm(, mas em projeto: ainda não vende)?\.$/).waitFor();
    const letter = await page.getByRole('link', { name: 'Avisar a engenharia' }).getAttribute('href');
    expect(decodeURIComponent(letter ?? '')).toMatch(/^mailto:expansao@fibra\.example\?.*A caixa mais próxima/s);
    await page.getByRole('button', { name: 'Criar prospecto' }).click();
    await page.getByRole('button', { name: 'Criar prospecto' }).click();
    await page.getByText('Informe o nome ou o telefone').waitFor();
    await page.getByLabel('Nome do cliente').fill('Chácara Esperança');
    await page.getByLabel('Telefone').fill('31 3333-0000');
    await page.getByRole('button', { name: 'Criar prospecto' }).click();
    await page.getByRole('heading', { name: 'Prospecto criado' }).waitFor();
    await page.getByText('31 3333-0000').waitFor();
    expect(await violations(page)).toEqual([]);
    const prospects = await stage.subgraph.emulator.all<{ name: string; phone?: string }>('prospects');
    expect(prospects).toContainEqual(expect.objectContaining({ name: 'Chácara Esperança', phone: '31 3333-0000' }));
  });

  it('tells of each box that cannot serve why not, below those that can, and of one that is clicked on the map', async () => {
    const { lat, lng, name } = shown(stage.plant, 'fullBox');
    const page = await stage.enter(`?lat=${lat + 0.0003}&lng=${lng + 0.0003}`, WITH_MAP);
    const refused = page.locator('.refusals').getByRole('listitem').filter({ hasText: name });
    const table = await page.getByRole('table').boundingBox();
    const below = await page.getByText(/^\d+ caixas? recusadas?$/).boundingBox();
    expect(below?.y).toBeGreaterThan((table?.y ?? 0) + (table?.height ?? 0));
    expect(await refused.isVisible()).toBe(false);
    await page.locator('.map-canvas[data-idle]').waitFor();
    await clickAt(page, { lat, lng });
    await refused.getByText('sem porta livre').waitFor();
    expect(await refused.getAttribute('class')).toBe('hot');
    expect(await violations(page)).toEqual([]);
  });

  it('moves an existing client to another home', async () => {
    const code = shown(stage.plant, 'activeHome').clientCode ?? '';
    const { lat, lng, name, id } = shown(stage.plant, 'freeBox');
    const page = await stage.enter(`?integration_code=${encodeURIComponent(code)}&lat=${lat}&lng=${lng}`);
    await page.getByText(`Mudando o contrato ${code}`).waitFor();
    await page.getByRole('button', { name, exact: true }).click();
    const log = page.getByRole('link', { name: 'Ver no registro de operações' });
    expect(await log.getAttribute('href')).toBe(`logs?contract=${code}`);
    await page.getByRole('button', { name: 'Confirmar mudança' }).click();
    await page.getByRole('heading', { name: 'Cliente mudado' }).waitFor();
    expect(await homesOf(stage, code)).toMatchObject([{ box: id }]);
  });
});
