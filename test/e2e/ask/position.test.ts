import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/accessible.js';
import { PATIENT, type Stage, startStage } from '../support/open-page.js';
import { shown } from '../support/plant.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({}, { map: false });
});
afterAll(() => stage?.stop());

describe('the position of the device', PATIENT, () => {
  it('takes the position of the device, with its error', async () => {
    const { lat, lng } = shown(stage.plant, 'freeBox');
    const geolocation = { latitude: lat, longitude: lng, accuracy: 12 };
    const page = await stage.enter('', { geolocation, permissions: ['geolocation'] });
    await page.getByRole('button', { name: 'Usar minha posição' }).click();
    await page.getByText(/Posição do aparelho · erro de até 12/).waitFor();
    await page.getByRole('table').waitFor();
  });

  it('says how to allow the position that was denied, and no more of it once it is allowed', async () => {
    const page = await stage.enter('', { permissions: [] });
    await page.getByRole('button', { name: 'Usar minha posição' }).click();
    await page.getByText('Toque no cadeado').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().grantPermissions(['geolocation']);
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('says that only https pages are told the position', async () => {
    const page = await stage.open('', { permissions: [] });
    await page.addInitScript("Object.defineProperty(window, 'isSecureContext', { value: false })");
    await page.reload();
    await page.getByRole('button', { name: 'Usar minha posição' }).click();
    await page.getByText('Peça o endereço https').waitFor();
  });
});
