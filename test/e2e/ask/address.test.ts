import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/accessible.js';
import { clickAt } from '../support/map.js';
import { PATIENT, type Stage, startStage, WITH_MAP } from '../support/open-page.js';
import { shown } from '../support/plant.js';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({}, { map: false });
});
afterAll(() => stage?.stop());

describe('an address or a place that is asked for', PATIENT, () => {
  it('offers the places that an ambiguous address fits', async () => {
    const { addresses } = stage.plant.city;
    const seen = new Map<string, { lat: number; lng: number }>();
    const twin = addresses.find(({ street, number, lat, lng }) => {
      if (number === null) return false;
      const other = seen.get(`${street}, ${number}`);
      seen.set(`${street}, ${number}`, { lat, lng });
      return other !== undefined && Math.abs(other.lat - lat) + Math.abs(other.lng - lng) > 0.004;
    });
    if (!twin) throw new Error('this town has no ambiguous address');
    const page = await stage.enter(`?address=${encodeURIComponent(`${twin.street}, ${twin.number}`)}`);
    await page.getByRole('heading', { name: /lugares com este endereço/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.locator('.choice.candidate').nth(1).textContent()).toMatch(/a [\d.]+\sm do 1/);
    await page.locator('.choice.candidate').first().click();
    await page.getByRole('region', { name: 'Posição do cliente' }).waitFor();
  });

  it.each([
    ['a list', (tags: string[]) => tags.join(',')],
    ['JSON', (tags: string[]) => JSON.stringify(tags)],
  ])("hands the viability tags of the address, as %s, to OZmap's viability", async (_, written) => {
    const boxes = await stage.subgraph.emulator.all<{ tags: string[]; lat: number; lng: number; name: string }>(
      'boxes',
    );
    const tags = boxes.find((box) => box.tags.length === 2)?.tags ?? [];
    const { lat, lng } = shown(stage.plant, 'freeBox');
    const query = new URLSearchParams({ lat: String(lat), lng: String(lng), viabilityTags: written(tags) });
    await stage.subgraph.emulator.clearRequests();
    const page = await stage.enter(`?${query}`);
    await page.locator('.notice').first().waitFor();
    const asked = (await stage.subgraph.emulator.requests()).filter(({ path }) => path.includes('viability'));
    expect(asked).not.toEqual([]);
    for (const { path } of asked) {
      const given = new URL(path, 'http://ozmap').searchParams.get('viabilityTags');
      expect(JSON.parse(given ?? 'null')).toEqual(tags);
    }
  });

  it('shows the beginning of a long address once it was found', async () => {
    const page = await stage.enter('', { viewport: { width: 360, height: 740 } });
    const box = page.getByRole('combobox');
    await box.pressSequentially('Avenida Getúlio Vargas, 61, Centro, Vila das Fibras, Minas Gerais');
    const scrolled = () => page.evaluate<number>("document.querySelector('#search').scrollLeft");
    expect(await scrolled()).toBeGreaterThan(0);
    await box.press('Enter');
    await page.getByText('Número encontrado').waitFor();
    expect(await scrolled()).toBe(0);
    await box.press('End');
    await box.press('Tab');
    expect(await scrolled()).toBe(0);
  });

  it('says that an address was not found, of a link that it holds no place, and goes on from a click on the map', async () => {
    const page = await stage.enter('?address=Rua%20que%20nunca%20houve%2C%20999', WITH_MAP);
    await page.getByRole('alert').filter({ hasText: 'Endereço não encontrado' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('combobox').fill('https://maps.app.goo.gl/AbCd1234');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Este link não diz onde fica' }).waitFor();
    await page.locator('.map-canvas[data-view]').click({ position: { x: 300, y: 300 } });
    await page.getByRole('region', { name: 'Posição do cliente' }).waitFor();
    await page.getByText('Ponto exato').waitFor();
  });

  it('says that an address is too long which a link brought, and finds it once it was shortened', async () => {
    const long = `Avenida Getúlio Vargas, 61, ${'portão azul depois da padaria, '.repeat(16)}`;
    const page = await stage.enter(`?address=${encodeURIComponent(long)}`);
    await page.getByText('O endereço é longo demais. Deixe só rua, número, bairro e cidade.').waitFor();
    await page.getByRole('combobox').fill('Avenida Getúlio Vargas, 61');
    await page.getByRole('combobox').press('Enter');
    await page.getByText('Número encontrado').waitFor();
  });

  it('names the place that it found, asks a search that failed again, and moves the client by no tap alone', async () => {
    const page = await stage.enter('?address=Av%20Getulio%20Vrgas%2061', WITH_MAP);
    const place = page.getByRole('region', { name: 'Posição do cliente' });
    await place.getByText('Avenida Getúlio Vargas, 61').waitFor();
    await page.getByRole('table').waitFor();

    await page.route('**/graphql', (route) => route.abort());
    const search = page.getByLabel('Endereço ou coordenadas do cliente');
    await search.fill('Avenida Amazonas, 310');
    await search.press('Enter');
    const retry = page.getByRole('button', { name: 'Tentar de novo' });
    await retry.waitFor();
    expect(await place.count()).toBe(0);
    await page.unroute('**/graphql');
    await retry.click();
    await place.getByText('Avenida Amazonas, 310').waitFor();
    await page.locator('.map-canvas[data-idle]').waitFor();

    await page.locator('.map-canvas').click({ position: { x: 420, y: 120 } });
    const move = page.getByRole('button', { name: 'Mover o cliente para cá' });
    await move.waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await place.textContent()).toContain('erro de até');
    await move.click();
    await place.getByText(/^Ponto no mapa/).waitFor();
    await page.getByRole('button', { name: 'Desfazer movimento' }).click();
    await place.getByText('Avenida Amazonas, 310').waitFor();
  });

  it.each([
    ['the wrong way round, typed', (lat: number, lng: number) => ({ typed: `${lng}, ${lat}` })],
    ['without their signs, in a link', (lat: number, lng: number) => ({ query: `?lat=${-lat}&lng=${-lng}` })],
  ])('corrects coordinates that come %s, says so, and takes it back where they are meant so', async (_, written) => {
    const { lat, lng } = shown(stage.plant, 'freeBox');
    const { typed, query }: { typed?: string; query?: string } = written(lat, lng);
    const page = await stage.enter(query ?? '');
    if (typed) {
      await page.getByLabel('Endereço ou coordenadas do cliente').fill(typed);
      await page.keyboard.press('Enter');
    }
    const place = page.locator('.position .position-line .number');
    await page.getByRole('alert').filter({ hasText: 'Coordenadas corrigidas' }).waitFor();
    expect(await place.textContent()).toBe(`${lat.toFixed(6)}, ${lng.toFixed(6)}`);
    await page.getByRole('table').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Usar como digitado' }).click();
    await page.getByText('O lugar fica fora da área de atendimento.').waitFor();
    expect(await place.textContent()).not.toBe(`${lat.toFixed(6)}, ${lng.toFixed(6)}`);
    expect(await page.getByText('Coordenadas corrigidas').count()).toBe(0);
  });

  it('takes neither an unreadable point nor an old offer to another place', async () => {
    const { lat, lng } = shown(stage.plant, 'freeBox');
    const page = await stage.enter(`?lat=${lat + 0.0003}&lng=${lng}`, WITH_MAP);
    await page.getByRole('table').waitFor();
    await page.getByRole('button', { name: 'Editar coordenadas' }).click();
    const field = page.getByLabel('Coordenadas (latitude, longitude)');
    await field.fill('aqui');
    await page.getByRole('button', { name: 'Aplicar' }).click();
    const unreadable = page.getByText('Escreva latitude e longitude');
    await unreadable.waitFor();
    const match = { path: 'viability' };
    await stage.subgraph.emulator.fault({ fault: 'delay', delayMs: 3_000, times: 1, match });
    await page.getByLabel('Endereço ou coordenadas do cliente').fill(`${lat - 0.0003}, ${lng}`);
    await page.keyboard.press('Enter');
    await unreadable.waitFor({ state: 'detached' });
    expect(await field.inputValue()).toBe(`${(lat - 0.0003).toFixed(6)}, ${lng.toFixed(6)}`);
    const offers = () => page.evaluate("document.querySelector('table').closest('[inert]') === null");
    expect(await offers()).toBe(false);
    await page.locator('.map-canvas[data-idle]').waitFor();
    await clickAt(page, { lat, lng });
    expect(await page.locator('[data-stale]').count()).toBe(1);
    expect(await page.getByRole('heading', { name: 'Confirmar reserva' }).count()).toBe(0);
    await page.locator('[data-stale]').waitFor({ state: 'detached' });
    expect(await offers()).toBe(true);
    await stage.subgraph.emulator.clearFaults();
  });

  it('cancels a question that is still open when another one is asked', async () => {
    const { lat, lng } = shown(stage.plant, 'freeBox');
    const far = shown(stage.plant, 'notViable');
    const page = await stage.enter();
    const cancelled: string[] = [];
    page.on('requestfailed', (request) => cancelled.push(request.postData() ?? ''));
    await stage.subgraph.emulator.fault({
      fault: 'delay',
      delayMs: 30_000,
      times: 1,
      match: { path: 'viability' },
    });
    const search = page.getByLabel('Endereço ou coordenadas do cliente');
    const asked = page.waitForRequest((request) => request.postData()?.includes(String(far.lat)) === true);
    await search.fill(`${far.lat}, ${far.lng}`);
    await search.press('Enter');
    await asked;
    await search.fill(`${lat}, ${lng}`);
    await search.press('Enter');
    await page.getByRole('table').waitFor();
    expect(cancelled.filter((body) => body.includes(String(far.lat)))).toHaveLength(1);
    await stage.subgraph.emulator.clearFaults();
  });
});
