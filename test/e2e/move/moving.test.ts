import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/accessible.js';
import { homesOf, type StoredHome } from '../support/home.js';
import { PATIENT, type Stage, startStage } from '../support/open-page.js';
import { shown } from '../support/plant.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ RESERVATION_TTL_HOURS: '30', CANCEL_DISCONNECTS_DROP: 'true' }, { map: false });
});
afterAll(() => stage?.stop());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const OLD_PORT = /^Liberar a porta do endereço antigo/;

/** Contracts that are active and live in one home with a port. */
async function active(count: number): Promise<string[]> {
  const homes = await stage.subgraph.emulator.all<StoredHome & { lat: number | null }>('properties');
  return homes
    .filter(({ client, connections, lat }) => client?.implanted && connections.length === 1 && lat !== null)
    .slice(0, count)
    .map(({ client }) => client?.code ?? '');
}

async function expiryOf(contractCode: string): Promise<number> {
  const { data } = await stage.subgraph.query<{ reservation: { expiresAt: string } | null }, object>(
    'query ($code: ID!) { reservation(contractCode: $code) { expiresAt } }',
    { code: contractCode },
  );
  return Date.parse(data?.reservation?.expiresAt ?? '');
}

const DAY_MS = 86_400_000;
async function extendOn(page: Page) {
  await button(page, 'Prorrogar a reserva').click();
  expect(await violations(page)).toEqual([]);
  await button(page, 'Confirmar').click();
  await page.getByLabel('Reservada até').waitFor({ state: 'detached' });
}

describe('a client who moves', PATIENT, () => {
  it('gives the old port back or keeps it, as configured or as the seller says', async () => {
    const [freeing = '', keeping = ''] = await active(2);
    const { lat, lng, name } = shown(stage.plant, 'roomyBox');
    const move = async (code: string, frees: boolean) => {
      const [before] = await homesOf(stage, code);
      const page = await stage.enter(`?integration_code=${encodeURIComponent(code)}&lat=${lat}&lng=${lng}`);
      await button(page, name).click();
      const choice = page.getByLabel(OLD_PORT);
      expect(await choice.isChecked()).toBe(true);
      if (!frees) await choice.uncheck();
      await button(page, 'Confirmar mudança').click();
      await page.getByRole('heading', { name: 'Cliente mudado' }).waitFor();
      return stage.subgraph.emulator.api<StoredHome>(`properties/${before?.id}`);
    };
    expect(await move(freeing, true)).toMatchObject({ client: null, connections: [] });
    expect(await move(keeping, false)).toMatchObject({ client: null, connections: [{}] });
  });

  it('is asked nothing of the old port where the old home is not kept', async () => {
    const [code = ''] = await active(1);
    const { lat, lng, name } = shown(stage.plant, 'roomyBox');
    const page = await stage.enter(`?integration_code=${encodeURIComponent(code)}&lat=${lat}&lng=${lng}`);
    await button(page, name).click();
    await page.getByLabel('Manter o imóvel antigo no mapa').uncheck();
    expect(await page.getByLabel(OLD_PORT).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
  });

  it('goes into a flat that stands empty, and the page says what to do where there is none', async () => {
    const [code = ''] = await active(1);
    const flats = await stage.subgraph.emulator.all<StoredHome & { parent: string; address: string }>('properties');
    const empty = flats.find(({ client, parent, address }) => client === null && parent && /apto/.test(address));
    const building = await stage.subgraph.emulator.api<{ name: string; lat: number; lng: number }>(
      `buildings/${empty?.parent}`,
    );
    const open = () =>
      stage.enter(`?integration_code=${encodeURIComponent(code)}&lat=${building.lat}&lng=${building.lng}`);
    const page = await open();
    const row = page.getByRole('button', { name: building.name });
    expect(await row.textContent()).toContain('1 apto instalado, sem cliente');
    await row.click();
    await page
      .locator('.facts')
      .getByText(/a [\d.,]+\s(m|km) do novo endereço/)
      .waitFor();
    await page.getByLabel('Apartamento').fill('9901');
    await page.getByText('A mudança só vai para um apartamento que já está no mapa').waitFor();
    expect(await button(page, 'Confirmar mudança').getAttribute('aria-disabled')).toBe('true');
    expect(await violations(page)).toEqual([]);
    await button(page, /apto (\w+)/.exec(empty?.address ?? '')?.[1] ?? '').click();
    await button(page, 'Confirmar mudança').click();
    await page.getByRole('heading', { name: 'Cliente mudado' }).waitFor();
    expect(await page.locator('.ticket').textContent()).toContain(building.name);
    expect(await homesOf(stage, code)).toMatchObject([{ id: empty?.id }]);

    const again = await open();
    await again.getByText(`${building.name} · A mudança só vai para um apartamento`).waitFor();
    expect(await again.getByRole('button', { name: building.name }).count()).toBe(0);
  });

  it('takes a reservation along, is asked nothing of what goes with it, and has it held longer on the way', async () => {
    const { id, lat, lng, name } = shown(stage.plant, 'roomyBox');
    const reserved = { contractCode: 'MUDA-RES', boxId: id, location: { lat: lat + 0.0002, lng } };
    await stage.subgraph.query(
      'mutation ($input: ReservePortInput!) { reservePort(input: $input) { problem { code } } }',
      {
        input: reserved,
      },
    );
    const before = await expiryOf('MUDA-RES');
    const page = await stage.enter(`?integration_code=MUDA-RES&lat=${lat}&lng=${lng}`);
    await extendOn(page);
    expect((await expiryOf('MUDA-RES')) - before).toBeCloseTo(7 * DAY_MS, -6);
    await button(page, name).click();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    await button(page, 'Confirmar mudança').click();
    await page.getByRole('heading', { name: 'Cliente mudado' }).waitFor();
    await page.getByText(/A porta fica reservada até/).waitFor();
  });
});

describe('a gated community', PATIENT, () => {
  it('is named where the client lives in it or beside it, and sells from its own boxes alone where OZmap considers it', async () => {
    const { name, box } = shown(stage.plant, 'community');
    const { emulator } = stage.subgraph;
    const [gated] = (
      await emulator.all<{ name: string; polygon: { coordinates: [number, number][][] } }>('horizontal-condominiums')
    ).filter((one) => one.name === name);
    const lngs = gated?.polygon.coordinates[0]?.map(([lng]) => lng) ?? [];
    const page = await stage.enter(`?lat=${box.lat}&lng=${box.lng}&cod_cli=PORTARIA-1`);
    await page.getByText(`No condomínio ${name}`).waitFor();
    await page.getByText('Portaria 24 h: agendar a instalação').waitFor();
    expect(await violations(page)).toEqual([]);
    const { id } = await emulator.api<{ id: string }>('system-configs');
    const consider = (considerHorizontalCondominiums: boolean) =>
      emulator.api(`system-configs/${id}`, {
        method: 'PATCH',
        body: { viability: { considerHorizontalCondominiums } },
      });
    await consider(true);
    try {
      const beside = await stage.enter(`?lat=${box.lat}&lng=${Math.max(...lngs) + 0.0002}`);
      await beside.getByText(new RegExp(`O condomínio ${name} fica a \\d+\\sm. Se o cliente mora nele`)).waitFor();
      expect(await button(beside, box.name).count()).toBe(0);
      const inside = await stage.enter(`?lat=${box.lat}&lng=${box.lng}&cod_cli=PORTARIA-1`);
      await button(inside, box.name).click();
      await button(inside, 'Confirmar reserva').click();
      await inside.getByRole('heading', { name: 'Porta reservada' }).waitFor();
      expect(await homesOf(stage, 'PORTARIA-1')).toMatchObject([{ box: box.id }]);
    } finally {
      await consider(false);
    }
  });
});

describe('a port that was just reserved', PATIENT, () => {
  it('is held longer by the seller who reserved it, and no time that is past is taken', async () => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const page = await stage.enter(`?lat=${lat}&lng=${lng}&cod_cli=PRORROGA-2`);
    await button(page, name).click();
    await button(page, 'Confirmar reserva').click();
    await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    const before = await expiryOf('PRORROGA-2');
    await button(page, 'Prorrogar a reserva').click();
    await page.getByLabel('Reservada até').fill('2020-01-01T10:00');
    await page.getByText('Esse momento já passou. Escolha outro.').waitFor();
    await page.getByLabel('Reservada até').fill('20261-12-01T10:00');
    expect(await button(page, 'Confirmar').getAttribute('aria-disabled')).toBe('true');
    await button(page, 'Confirmar').click({ force: true });
    await button(page, 'Cancelar').click();
    expect(await expiryOf('PRORROGA-2')).toBe(before);
    await extendOn(page);
    const after = await expiryOf('PRORROGA-2');
    expect(after - before).toBeCloseTo(7 * DAY_MS, -6);
    const day = new Date(after).toLocaleDateString('pt-BR', { dateStyle: 'short' });
    await page.getByText(`A porta fica reservada até ${day}`).waitFor();
  });

  it('of a sale by link, which is over with it, is asked nothing more', async () => {
    const { lat, lng, name } = shown(stage.plant, 'freeBox');
    const page = await stage.open(await stage.link({ contractCode: 'PRORROGA-3', location: { lat, lng } }));
    await button(page, name).click();
    await button(page, 'Confirmar reserva').click();
    await page.getByText(/A porta fica reservada até/).waitFor();
    expect(await page.getByRole('button', { name: 'Prorrogar a reserva' }).count()).toBe(0);
    const moving = { contractCode: 'PRORROGA-3', location: { lat, lng }, relocate: true };
    const again = await stage.open(await stage.link(moving));
    await again.getByText(/A porta fica reservada até/).waitFor();
    expect(await again.getByRole('button', { name: 'Prorrogar a reserva' }).count()).toBe(0);
  });
});
