import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OzlocViabilityDocument } from '../../../src/generated/operations.js';
import { Referee } from '../../support/referee.js';
import { clientWith } from '../../support/what-is-left.js';
import { homesOf } from '../support/home.js';
import { type OpenOptions, PATIENT, type Stage, startStage, WITH_MAP } from '../support/open-page.js';

let stage: Stage;
let sdk: Referee;
beforeAll(async () => {
  stage = await startStage({}, { map: false });
  sdk = new Referee(stage.subgraph.emulator.url);
});
afterAll(async () => {
  sdk?.stop();
  await stage?.stop();
});

const reserve = async (page: Page) => {
  await page.getByRole('button', { name: 'Confirmar reserva' }).click();
  await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
};
/** What stands beside a name, as metres. */
const metresBeside = async (page: Page, name: string) => {
  const beside = page.locator('dl.facts > div').filter({ has: page.getByText(name, { exact: true }) });
  const [, metres = ''] = /([\d.,]+)\s?m/.exec((await beside.first().textContent()) ?? '') ?? [];
  return Number(metres.replace('.', '').replace(',', '.'));
};
const record = async <T>(proxy: string, id: string) =>
  (await sdk.call<T>({ proxy, method: 'findById', args: [id] })).value;
const command = async (code: string, name: string) =>
  (
    await fetch(`${stage.subgraph.url}/v1/contracts/${code}/${name}`, {
      method: 'POST',
      headers: { authorization: 'demo' },
    })
  ).status;

describe('a flat', PATIENT, () => {
  it('is sold on the map and not twice, lives its life in CNT, and is sold again as it stands, as the SDK sees it', async () => {
    const { value: building } = await sdk.call<{ id: string; name: string; lat: number; lng: number }>({
      proxy: 'building',
      method: 'findOne',
      args: [{}],
    });
    const atBuilding = async (code: string, apartment: string, options?: OpenOptions) => {
      const page = await stage.enter(`?lat=${building.lat}&lng=${building.lng}`, options);
      await page.getByRole('button', { name: building.name }).click();
      await page.getByLabel('Código do contrato').fill(code);
      await page.getByLabel('Apartamento').fill(apartment);
      return page;
    };
    const code = 'PREDIO-1';
    await reserve(await atBuilding(code, 'Apto 1604', WITH_MAP));
    expect(await clientWith(sdk, code)).toMatchObject({ implanted: false });
    const [home] = await homesOf(stage, code);
    const flat = () => record('property', home?.id ?? '');
    expect(await flat()).toMatchObject({ parent: building.id, client: { code } });

    const again = await atBuilding('PREDIO-2', '1604');
    await again.getByText('Este apartamento já tem cliente.').waitFor();
    expect(await again.getByRole('button', { name: 'Confirmar reserva' }).getAttribute('aria-disabled')).toBe('true');
    expect(await again.locator('dl.facts').textContent()).toMatch(/Já vendidos.*\b1604\b/);

    expect(await command(code, 'activation')).toBe(200);
    expect(await clientWith(sdk, code)).toMatchObject({ implanted: true });
    expect(await command(code, 'cancellation')).toBe(200);
    expect(await clientWith(sdk, code)).toBeUndefined();
    expect(await flat()).toMatchObject({ client: null, observation: expect.stringContaining(`[CNT ${code}]`) });

    const next = await atBuilding('PREDIO-3', '');
    await next.getByRole('button', { name: '1604', exact: true }).click();
    await reserve(next);
    expect(await homesOf(stage, 'PREDIO-3')).toMatchObject([{ id: home?.id }]);
  });

  it('stands above the boxes at its building, and below them where the building is only near', async () => {
    const { value: building } = await sdk.call<{ name: string; lat: number; lng: number }>({
      proxy: 'building',
      method: 'findOne',
      args: [{}],
    });
    const titlesAt = async (lat: number) => {
      const page = await stage.enter(`?lat=${lat}&lng=${building.lng}`);
      await page.getByRole('button', { name: building.name }).waitFor();
      const titles = await page.locator('.answer h2').allTextContents();
      return titles.filter((title) => /^(Prédio|Caixas)/.test(title));
    };
    expect(await titlesAt(building.lat + 0.00005)).toEqual(['Prédio neste ponto', 'Caixas com porta livre']);
    expect(await titlesAt(building.lat + 0.0006)).toEqual(['Caixas com porta livre', 'Prédios com porta livre']);
  });
});

describe('a sale in pole mode', PATIENT, () => {
  it('lays on the map the way that it offers, as long as it says within a metre, as the SDK sees it', async () => {
    const { value } = await sdk.call({ proxy: 'systemConfig', method: 'find' });
    await stage.subgraph.emulator.api(`system-configs/${value.id}`, {
      method: 'PATCH',
      body: { viability: { mode: 'poles' } },
    });
    const { location, offer } = await offered();
    const page = await stage.enter(`?lat=${location.lat}&lng=${location.lng}`, WITH_MAP);
    await page.getByRole('button', { name: offer.box.name ?? '', exact: true }).click();
    await page.getByLabel('Código do contrato').fill('POSTE-E2E');
    const promised = await metresBeside(page, 'Drop');
    expect(Math.abs(promised - (offer.dropLengthM ?? 0))).toBeLessThan(1);
    await reserve(page);

    const [home] = await homesOf(stage, 'POSTE-E2E');
    const { drop, pole } = await record<{ drop: string; pole: string }>('property', home?.id ?? '');
    const cable = await record<{ poles: { id: string }[]; length: number }>('cable', drop);
    expect(cable.poles).toHaveLength((offer.dropPath ?? []).length - 2);
    expect(cable.poles.at(-1)?.id).toBe(pole);
    expect(Math.abs(cable.length - promised)).toBeLessThan(1);
    expect(Math.abs((await metresBeside(page, 'Drop')) - cable.length)).toBeLessThan(1);
  });

  async function modeNow(): Promise<{ viability: { mode: string } }> {
    const { data } = await stage.subgraph.query(
      '{ viability(input: { location: { lat: -19.4658, lng: -44.2551 } }) { mode } }',
    );
    return data as unknown as { viability: { mode: string } };
  }

  /** A place with an offer that goes over two poles at least. */
  async function offered() {
    // Questions go by settings that are half a minute old at most.
    await expect.poll(async () => (await modeNow()).viability.mode, { timeout: 45_000, interval: 2_000 }).toBe('POLES');
    for (const box of await stage.subgraph.emulator.all<{ lat: number; lng: number }>('boxes')) {
      const location = { lat: box.lat + 0.0004, lng: box.lng + 0.0005 };
      const { data } = await stage.subgraph.query(OzlocViabilityDocument, { input: { location } });
      const offer = data?.viability?.boxes.find(({ dropPath }) => (dropPath?.length ?? 0) >= 4);
      if (offer) return { location, offer };
    }
    throw new Error('no offer along the poles');
  }
});
