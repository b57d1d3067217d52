import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Referee } from '../../support/referee.js';
import { clientWith } from '../../support/what-is-left.js';
import { violations } from '../support/accessible.js';
import { metres } from '../support/drop.js';
import { viewOf } from '../support/map.js';
import { PATIENT, type Stage, startStage } from '../support/open-page.js';
import { shown } from '../support/plant.js';

let stage: Stage;
let sdk: Referee;
beforeAll(async () => {
  stage = await startStage({ RESERVATION_TTL_HOURS: '30' });
  sdk = new Referee(stage.subgraph.emulator.url);
});
afterAll(async () => {
  sdk?.stop();
  await stage?.stop();
});

/** The log, at the reservation of a contract that was just made. */
async function atReservation(contractCode: string) {
  const { id, lat, lng } = shown(stage.plant, 'freeBox');
  const input = { contractCode, boxId: id, location: { lat: lat + 0.0001, lng }, name: 'Padaria Central' };
  const { errors } = await stage.subgraph.query(
    'mutation ($input: ReservePortInput!) { reservePort(input: $input) { problem { code } } }',
    { input },
  );
  expect(errors).toEqual([]);
  const page = await stage.enter(`${stage.subgraph.url}/logs?contract=${contractCode}`);
  await page.getByRole('button', { name: `Reserva de porta do contrato ${contractCode}` }).click();
  return page;
}

async function expiryOf(contractCode: string): Promise<string | null> {
  const { data } = await stage.subgraph.query<{ reservation: { expiresAt: string } | null }, object>(
    'query ($code: ID!) { reservation(contractCode: $code) { expiresAt } }',
    { code: contractCode },
  );
  return data?.reservation?.expiresAt ?? null;
}

describe('at an operation of a contract', PATIENT, () => {
  it('its reservation is made to hold longer, once that was confirmed', async () => {
    const page = await atReservation('PRORROGA-1');
    const before = Date.parse((await expiryOf('PRORROGA-1')) ?? '');
    await page.getByRole('button', { name: 'Prorrogar a reserva' }).click();
    await page.getByText(/Hoje a reserva vai até/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancelar' }).click();
    expect(Date.parse((await expiryOf('PRORROGA-1')) ?? '')).toBe(before);
    await page.getByRole('button', { name: 'Prorrogar a reserva' }).click();
    await page.getByRole('button', { name: 'Confirmar' }).click();
    await page.getByRole('button', { name: /Prorrogação da reserva do contrato PRORROGA-1: feita/ }).waitFor();
    const days = (Date.parse((await expiryOf('PRORROGA-1')) ?? '') - before) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThan(7.1);
  });

  it('its client goes over to another contract, and a code in use is refused in words', async () => {
    const page = await atReservation('TITULAR-1');
    const used = shown(stage.plant, 'activeHome').clientCode ?? '';
    await page.getByRole('button', { name: 'Trocar o titular' }).click();
    await page.getByLabel('Novo contrato').fill(used);
    await page.getByRole('button', { name: 'Confirmar' }).click();
    await page.getByRole('alert').filter({ hasText: 'Já existe no OZmap um cliente' }).waitFor();
    await page.getByLabel('Novo contrato').fill('TITULAR-2');
    await page.getByLabel('Nome do novo titular').fill('Padaria Nova');
    await page.getByRole('button', { name: 'Confirmar' }).click();
    await page.getByRole('button', { name: /Troca de titular do contrato TITULAR-1: feita/ }).waitFor();
    expect(await clientWith(sdk, 'TITULAR-2')).toMatchObject({ name: 'Padaria Nova', implanted: false });
    expect(await clientWith(sdk, 'TITULAR-1')).toBeUndefined();
    await page.getByRole('button', { name: 'Trocar o titular' }).waitFor({ state: 'detached' });
  });

  it('its home is shown on the map, and its client moved from there alone', async () => {
    const log = await atReservation('ONDE-FICA-1');
    const { name, lat, lng } = shown(stage.plant, 'freeBox');
    const link = log.getByRole('link', { name: 'Abrir o mapa (OZloc)' });
    const [page] = await Promise.all([log.waitForEvent('popup'), link.click()]);
    await page.getByRole('button', { name: 'Usar a demonstração' }).click();
    await page.getByRole('heading', { name: 'Contrato ONDE-FICA-1 no mapa' }).waitFor();
    await page.getByText(name, { exact: true }).waitFor();
    expect(await page.getByText('Padaria Central').count()).toBe(1);
    expect(await page.getByText('Mudança de endereço').count()).toBe(0);
    const place = { lat: lat + 0.0001, lng };
    await expect.poll(async () => metres(await viewOf(page), place)).toBeLessThan(60);
    expect((await viewOf(page)).zoom).toBeGreaterThan(15);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Mudar de endereço' }).click();
    await page.getByText('Mudança de endereço').waitFor();
    await page.getByText('Mudando o contrato ONDE-FICA-1').waitFor();
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('search');
  });

  it('says so where OZmap knows no such contract, and offers no move', async () => {
    const page = await stage.enter('?contract=NUNCA-VISTO');
    await page.getByRole('alert').filter({ hasText: 'O contrato NUNCA-VISTO não foi encontrado no OZmap.' }).waitFor();
    expect(await page.getByRole('button', { name: 'Mudar de endereço' }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
  });
});
